// An open page notices what others do with its record. While the page is in front it asks every four seconds whether
// anything happened; only then it fetches what, and renews the parts in which nobody is typing. Nothing typed is touched.
//   <article data-controller="live" data-live-ask-value="/live/" data-live-ticket-value="…" data-live-since-value="12"
//     data-live-news-value="…/news/" data-live-record-value="…"> <section data-live-part="timeline">
// With data-live-form-value="1" it is a form: it only says that something happened.
import { application, Controller } from "../../web/js/application.js"
import { Asking } from "./asking.js"

const TYPED = "input:not([type=hidden], [type=submit], [type=button]), textarea, select, [contenteditable]"

application.register("live", class extends Controller {
  static targets = ["words"]
  static values = { ask: String, ticket: String, since: Number, news: String, record: String, form: Boolean }

  connect() {
    const address = () => `${this.askValue}?ticket=${encodeURIComponent(this.ticketValue)}&since=${this.sinceValue}`
    this.asking = new Asking(address, (newest) => this.#happened(Number(newest)))
    this.asking.start()
  }

  disconnect() {
    this.asking.stop()
  }

  // The newest state beside what is being typed: in the panel at the side.
  show() {
    window.htmx.ajax("GET", this.recordValue, { target: "#sheet", swap: "innerHTML" })
    this.dismiss()
  }

  dismiss() {
    for (const words of this.wordsTargets) words.remove()
  }

  async #happened(newest) {
    const said = await fetch(`${this.newsValue}?since=${this.sinceValue}${this.formValue ? "&form=1" : ""}`, { headers: { "HX-Request": "true" }, cache: "no-store" })
    const left = this.formValue ? true : await this.#renew()
    this.sinceValue = newest
    if (said.status !== 200) return
    this.dismiss()
    this.element.insertAdjacentHTML("afterbegin", await said.text())
    const words = this.element.firstElementChild
    words.setAttribute("role", "status")
    // Where everything is on the page already, there is nothing to be shown, and the note goes by itself.
    if (!left) {
      words.querySelector("[data-action='live#show']").remove()
      setTimeout(() => words.remove(), 12_000)
    }
  }

  // Returns whether a part was left as it is because somebody is at work in it.
  async #renew() {
    const answer = await fetch(location.href, { cache: "no-store" })
    if (!answer.ok) return false
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html")
    let left = false
    const parts = (root) => [...root.querySelectorAll("[data-live-part]")]
    const there = new Map(parts(fresh).map((part) => [part.dataset.livePart, part]))
    for (const part of parts(this.element)) {
      const other = there.get(part.dataset.livePart)
      if (!part.isConnected || !other || same(part, other)) continue
      if (busy(part)) { left ||= !part.querySelector("[data-live-part]"); continue }
      this.#swap(part, document.importNode(other, true))
    }
    return left
  }

  #swap(part, other) {
    keepOpen(part, other)
    const focused = part.contains(document.activeElement) ? focusables(part).indexOf(document.activeElement) : -1
    other.dataset.renewed = ""
    part.replaceWith(other)
    window.htmx.process(other)
    if (focused >= 0) focusables(other)[focused]?.focus({ preventScroll: true })
    setTimeout(() => delete other.dataset.renewed, 3000)
  }
})

// Somebody types here, has typed and not sent, or has a menu open.
function busy(part) {
  if (part.contains(document.activeElement) && document.activeElement.matches(TYPED)) return true
  if (part.querySelector("details.menu[open], dialog[open], .htmx-request, form[data-controller~=inline]")) return true
  return [...part.querySelectorAll(TYPED)].some(typed)
}

function typed(field) {
  if (field.matches("[contenteditable]")) return false
  if (field.matches("select")) return [...field.options].some((option) => option.selected !== option.defaultSelected) && field.selectedIndex > 0
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked
  if (field.matches("[type=file]")) return field.files.length > 0
  return field.value !== field.defaultValue
}

function same(part, other) {
  return signature(part) === signature(other)
}

// What is read and where it leads, without what every answer has anew (tokens) and what scripts add.
function signature(part) {
  const links = [...part.querySelectorAll("[href], [action], [data-colour], [aria-pressed], [aria-checked]")]
  const led = links.map((each) => ["href", "action", "data-colour", "aria-pressed", "aria-checked"].map((name) => each.getAttribute(name)).join("|"))
  return part.textContent.replaceAll(/\s+/g, " ") + led.join(" ")
}

function keepOpen(part, other) {
  const [before, after] = [part, other].map((each) => [each, ...each.querySelectorAll("details")].filter((one) => one.matches("details")))
  before.forEach((each, place) => { if (after[place] && !each.matches(".menu")) after[place].open = each.open })
}

function focusables(part) {
  return [...part.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
}
