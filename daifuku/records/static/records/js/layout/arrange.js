// The page of a record laid out: each step of a button and each drop is kept as a draft, and the desk comes back anew.
//   <div data-controller="arrange" data-arrange-address-value="…"> <p role="status" data-arrange-target="said">
//     <div data-arrange-target="desk"> <form data-said="…"> … <button name="step" value="up field name" data-action="arrange#step">
// Without this file the same buttons send the form.
import { application, Controller } from "../../../web/js/application.js"
import { Lift } from "./lift.js"

application.register("arrange", class extends Controller {
  static targets = ["desk", "said"]
  static values = { address: String }

  connect() {
    this.waiting = Promise.resolve()
    this.open = 0
    new Lift(this.deskTarget, { busy: () => this.open > 0, moved: () => this.#send() })
  }

  step(event) {
    event.preventDefault()
    const { name, value } = event.currentTarget
    this.#send(name, value)
  }

  // One after the other: a step begins with what the one before has left.
  #send(name, value) {
    this.open += 1
    this.waiting = this.waiting.then(() => this.#post(name, value)).finally(() => { this.open -= 1 })
  }

  async #post(name, value) {
    const body = new URLSearchParams(new FormData(this.deskTarget.querySelector("form")))
    if (name) body.set(name, value)
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" }
    const response = await fetch(this.addressValue, { method: "POST", headers, body }).catch(() => null)
    if (!response?.ok) {
      const failed = response ? "htmx:responseError" : "htmx:sendError"
      document.body.dispatchEvent(new CustomEvent(failed, { detail: { xhr: { getResponseHeader: () => null } } }))
      return
    }
    this.#show(await response.text(), name === "add")
    this.saidTarget.textContent = this.deskTarget.querySelector("form").dataset.said
  }

  // What was typed meanwhile stays, and so does the place of the cursor.
  #show(text, added) {
    const typed = [...this.deskTarget.querySelectorAll("input:not([type=hidden]), select")]
    const values = new Map(typed.filter((each) => !(added && each.name === "new")).map((each) => [each.name, each.value]))
    const at = document.activeElement
    const same = at?.name && this.deskTarget.contains(at) ? `[name="${CSS.escape(at.name)}"]${at.name === "step" ? `[value="${CSS.escape(at.value)}"]` : ""}` : null
    this.deskTarget.innerHTML = text
    for (const [name, value] of values) {
      const input = this.deskTarget.querySelector(`[name="${CSS.escape(name)}"]`)
      if (input) input.value = value
    }
    if (same) this.deskTarget.querySelector(same)?.focus({ preventScroll: false })
  }
})
