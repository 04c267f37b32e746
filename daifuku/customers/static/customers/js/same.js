// Shows records that may be the same while a form is filled in.
//   <form data-object="account" data-but="uid of the record itself"> ... <div data-controller="same" data-same-address-value="/accounts/same/" aria-live="polite">
// The address answers with a part of a page, empty where nothing is alike. Asked 0.4 s after the last letter.
import { application, Controller } from "../../web/js/application.js"
import { Latest } from "../../web/js/latest.js"
import { WATCHED } from "./alike.js"

application.register("same", class extends Controller {
  static values = { address: String }
  latest = new Latest()

  connect() {
    this.form = this.element.closest("form")
    this.listen = (event) => { if (WATCHED.includes(event.target.name) && !event.isComposing) this.#wait() }
    this.form.addEventListener("input", this.listen)
  }

  disconnect() {
    this.form.removeEventListener("input", this.listen)
    clearTimeout(this.waiting)
  }

  #wait() {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.#look(), 400)
  }

  async #look() {
    const address = new URL(this.addressValue, location)
    for (const name of WATCHED) {
      const value = this.form.elements[name]?.value?.trim()
      if (value) address.searchParams.set(name, value)
    }
    if (![...address.searchParams].length) return this.element.replaceChildren()
    if (this.form.dataset.but) address.searchParams.set("but", this.form.dataset.but)
    const found = await this.latest.ask(address, "text", { "HX-Request": "true" })
    if (found !== null) this.element.innerHTML = found
  }
})
