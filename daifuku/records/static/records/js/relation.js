// Picks another record: type a part of its name, walk with the arrow keys, Enter takes it.
//   <span data-controller="relation" data-relation-address-value="/accounts/choose/">
//     <input data-relation-target="text"> <input type="hidden" data-relation-target="uid|label"> <span data-relation-target="list">
// The address answers with <button role="option" data-uid data-label>; without a choice the typed name is sent.
import { application, Controller } from "../../web/js/application.js"
import { Latest } from "../../web/js/latest.js"

application.register("relation", class extends Controller {
  static targets = ["text", "uid", "label", "list"]
  static values = { address: String }
  latest = new Latest()

  // On a slow line somebody types before this file is there.
  connect() {
    const typed = this.textTarget.value && !this.uidTarget.value
    if (typed && document.activeElement === this.textTarget) this.look({ type: "input" })
  }

  look(event) {
    if (event.type === "focus" && this.uidTarget.value) return
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.#fetch(), event.type === "focus" ? 0 : 150)
  }

  async #fetch() {
    const address = new URL(this.addressValue, location)
    address.searchParams.set("q", this.textTarget.value)
    const found = await this.latest.ask(address, "text", { "HX-Request": "true" })
    if (found === null || document.activeElement !== this.textTarget) return
    this.listTarget.innerHTML = found
    for (const option of this.#options()) option.addEventListener("pointerdown", (event) => { event.preventDefault(); this.#take(option) })
    this.#show(this.#options().length > 0)
  }

  keys(event) {
    if (event.isComposing || this.listTarget.hidden) return
    if (event.key === "Escape") { event.stopPropagation(); return this.#show(false) }
    if (event.key === "Enter") {
      const marked = this.listTarget.querySelector('[aria-selected="true"]')
      if (marked) { event.preventDefault(); this.#take(marked) }
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
    event.preventDefault()
    const options = this.#options()
    const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true")
    const next = options.at((now + (event.key === "ArrowDown" ? 1 : now < 0 ? 0 : -1)) % options.length)
    for (const option of options) option.setAttribute("aria-selected", option === next)
    next.scrollIntoView({ block: "nearest" })
  }

  leave() {
    clearTimeout(this.waiting)
    this.latest.forget()
    this.#show(false)
  }

  #take(option) {
    if (!option.dataset.uid) return location.assign(option.dataset.address)
    this.uidTarget.value = option.dataset.uid
    this.labelTarget.value = this.textTarget.value = option.dataset.label
    this.textTarget.dispatchEvent(new Event("input", { bubbles: true }))
    this.leave()
  }

  #options() {
    return [...this.listTarget.querySelectorAll("[role=option]")]
  }

  #show(open) {
    this.listTarget.hidden = !open
    this.textTarget.setAttribute("aria-expanded", open)
  }
})
