// How a browser is subscribed and the server told of it; for the page of settings and for the phone.

export const possible = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window

export async function subscription(worker, scope) {
  const registration = await navigator.serviceWorker.getRegistration(scope)
  return registration ? registration.pushManager.getSubscription() : null
}

export async function switchOn({ worker, scope, key, on, token }) {
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
  await send(on, found, token)
  return found
}

export async function switchOff({ worker, scope, off, token }) {
  const found = await subscription(worker, scope)
  if (!found) return
  await post(off, { endpoint: found.endpoint }, token)
  await found.unsubscribe()
}

export function send(address, found, token) {
  const { endpoint, keys } = found.toJSON()
  return post(address, { endpoint, key: keys.p256dh, auth: keys.auth, name: deviceName() }, token)
}

// Pages carry the token that a write needs; the phone's page, which is the same for everybody, brings it along.
async function post(address, values, token = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"]) {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(values), headers: { "X-CSRFToken": token } })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json()
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
