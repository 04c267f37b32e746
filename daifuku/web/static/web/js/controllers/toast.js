// Short notes at the foot of the page, with 「元に戻す」 where the server names the address for it (HX-Trigger: toast).
//   <div data-controller="toast" data-toast-undo-words-value="元に戻す" ...></div>
// A request that did not reach the server, or that it could not answer, is said here as well.
import { application, Controller } from "../application.js"

const STAY = 12_000

application.register("toast", class extends Controller {
  static values = { undoWords: String, closeWords: String, offlineWords: String, brokenWords: String }

  connect() {
    const listen = (name, act) => document.body.addEventListener(name, act)
    listen("toast", (event) => this.say(event.detail.sentence, event.detail.undo))
    listen("htmx:sendError", () => this.say(this.offlineWordsValue))
    listen("htmx:timeout", () => this.say(this.offlineWordsValue))
    listen("htmx:responseError", (event) => {
      if (!event.detail.xhr.getResponseHeader("HX-Trigger")) this.say(this.brokenWordsValue)
    })
  }

  say(sentence, undo) {
    const note = document.createElement("div")
    note.className = "toast"
    const words = document.createElement("p")
    words.textContent = sentence
    note.append(words)
    if (undo) note.append(this.#button(this.undoWordsValue, () => this.#undo(note, undo)))
    note.append(this.#button(this.closeWordsValue, () => note.remove()))
    this.element.append(note)
    let timer = setTimeout(() => note.remove(), STAY)
    note.addEventListener("pointerenter", () => clearTimeout(timer))
    note.addEventListener("focusin", () => clearTimeout(timer))
    note.addEventListener("pointerleave", () => { timer = setTimeout(() => note.remove(), STAY) })
  }

  #button(words, act) {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = words
    button.addEventListener("click", act)
    return button
  }

  async #undo(note, address) {
    note.remove()
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" }
    const response = await fetch(address, { method: "POST", headers }).catch(() => null)
    const elsewhere = response?.headers.get("HX-Redirect")
    if (elsewhere) return location.assign(elsewhere)
    if (response?.ok) return location.reload()
    const told = response?.headers.get("HX-Trigger")
    this.say(told ? JSON.parse(told).toast.sentence : this.offlineWordsValue)
  }
})
