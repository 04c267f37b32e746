// Keeps the page of the phone and its files, and nothing else: no answer with anybody's data ever comes in here.
// `KEPT` is written above by the server: {version, page, files}.
const NAME = `daifuku-phone-${KEPT.version}`
const FILES = new Set(KEPT.files)

self.addEventListener("install", (event) => event.waitUntil(fill()))
self.addEventListener("activate", (event) => event.waitUntil(takeOver()))

async function fill() {
  const cache = await caches.open(NAME)
  await cache.addAll([KEPT.page, ...KEPT.files].map((address) => new Request(address, { cache: "reload" })))
  await self.skipWaiting()
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith("daifuku-phone-") && name !== NAME) await caches.delete(name)
  }
  await self.clients.claim()
}

self.addEventListener("fetch", (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== "GET" || address.origin !== location.origin) return
  const isPage = request.mode === "navigate" && address.pathname === KEPT.page
  if (isPage) event.respondWith(kept(KEPT.page, request))
  else if (FILES.has(address.pathname)) event.respondWith(kept(address.pathname, request))
})

async function kept(address, request) {
  return (await caches.match(address, { cacheName: NAME })) ?? fetch(request)
}
