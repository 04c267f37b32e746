// Offers the address to a postal code, and the postal code to an address; fills only what is empty by itself.
//   <form> ... <div data-controller="place" data-place-by-code-value="/address/by-code/" data-place-codes-value="/address/codes/"
//     data-place-fill-value="words of the offer" data-place-code-value="words of the other offer">
import { application, Controller } from "../../web/js/application.js"
import { Latest } from "../../web/js/latest.js"

const PARTS = ["prefecture", "city", "street"]

application.register("place", class extends Controller {
  static values = { byCode: String, codes: String, fill: String, code: String }
  latest = new Latest()

  connect() {
    this.form = this.element.closest("form")
    this.code = this.form.elements.postal_code
    if (!this.code) return
    this.listen = (event) => this.#typed(event.target)
    this.form.addEventListener("input", this.listen)
    this.offer = document.createElement("p")
    this.offer.className = "help"
    this.offer.setAttribute("role", "status")
    this.code.closest(".field")?.append(this.offer)
  }

  disconnect() {
    if (!this.code) return
    this.form.removeEventListener("input", this.listen)
    this.offer.remove()
    clearTimeout(this.waiting)
  }

  #typed(input) {
    if (this.filling || (input !== this.code && !PARTS.includes(input.name))) return
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => input === this.code ? this.#lookUpPlace() : this.#lookUpCode(), 300)
  }

  async #lookUpPlace() {
    this.offer.replaceChildren()
    const digits = this.code.value.normalize("NFKC").replace(/\D/g, "")
    if (digits.length !== 7) return
    const { places = [] } = await this.#ask(this.byCodeValue, { code: digits })
    const untouched = PARTS.every((name) => !this.form.elements[name]?.value.trim())
    if (places.length === 1 && untouched) return this.#put(places[0])
    for (const place of places.filter((each) => !this.#isThere(each)).slice(0, 5)) {
      this.#suggest(`${place.prefecture}${place.city}${place.street}`, this.fillValue, () => this.#put(place))
    }
  }

  async #lookUpCode() {
    this.offer.replaceChildren()
    const [prefecture, city, street] = PARTS.map((name) => this.form.elements[name]?.value.trim() ?? "")
    if (!prefecture || !city || !street) return
    const { codes = [] } = await this.#ask(this.codesValue, { prefecture, city, street })
    const now = this.code.value.normalize("NFKC").replace(/\D/g, "")
    for (const code of codes.filter((each) => each.replace(/\D/g, "") !== now).slice(0, 5)) {
      this.#suggest(`〒${code}`, this.codeValue, () => this.#set(this.code, code))
    }
  }

  #isThere(place) {
    return PARTS.every((name) => (this.form.elements[name]?.value ?? "").startsWith(place[name]))
  }

  #put(place) {
    for (const name of PARTS) {
      const input = this.form.elements[name]
      const goesOn = name === "street" && input?.value.startsWith(place.street)
      if (input && !goesOn) this.#set(input, place[name])
    }
    this.form.elements.street?.focus()
  }

  #set(input, value) {
    this.filling = true
    input.value = value
    input.dispatchEvent(new Event("input", { bubbles: true }))
    this.filling = false
    this.offer.replaceChildren()
  }

  #suggest(text, words, take) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "button"
    button.dataset.size = "small"
    button.textContent = `${text} — ${words}`
    button.addEventListener("click", take)
    this.offer.append(button)
  }

  async #ask(path, parameters) {
    const address = new URL(path, location)
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
    return (await this.latest.ask(address, "json", { Accept: "application/json" })) ?? {}
  }
})
