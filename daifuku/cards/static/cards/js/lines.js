// The lines that were read on a card: one that is clicked, or chosen by keyboard, goes into the field one was in.
//   <section data-controller="card-lines"> <div data-card-lines-target="frame"><svg><rect data-text="…" data-action="click->card-lines#fill">
//     <rect class="card-place" data-field="email"> <ul data-card-lines-target="list"><li><button data-text="…" data-action="card-lines#fill">
import { application, Controller } from "../../web/js/application.js"

application.register("card-lines", class extends Controller {
  static targets = ["frame", "list", "turn"]

  connect() {
    this.focused = (event) => { if (event.target.matches(".card-fields :is(input, textarea)")) this.#at(event.target) }
    this.keys = (event) => this.#key(event)
    document.addEventListener("focusin", this.focused)
    document.addEventListener("keydown", this.keys)
    const active = document.activeElement
    if (active?.matches(".card-fields :is(input, textarea)")) this.#at(active)
  }

  disconnect() {
    document.removeEventListener("focusin", this.focused)
    document.removeEventListener("keydown", this.keys)
  }

  #at(field) {
    this.field = field
    for (const place of this.element.querySelectorAll(".card-place")) place.toggleAttribute("data-shown", place.dataset.field === field.name)
  }

  fill(event) {
    const text = event.currentTarget.dataset.text
    const field = this.field ?? document.querySelector(".card-fields input")
    if (!field) return
    field.value = field.matches("textarea") && field.value ? `${field.value}\n${text}` : text
    field.dispatchEvent(new Event("input", { bubbles: true }))
    field.focus()
  }

  turn() {
    if (this.hasFrameTarget) this.frameTarget.dataset.turn = (Number(this.frameTarget.dataset.turn ?? 0) + 1) % 4
  }

  #key(event) {
    if (event.isComposing) return
    if (event.altKey && event.code === "KeyR") {
      event.preventDefault()
      return this.turn()
    }
    if (!this.hasListTarget) return
    const all = [...this.listTarget.querySelectorAll("button")]
    if (event.altKey && event.code === "KeyL") {
      event.preventDefault()
      return all[0]?.focus()
    }
    const at = all.indexOf(document.activeElement)
    if (at < 0) return
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    if (step) {
      event.preventDefault()
      all[(at + step + all.length) % all.length].focus()
    } else if (event.key === "Escape") {
      event.preventDefault()
      this.field?.focus()
    }
  }
})
