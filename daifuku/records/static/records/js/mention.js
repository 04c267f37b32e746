// Offers colleagues while one types a name after @; arrow keys walk, Enter takes one, Escape closes.
//   <form data-controller="mention" data-mention-address-value="/mentionable/">
//     <textarea data-mention-target="text" data-action="input->mention#look keydown->mention#keys blur->mention#leave">
//     <div role="listbox" data-mention-target="list" hidden></div>   the address answers with <button role="option" data-name>
import { application, Controller } from "../../web/js/application.js"
import { Latest } from "../../web/js/latest.js"

const TYPED = /[@＠]([^\s@＠]{1,20})$/

application.register("mention", class extends Controller {
  static targets = ["text", "list"]
  static values = { address: String }
  latest = new Latest()

  look() {
    clearTimeout(this.waiting)
    const typed = this.#typed()
    if (!typed) return this.leave()
    this.waiting = setTimeout(() => this.#fetch(typed[1]), 150)
  }

  async #fetch(word) {
    const address = new URL(this.addressValue, location)
    address.searchParams.set("q", word)
    const found = await this.latest.ask(address, "text", { "HX-Request": "true" })
    if (found === null || !this.#typed()) return
    this.listTarget.innerHTML = found
    for (const option of this.#options()) option.addEventListener("pointerdown", (event) => { event.preventDefault(); this.#take(option) })
    this.#options()[0]?.setAttribute("aria-selected", "true")
    this.listTarget.hidden = this.#options().length === 0
  }

  keys(event) {
    if (event.isComposing || this.listTarget.hidden) return
    const options = this.#options()
    const now = options.findIndex((option) => option.getAttribute("aria-selected") === "true")
    if (event.key === "Escape") { event.stopPropagation(); return this.leave() }
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && now >= 0) { event.preventDefault(); return this.#take(options[now]) }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
    event.preventDefault()
    const next = options.at((now + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length)
    for (const option of options) option.setAttribute("aria-selected", String(option === next))
  }

  leave() {
    clearTimeout(this.waiting)
    this.latest.forget()
    this.listTarget.hidden = true
  }

  #take(option) {
    const typed = this.#typed()
    if (typed) {
      const end = this.textTarget.selectionStart
      this.textTarget.setRangeText(`@${option.dataset.name} `, end - typed[0].length, end, "end")
    }
    this.leave()
    this.textTarget.focus()
  }

  #typed() {
    return this.textTarget.value.slice(0, this.textTarget.selectionStart).match(TYPED)
  }

  #options() {
    return [...this.listTarget.querySelectorAll('[role="option"]')]
  }
})
