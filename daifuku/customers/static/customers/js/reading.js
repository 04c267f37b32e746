// Proposes the reading while a name is typed, as long as nobody has typed one: kana for name, セイ for 姓, メイ for 名.
//   <form> ... <div data-controller="reading" data-reading-address-value="/reading/" data-reading-note-value="what the field says then">
import { application, Controller } from "../../web/js/application.js"

const PAIRS = { name: "kana", company: "company_kana", family_name: "family_kana", given_name: "given_kana" }

application.register("reading", class extends Controller {
  static values = { address: String, note: String }

  connect() {
    this.form = this.element.closest("form")
    this.own = new Map()
    this.waiting = new Map()
    this.listen = (event) => { if (PAIRS[event.target.name] && !event.isComposing) this.#wait(event.target) }
    this.form.addEventListener("input", this.listen)
    this.form.addEventListener("compositionend", this.listen)
  }

  disconnect() {
    this.form.removeEventListener("input", this.listen)
    this.form.removeEventListener("compositionend", this.listen)
    for (const timer of this.waiting.values()) clearTimeout(timer)
  }

  #wait(input) {
    clearTimeout(this.waiting.get(input))
    this.waiting.set(input, setTimeout(() => this.#propose(input), 400))
  }

  async #propose(input) {
    const kana = this.form.elements[PAIRS[input.name]]
    if (!kana || (kana.value && kana.value !== this.own.get(kana))) return
    const address = new URL(this.addressValue, location)
    address.searchParams.set("text", input.value)
    const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null)
    if (!response?.ok) return
    const proposed = (await response.json()).kana
    if (kana.value && kana.value !== this.own.get(kana)) return
    this.own.set(kana, proposed)
    kana.value = proposed
    this.#say(kana, proposed)
  }

  #say(kana, proposed) {
    const field = kana.closest(".field")
    let note = field?.querySelector("[data-reading-note]")
    if (!note && field) {
      note = document.createElement("p")
      note.className = "help"
      note.dataset.readingNote = ""
      note.setAttribute("role", "status")
      field.append(note)
    }
    if (note) note.textContent = proposed ? this.noteValue : ""
  }
})
