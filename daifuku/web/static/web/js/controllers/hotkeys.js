// Keys that press what they stand on, and the list of them.
//   <body data-controller="hotkeys"> ... <a data-hotkey="n" title="新規 (n)"> <a data-hotkey="g h">
//   <input data-hotkey="/" data-hotkey-also="Control+k"> gets the focus.
//   <dialog data-hotkeys-target="overlay"><tbody data-hotkeys-target="list">
import { application, Controller } from "../application.js"

const TYPING = "input, textarea, select, [contenteditable]"
const LINGER = 1200

application.register("hotkeys", class extends Controller {
  static targets = ["overlay", "list"]

  connect() {
    this.before = ""
    this.press = this.press.bind(this)
    document.addEventListener("keydown", this.press)
  }

  disconnect() {
    document.removeEventListener("keydown", this.press)
  }

  press(event) {
    if (event.isComposing || event.altKey || event.metaKey) return
    const key = event.ctrlKey ? `Control+${event.key.toLowerCase()}` : event.key
    if (!event.ctrlKey && event.target.closest(TYPING)) return
    if (key === "?") return this.show(event)
    const found = this.#find(`${this.before} ${key}`.trim()) ?? this.#find(key)
    this.#remember(key)
    if (!found) return
    event.preventDefault()
    this.before = ""
    found.matches("input, textarea, select") ? found.focus() : found.click()
  }

  show(event) {
    event?.preventDefault()
    if (!this.hasOverlayTarget || this.overlayTarget.open) return
    this.listTarget.replaceChildren(...this.#rows())
    this.overlayTarget.showModal()
  }

  #find(key) {
    const all = document.querySelectorAll("[data-hotkey], [data-hotkey-also]")
    return [...all].find((each) => (each.dataset.hotkey === key || each.dataset.hotkeyAlso === key) && each.checkVisibility())
  }

  #remember(key) {
    clearTimeout(this.forgetting)
    this.before = key
    this.forgetting = setTimeout(() => { this.before = "" }, LINGER)
  }

  #rows() {
    const seen = new Set()
    return [...document.querySelectorAll("[data-hotkey]")].filter((each) => each.title && each.checkVisibility() && !seen.has(each.dataset.hotkey) && seen.add(each.dataset.hotkey)).map((each) => {
      const row = document.createElement("tr")
      const [key, words] = [document.createElement("td"), document.createElement("td")]
      for (const part of each.dataset.hotkey.split(" ")) {
        const cap = document.createElement("kbd")
        cap.textContent = part.replace("Control+", "Ctrl+")
        key.append(cap, " ")
      }
      words.textContent = each.title.replace(/\s*[(（].*[)）]\s*$/, "")
      row.append(key, words)
      return row
    })
  }
})
