// A record of a list opened in the panel at the side: a button in the row under the mouse, `o` for the row in focus.
//   <div data-controller="peek"> <button data-peek-target="button" data-action="peek#open" hidden> <tr data-address="…"><td class="main">
import { application, Controller } from "../../web/js/application.js"

const TYPING = "input:not([type=checkbox]), textarea, select"

application.register("peek", class extends Controller {
  static targets = ["button"]

  connect() {
    this.element.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") this.#offer(event.target.closest("tr[data-address]")) })
    this.element.addEventListener("keydown", (event) => this.#keys(event))
  }

  open(event) {
    event.stopPropagation()
    this.#open(event.target.closest("tr[data-address]"))
  }

  #offer(row) {
    if (!row || row.contains(this.buttonTarget)) return
    row.querySelector("td.main").append(this.buttonTarget)
    this.buttonTarget.hidden = false
  }

  #keys(event) {
    if (event.key !== "o" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.target.matches(TYPING)) return
    const row = event.target.closest("tr[data-address]")
    if (!row) return
    event.preventDefault()
    this.#open(row)
  }

  #open(row) {
    window.htmx.ajax("GET", row.dataset.address, { target: "#sheet", swap: "innerHTML" })
  }
})
