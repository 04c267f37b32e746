// The panel at the side: htmx puts a page's part into it (hx-target="#sheet"); Escape closes it, the list keeps its place.
//   <dialog id="sheet" data-controller="sheet"></dialog>   inside it: <button data-action="sheet#close">
import { application, Controller } from "../application.js"

application.register("sheet", class extends Controller {
  connect() {
    this.element.addEventListener("htmx:afterSwap", (event) => {
      if (event.target === this.element && !this.element.open) this.element.showModal()
    })
    this.element.addEventListener("close", () => this.element.replaceChildren())
    this.element.addEventListener("click", (event) => { if (event.target === this.element) this.close() })
  }

  close() {
    this.element.close()
  }
})
