// Switches this phone on and off for push, at the foot of the home screen. Without signal, or where the browser cannot,
// nothing is offered.
import { possible, send, subscription, switchOff, switchOn } from "../../messages/js/subscribing.js"
import { byId, say, show } from "./drawing.js"
import { here } from "./here.js"

let said = null

const addresses = () => {
  const { worker, page, pushKey, pushOn, pushOff } = document.body.dataset
  return { worker, scope: page, key: pushKey, on: pushOn, off: pushOff, token: here.session.csrf }
}

// After each round with the server: the keys may have changed, or somebody else may be signed in here by now.
export async function drawPush() {
  const wanted = Boolean(here.session) && possible()
  show(byId("push"), wanted)
  if (!wanted || said === here.session.person) return
  said = here.session.person
  const found = await subscription(addresses().worker, addresses().scope).catch(() => null)
  if (found) await send(addresses().on, found, addresses().token).catch(() => null)
  tell(found ? "on" : Notification.permission === "denied" ? "refused" : "off")
  byId("push-start").onclick = start
  byId("push-stop").onclick = stop
}

async function start() {
  if (await Notification.requestPermission() !== "granted") return tell("refused")
  await switchOn(addresses()).then(() => tell("on"), () => tell("failed"))
}

async function stop() {
  await switchOff(addresses()).catch(() => null)
  tell("off")
}

function tell(state) {
  byId("push-state").textContent = say(`push-${state}`)
  byId("push-state").dataset.state = state
  show(byId("push-start"), ["off", "failed"].includes(state))
  show(byId("push-stop"), state === "on")
}
