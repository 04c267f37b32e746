// Keeps the page of the phone and its files, and nothing else: no answer with anybody's data ever comes in here.
// `KEPT` is written above by the server: {version, page, files, icon, language, signedIn}. It also shows what is pushed.
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

// A push, decrypted by the browser: {title, body, url, tag}. It is shown and not kept; a second one with the same tag
// takes the place of the first.
self.addEventListener("push", (event) => {
  let said = {}
  try { said = event.data?.json() ?? {} } catch { /* one that nobody of ours sent */ }
  if (said.ask) return event.waitUntil(forgetIfSignedOut(said))
  const { title = "大福帳", body = "", url = "/notices/", tag = "daifuku" } = said
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: KEPT.icon, badge: KEPT.icon, lang: KEPT.language, data: { url } }))
})

// Pressed: an open window of the program goes there, or a new one is opened. Only to pages of this server.
self.addEventListener("notificationclick", (event) => {
  event.notification.close()
  event.waitUntil(open(new URL(event.notification.data?.url ?? "/notices/", location.origin)))
})

async function open(address) {
  if (address.origin !== location.origin) return
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true })
  const there = windows.find((each) => new URL(each.url).pathname === address.pathname)
  if (there) await there.focus()
  else await clients.openWindow(address.href)
}

// Somebody ended the session of this browser: the server is asked, and only what it says counts, because somebody may
// have signed in again since. Nothing stays then, though nobody opens the page. A browser wants each push to be shown.
async function forgetIfSignedOut({ title, body }) {
  const answer = await fetch(KEPT.signedIn, { cache: "no-store", credentials: "same-origin" }).catch(() => null)
  const told = await answer?.json().catch(() => null)
  if (!told || told.person || told.ended !== "revoked") return self.registration.showNotification(title, { tag: "daifuku", icon: KEPT.icon, lang: KEPT.language })
  await new Promise((done) => {
    const request = indexedDB.deleteDatabase("daifuku-phone")
    request.onsuccess = request.onerror = request.onblocked = done
  })
  for (const name of await caches.keys()) if (name.startsWith("daifuku-phone-")) await caches.delete(name)
  for (const each of await clients.matchAll({ type: "window", includeUncontrolled: true })) each.postMessage("signed-out")
  await self.registration.showNotification(title, { body, tag: "daifuku", icon: KEPT.icon, lang: KEPT.language, data: { url: KEPT.page } })
}
