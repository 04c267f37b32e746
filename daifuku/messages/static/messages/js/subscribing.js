// How a browser is subscribed and the server told of it; for the page of settings and for the phone.

export const possible = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window

export async function subscription(worker, scope) {
  const registration = await navigator.serviceWorker.getRegistration(scope)
  return registration ? registration.pushManager.getSubscription() : null
}

export async function switchOn({ worker, scope, key, on }) {
  const registration = await navigator.serviceWorker.register(worker, { scope })
  await active(registration)
  const options = { userVisibleOnly: true, applicationServerKey: bytes(key) }
  let found
  try {
    found = await registration.pushManager.subscribe(options)
  } catch {
    // Subscribed with another key, before the program got a new one.
    await (await registration.pushManager.getSubscription())?.unsubscribe()
    found = await registration.pushManager.subscribe(options)
  }
  await send(on, found)
  return found
}

export async function switchOff({ worker, scope, off }) {
  const found = await subscription(worker, scope)
  if (!found) return
  await post(off, { endpoint: found.endpoint })
  await found.unsubscribe()
}

export function send(address, found) {
  const { endpoint, keys } = found.toJSON()
  return post(address, { endpoint, key: keys.p256dh, auth: keys.auth, name: deviceName() })
}

async function post(address, values) {
  const token = await csrf()
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(values), headers: { "X-CSRFToken": token } })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json()
}

// Pages carry the token; the phone's page, which is the same for everybody, asks for it.
async function csrf() {
  const written = document.body.getAttribute("hx-headers")
  if (written) return JSON.parse(written)["X-CSRFToken"]
  return document.body.dataset.csrf ?? ""
}

function active(registration) {
  const worker = registration.active ?? registration.waiting ?? registration.installing
  if (!worker || worker.state === "activated") return Promise.resolve()
  return new Promise((done) => worker.addEventListener("statechange", () => { if (worker.state === "activated") done() }))
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0))
}

function deviceName() {
  const agent = navigator.userAgent
  const system = [["iPhone", "iPhone"], ["iPad", "iPad"], ["Android", "Android"], ["Windows", "Windows"], ["Mac", "Mac"], ["Linux", "Linux"]].find(([word]) => agent.includes(word))?.[1] ?? ""
  const browser = [["Edg/", "Edge"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]].find(([word]) => agent.includes(word))?.[1] ?? ""
  return [system, browser].filter(Boolean).join(" ")
}
