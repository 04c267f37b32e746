// Nothing typed is lost: what stands in a form is kept in this tab until it was saved, and put back after a crash, a
// timeout or a lost connection. Files and passwords are never kept; signing out clears everything. The key names the
// person, so that nobody else who signs in here is shown it.
//   <form data-controller="keep-typing" data-keep-typing-key-value="new-account" data-keep-typing-words-value="…">
// Whoever asks about what is typed hears `keep-typing:back` when it stands there again.
import { application, Controller } from "../application.js"

const PREFIX = "typed:"
const SENT = "sent"

application.register("keep-typing", class extends Controller {
  static values = { key: String, words: String, drop: String }

  connect() {
    // The browser would put typed values back by itself and say nothing, also those that were saved.
    this.element.autocomplete = "off"
    this.store = this.store.bind(this)
    this.element.addEventListener("input", this.store)
    this.element.addEventListener("submit", () => sessionStorage.setItem(SENT, this.keyValue))
    this.element.addEventListener("htmx:afterRequest", ({ detail }) => { if (!detail.xhr.status || detail.xhr.status >= 400) sessionStorage.removeItem(SENT) })
    if (this.element.hasAttribute("data-refused")) sessionStorage.removeItem(SENT)
    else this.#putBack()
  }

  store() {
    const typed = [...new FormData(this.element)].filter(([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "once"].includes(name) && !/password/.test(name))
    sessionStorage.setItem(PREFIX + this.keyValue, JSON.stringify(typed))
  }

  #putBack() {
    const kept = sessionStorage.getItem(PREFIX + this.keyValue)
    if (!kept) return
    const typed = JSON.parse(kept)
    const changed = [...this.element.elements].filter((field) => field.name && this.#fill(field, typed.filter(([name]) => name === field.name).map(([, value]) => value)))
    for (const field of changed) field.closest("details")?.setAttribute("open", "")
    if (!changed.length) return
    this.#tell()
    this.dispatch("back")
  }

  // Tells whether the field now holds something else than the page was sent with. A reset forgets hidden fields.
  #fill(field, values) {
    if (["checkbox", "radio"].includes(field.type)) {
      field.checked = values.includes(field.value)
      return field.checked !== field.defaultChecked
    }
    if (!values.length || ["file", "submit", "button"].includes(field.type)) return false
    if (field.type === "hidden") {
      if (field.dataset.relationTarget) [field.dataset.first, field.value] = [field.value, values[0]]
      return false
    }
    const chosen = field.matches("select") && ([...field.options].find((each) => each.defaultSelected) ?? field.options[0])
    field.value = values[0]
    return field.value !== (chosen ? chosen.value : field.defaultValue)
  }

  #tell() {
    const note = document.createElement("p")
    note.className = "kept"
    note.setAttribute("role", "status")
    note.textContent = this.wordsValue
    const drop = document.createElement("button")
    drop.type = "button"
    drop.textContent = this.dropValue
    drop.addEventListener("click", () => { this.#empty(); note.remove() })
    note.append(drop)
    this.element.prepend(note)
  }

  #empty() {
    sessionStorage.removeItem(PREFIX + this.keyValue)
    this.element.reset()
    for (const field of this.element.querySelectorAll("[data-first]")) field.value = field.dataset.first
  }
})

// What was sent is forgotten when the next page says that it was saved.
const sent = sessionStorage.getItem(SENT)
sessionStorage.removeItem(SENT)
if (sent && document.querySelector('.banner[data-kind="good"]')) sessionStorage.removeItem(PREFIX + sent)
document.addEventListener("submit", (event) => { if (event.target.matches("[data-forget-typing]")) sessionStorage.clear() })
