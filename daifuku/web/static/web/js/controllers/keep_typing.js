// Nothing typed is lost: what stands in a form is kept in this tab until it was saved, and put back after a crash, a
// timeout or a lost connection. Files and passwords are never kept; signing out clears everything. The key names the
// person, so that nobody else who signs in here is shown it.
//   <form data-controller="keep-typing" data-keep-typing-key-value="new-account" data-keep-typing-words-value="…">
import { application, Controller } from "../application.js"

const PREFIX = "typed:"
const SENT = "sent"

application.register("keep-typing", class extends Controller {
  static values = { key: String, words: String, drop: String }

  connect() {
    this.store = this.store.bind(this)
    this.element.addEventListener("input", this.store)
    this.element.addEventListener("submit", () => sessionStorage.setItem(SENT, this.keyValue))
    if (this.element.hasAttribute("data-refused")) sessionStorage.removeItem(SENT)
    else this.#putBack()
  }

  store() {
    const typed = [...new FormData(this.element)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && !/password/.test(name))
    sessionStorage.setItem(PREFIX + this.keyValue, JSON.stringify(typed))
  }

  #putBack() {
    const kept = sessionStorage.getItem(PREFIX + this.keyValue)
    if (!kept) return
    const typed = new Map(JSON.parse(kept))
    let changed = false
    for (const field of this.element.elements) {
      if (!field.name || !typed.has(field.name) || field.type === "hidden" || ["checkbox", "radio", "file"].includes(field.type)) continue
      if (field.value !== typed.get(field.name)) [field.value, changed] = [typed.get(field.name), true]
    }
    if (changed) this.#tell()
  }

  #tell() {
    const note = document.createElement("p")
    note.className = "kept"
    note.setAttribute("role", "status")
    note.textContent = this.wordsValue
    const drop = document.createElement("button")
    drop.type = "button"
    drop.textContent = this.dropValue
    drop.addEventListener("click", () => { this.forget(); this.element.reset(); note.remove() })
    note.append(drop)
    this.element.prepend(note)
  }

  forget() {
    sessionStorage.removeItem(PREFIX + this.keyValue)
  }
})

// What was sent is forgotten when the next page says that it was saved.
const sent = sessionStorage.getItem(SENT)
sessionStorage.removeItem(SENT)
if (sent && document.querySelector('.banner[data-kind="good"]')) sessionStorage.removeItem(PREFIX + sent)
document.addEventListener("submit", (event) => { if (event.target.matches("[data-forget-typing]")) sessionStorage.clear() })
