// The one search box: arrow keys walk the suggestions, Enter opens one, Escape closes them.
//   <form data-controller="search-box" data-action="keydown->search-box#keys focusout->search-box#leave">
//     <input data-search-box-target="input"> <div data-search-box-target="list"><a href="…">…</a></div>
import { application, Controller } from "../application.js"

application.register("search-box", class extends Controller {
  static targets = ["input", "list"]

  keys(event) {
    if (event.isComposing) return
    if (event.key === "Escape") {
      this.listTarget.replaceChildren()
      this.inputTarget.blur()
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
    const stops = [this.inputTarget, ...this.listTarget.querySelectorAll("a")]
    const step = event.key === "ArrowDown" ? 1 : -1
    event.preventDefault()
    stops.at((stops.indexOf(document.activeElement) + step + stops.length) % stops.length)?.focus()
  }

  leave(event) {
    if (!this.element.contains(event.relatedTarget)) setTimeout(() => this.listTarget.replaceChildren(), 150)
  }
})
