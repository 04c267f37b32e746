// A <details> that behaves like a menu: closes on Escape, on a click elsewhere, and when another one opens.
//   <details class="menu" data-controller="menu"><summary>…</summary><div class="menu-list">…</div></details>
import { application, Controller } from "../application.js"

application.register("menu", class extends Controller {
  connect() {
    this.outside = (event) => { if (!this.element.contains(event.target)) this.element.open = false }
    this.key = (event) => this.#key(event)
    document.addEventListener("click", this.outside)
    this.element.addEventListener("keydown", this.key)
  }

  disconnect() {
    document.removeEventListener("click", this.outside)
    this.element.removeEventListener("keydown", this.key)
  }

  #key(event) {
    if (event.key === "Escape" && this.element.open) {
      event.stopPropagation()
      this.element.open = false
      this.element.querySelector("summary").focus()
    }
    if (!["ArrowDown", "ArrowUp"].includes(event.key) || event.target.matches("input, select, textarea")) return
    event.preventDefault()
    this.element.open = true
    const items = [...this.element.querySelectorAll(".menu-list a, .menu-list button")]
    const step = event.key === "ArrowDown" ? 1 : -1
    items.at((items.indexOf(document.activeElement) + step + items.length) % items.length)?.focus()
  }
})
