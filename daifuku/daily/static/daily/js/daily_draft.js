// What is typed into the report is kept on the server while it is typed; nothing is lost when the tab is closed.
//   <form data-controller="daily-draft" data-daily-draft-address-value="/daily/draft/" data-daily-draft-saved-value="…"
//     data-daily-draft-waits-value="…" data-action="submit->daily-draft#stop">
//     <input type="hidden" name="version" data-daily-draft-target="version">
//     <textarea data-action="input->daily-draft#type"> … <p data-daily-draft-target="state">
import { application, Controller } from "../../web/js/application.js"

const PAUSE = 900
const AGAIN = 5000

application.register("daily-draft", class extends Controller {
  static targets = ["version", "state"]
  static values = { address: String, saved: String, waits: String }

  disconnect() { clearTimeout(this.timer) }

  type() {
    this.typed = true
    this.#later(PAUSE)
  }

  // The day is being closed: what stands in the form goes with it.
  stop() {
    clearTimeout(this.timer)
    this.stopped = true
  }

  #later(pause) {
    clearTimeout(this.timer)
    if (!this.stopped) this.timer = setTimeout(() => this.#save(), pause)
  }

  async #save() {
    if (this.saving) return this.#later(PAUSE)
    this.saving = true
    this.typed = false
    try {
      const answer = await fetch(this.addressValue, { method: "POST", body: new FormData(this.element), headers: { Accept: "application/json" } })
      const said = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {}
      if (answer.ok) {
        this.versionTarget.value = said.version
        this.stateTarget.textContent = this.savedValue
      } else this.#tell(said.sentence)
    } catch {
      this.#tell("")
      this.#later(AGAIN)
    } finally {
      this.saving = false
    }
  }

  #tell(sentence) { this.stateTarget.textContent = sentence || this.waitsValue }
})
