// The clerk's desk, by keyboard from the first card to the last; measures how long somebody is really at it.
//   <form data-controller="card-desk" data-card-desk-address-value="/cards/UID/candidates/" data-card-desk-take-value="/cards/UID/take/">
//     <input name="seconds" data-card-desk-target="seconds"> <ul data-card-desk-target="needed"><li data-field="email">
//     <div data-card-desk-target="doubles"> <p data-card-desk-target="found" hidden><a> <button name="do" value="new" data-card-desk-target="how"> <button data-card-desk-target="draft">
// Without an address (typed a second time, to measure) nobody is looked for.
import { application, Controller } from "../../web/js/application.js"
import { Latest } from "../../web/js/latest.js"
import { WATCHED } from "../../customers/js/alike.js"

// Whoever touches nothing for so long is not at it.
const AWAY = 60_000
// A key pressed twice sends the card once.
const TWICE = 2_000

application.register("card-desk", class extends Controller {
  static targets = ["seconds", "needed", "doubles", "found", "how", "draft"]
  static values = { address: String, take: String, spent: Number }
  latest = new Latest()

  connect() {
    this.spent = this.spentValue * 1000 || 0
    this.sent = 0
    this.touched = this.before = Date.now()
    this.timer = setInterval(() => this.#count(), 1000)
    this.clock = document.querySelector("[data-card-clock]")
    this.keys = (event) => this.#key(event)
    this.touch = () => { this.touched = Date.now() }
    document.addEventListener("keydown", this.keys)
    for (const name of ["keydown", "pointerdown", "pointermove"]) document.addEventListener(name, this.touch)
    this.element.addEventListener("input", (event) => this.#typed(event.target))
    this.element.addEventListener("change", (event) => { if (event.target.name === "target") this.#propose() })
    this.element.addEventListener("submit", (event) => this.#send(event))
    this.element.addEventListener("keep-typing:back", () => this.#again())
    this.#sit()
    this.#again()
    if (this.addressValue) this.#propose()
    if (!this.element.hasAttribute("data-refused")) this.#fields()[0]?.focus()
  }

  disconnect() {
    clearInterval(this.timer)
    clearTimeout(this.waiting)
    document.removeEventListener("keydown", this.keys)
    for (const name of ["keydown", "pointerdown", "pointermove"]) document.removeEventListener(name, this.touch)
  }

  // Tells the others that somebody sits at this card. Without a connection it is told when the card is saved.
  #sit() {
    if (!this.takeValue) return
    const body = new URLSearchParams({ csrfmiddlewaretoken: this.element.elements.csrfmiddlewaretoken.value })
    fetch(this.takeValue, { method: "POST", body }).catch(() => null)
  }

  #count() {
    const now = Date.now()
    if (!document.hidden && now - this.touched < AWAY) this.spent += now - this.before
    this.before = now
    if (!this.clock) return
    const seconds = Math.round(this.spent / 1000)
    this.clock.querySelector("b").textContent = seconds
    this.clock.toggleAttribute("data-over", seconds > Number(this.clock.dataset.target))
  }

  #key(event) {
    if (event.isComposing) return
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return this.#press(event, this.howTargets.find((each) => each.dataset.kind === "primary"))
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") return this.#press(event, this.hasDraftTarget && this.draftTarget)
    if (event.altKey && /^Digit[1-4]$/.test(event.code)) return this.#press(event, this.howTargets[Number(event.code.at(-1)) - 1])
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) return this.#choose(event, event.key === "ArrowDown" ? 1 : -1)
    if (event.key === "Enter" && event.target.matches("input") && this.element.contains(event.target)) this.#next(event)
  }

  #press(event, button) {
    event.preventDefault()
    if (button) this.element.requestSubmit(button)
  }

  #send(event) {
    if (Date.now() - this.sent < TWICE) return event.preventDefault()
    this.sent = Date.now()
    this.secondsTarget.value = Math.round(this.spent / 1000)
  }

  #choose(event, step) {
    if (!this.addressValue) return
    event.preventDefault()
    const all = [...this.doublesTarget.querySelectorAll("input[name=target]")]
    if (!all.length) return
    const at = all.findIndex((each) => each.checked)
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length]
    next.checked = true
    next.scrollIntoView({ block: "nearest" })
    this.#propose()
  }

  #fields() {
    return [...this.element.querySelectorAll(".card-fields :is(input, textarea, select)")].filter((each) => each.type !== "hidden" && each.offsetParent)
  }

  // Enter goes on: a form of twenty fields is not sent by mistake.
  #next(event) {
    event.preventDefault()
    const all = this.#fields()
    const next = all[all.indexOf(event.target) + 1]
    ;(next ?? this.howTargets[0]).focus()
    next?.select?.()
  }

  // What was typed before a crash stands here again: who it resembles is asked anew.
  #again() {
    for (const each of this.#fields()) if (each.value !== each.defaultValue) this.#typed(each)
  }

  #typed(input) {
    const mark = this.hasNeededTarget && this.neededTarget.querySelector(`[data-field="${CSS.escape(input.name || "-")}"]`)
    if (mark) mark.toggleAttribute("data-filled", Boolean(input.value.trim()))
    if (!this.addressValue || !WATCHED.includes(input.name)) return
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.#look(), 400)
  }

  async #look() {
    const address = new URL(this.addressValue, location)
    for (const name of [...WATCHED, "target"]) {
      const value = name === "target" ? this.#chosen()?.value : this.element.elements[name]?.value?.trim()
      if (value) address.searchParams.set(name, value)
    }
    const found = await this.latest.ask(address, "text", { "HX-Request": "true" })
    if (found === null) return
    this.doublesTarget.innerHTML = found
    this.#propose()
  }

  #chosen() {
    return this.doublesTarget.querySelector("input[name=target]:checked")
  }

  // The button that fits what was chosen is the one with colour, and Ctrl+Enter presses it.
  #propose() {
    const wanted = this.#chosen()?.dataset.proposed ?? "new"
    for (const each of this.howTargets) {
      if (each.dataset.how === wanted) each.dataset.kind = "primary"
      else delete each.dataset.kind
    }
    this.#say()
  }

  // Beside the buttons, where one looks before pressing one: the list itself may stand below what is seen.
  #say() {
    if (!this.hasFoundTarget) return
    const words = this.doublesTarget.querySelector("[data-said]")?.dataset.said ?? ""
    this.foundTarget.hidden = !words
    this.foundTarget.querySelector("a").textContent = words
  }
})
