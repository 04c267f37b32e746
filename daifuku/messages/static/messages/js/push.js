// Switches this browser on and off for push. What the sentences say stands in the markup.
//   <section data-controller="push" data-push-key-value="…" data-push-worker-value="…" data-push-scope-value="…"
//     data-push-on-value="…" data-push-off-value="…"><p data-push-target="state" data-on="…" data-off="…"></p>
//     <button data-push-target="start" data-action="push#start">…<button data-push-target="stop" data-action="push#stop">…
import { application, Controller } from "../../web/js/application.js"
import { possible, send, switchOff, switchOn, subscription } from "./subscribing.js"

application.register("push", class extends Controller {
  static targets = ["state", "start", "stop"]
  static values = { key: String, worker: String, scope: String, on: String, off: String }

  async connect() {
    if (!possible()) return this.#say("impossible")
    const found = await subscription(this.workerValue, this.scopeValue).catch(() => null)
    // Said again: the keys may have changed, or somebody else may be signed in here now.
    if (found) await send(this.onValue, found).catch(() => null)
    this.#say(found ? "on" : Notification.permission === "denied" ? "refused" : "off")
  }

  async start() {
    if (await Notification.requestPermission() !== "granted") return this.#say("refused")
    try {
      await switchOn({ worker: this.workerValue, scope: this.scopeValue, key: this.keyValue, on: this.onValue })
      this.#say("on")
    } catch {
      this.#say("failed")
    }
  }

  async stop() {
    await switchOff({ worker: this.workerValue, scope: this.scopeValue, off: this.offValue }).catch(() => null)
    this.#say("off")
  }

  #say(state) {
    this.stateTarget.textContent = this.stateTarget.dataset[state]
    this.stateTarget.dataset.state = state
    this.startTarget.hidden = !["off", "failed"].includes(state)
    this.stopTarget.hidden = state !== "on"
  }
})
