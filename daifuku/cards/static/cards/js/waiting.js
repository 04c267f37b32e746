// A card that is still being read: looks again until it is, and puts in what was read. What somebody has typed stays.
//   <p role="status" data-controller="card-waiting" data-card-waiting-part-value=".card-picture" data-card-waiting-done-value="読み取りました">
// Fields of the form (.card-fields) that are still empty come from the page as it is then; the field he is at is filled.
import { application, Controller } from "../../web/js/application.js"

const SOON = 2000
const LATER = 10_000

application.register("card-waiting", class extends Controller {
  static values = { part: String, done: String }

  connect() {
    this.asked = 0
    this.#wait()
  }

  disconnect() {
    clearTimeout(this.timer)
  }

  #wait() {
    this.timer = setTimeout(() => this.#look(), this.asked < 15 ? SOON : LATER)
  }

  async #look() {
    this.asked += 1
    const page = document.hidden ? null : await this.#page()
    if (!this.element.isConnected) return
    const part = page?.querySelector(this.partValue)
    if (!part || part.querySelector("[data-controller~=card-waiting]")) return this.#wait()
    this.#fill(page)
    const old = this.element.closest(this.partValue)
    part.prepend(this.#said())
    old.replaceWith(part)
  }

  // Without a connection there is none: it looks again. Somebody who was sent elsewhere (the card is done) stays here.
  async #page() {
    try {
      const response = await fetch(location.href, { cache: "no-store" })
      return response.ok && !response.redirected ? new DOMParser().parseFromString(await response.text(), "text/html") : null
    } catch {
      return null
    }
  }

  #said() {
    const said = document.createElement("p")
    said.setAttribute("role", "status")
    said.className = "soft"
    said.textContent = this.doneValue
    return said
  }

  #fill(page) {
    const own = new Map([...document.querySelectorAll(".card-fields [name]")].map((each) => [each.name, each]))
    for (const read of page.querySelectorAll(".card-fields [name]")) {
      const input = own.get(read.name)
      if (!input || input.value.trim() || !read.value) continue
      const doubtful = read.closest("div[data-doubtful]")
      if (doubtful) input.closest("[data-field]")?.setAttribute("data-doubtful", "")
      input.value = read.value
      input.dispatchEvent(new Event("input", { bubbles: true }))
    }
  }
})
