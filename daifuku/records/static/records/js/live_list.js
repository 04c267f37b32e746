// An open list notices that others changed rows which it shows, and says how many; nothing moves under the hand before
// somebody presses the button. Then rows come anew in their place; one in which somebody is typing stays as it is.
//   <div class="list" data-controller="live-list" data-live-list-ask-value="/live/" data-live-list-ticket-value="…"
//     data-live-list-since-value="12" data-live-list-words-value="{n}件…">
//     <div data-live-list-target="note" hidden> <p data-live-list-target="words"> <button data-action="live-list#renew">
//     <tbody data-live-list-part="rows"> <tr data-address="…">
import { application, Controller } from "../../web/js/application.js"
import { Asking } from "./asking.js"

application.register("live-list", class extends Controller {
  static targets = ["note", "words"]
  static values = { ask: String, ticket: String, since: Number, words: String }

  connect() {
    const address = () => `${this.askValue}?ticket=${encodeURIComponent(this.ticketValue)}&since=${this.sinceValue}`
    this.asking = new Asking(address, (number) => this.#say(number))
    this.asking.start()
  }

  disconnect() {
    this.asking.stop()
  }

  async renew() {
    const answer = await fetch(location.href, { cache: "no-store" })
    const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".list")
    const there = fresh && new Map([...fresh.querySelectorAll("[data-live-list-part]")].map((each) => [each.dataset.liveListPart, each]))
    const parts = [...this.element.querySelectorAll("[data-live-list-part]")]
    // Nothing is left, or the list looks otherwise by now: it is opened again.
    if (!fresh || parts.some((part) => !there.has(part.dataset.liveListPart))) { location.reload(); return }
    for (const part of parts) this.#fill(part, there.get(part.dataset.liveListPart))
    this.ticketValue = fresh.dataset.liveListTicketValue
    this.sinceValue = fresh.dataset.liveListSinceValue
    this.heard = ""
    this.element.querySelector("[data-selection-target=one]")?.dispatchEvent(new Event("input", { bubbles: true }))
    this.dismiss()
  }

  // Said again when more of them are changed.
  dismiss() {
    this.noteTarget.hidden = true
  }

  #say(number) {
    if (number === this.heard) return
    this.heard = number
    this.wordsTarget.textContent = this.wordsValue.replace("{n}", Number(number).toLocaleString())
    this.noteTarget.hidden = false
  }

  #fill(part, other) {
    // The button that stands in the row under the mouse outlives the row.
    const button = part.querySelector("[data-peek-target=button]")
    if (button) { button.hidden = true; part.closest("[data-controller~=peek]").prepend(button) }
    const before = new Map([...part.children].map((each) => [key(each), each]))
    const children = [...other.childNodes].map((each) => {
      const old = before.get(key(each))
      if (old && busy(old)) return old
      const row = document.importNode(each, true)
      if (old) keep(old, row)
      return row
    })
    part.replaceChildren(...children)
    window.htmx.process(part)
  }
})

function key(node) {
  return node.dataset?.address ?? node.dataset?.key ?? node
}

function busy(row) {
  return Boolean(row.querySelector("form[data-controller~=inline], .htmx-request"))
}

// Rows stay chosen; what changed lights up for a moment.
function keep(old, row) {
  const [was, is] = [old, row].map((each) => each.querySelector("[data-selection-target=one]"))
  if (was && is) is.checked = was.checked
  if (old.textContent === row.textContent) return
  row.dataset.renewed = ""
  setTimeout(() => delete row.dataset.renewed, 3000)
}
