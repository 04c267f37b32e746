// Values changed in the list itself: double-click a cell, or walk to it with the arrow keys and press Enter or F2.
//   <table data-controller="cells"> <tr data-address="the record's page"><td data-key="rank" data-editable><div class="value">…</div></td>
import { application, Controller } from "../../web/js/application.js"

application.register("cells", class extends Controller {
  connect() {
    for (const cell of this.#cells()) cell.tabIndex = -1
    const first = this.#cells()[0]
    if (first) first.tabIndex = 0
    this.element.addEventListener("dblclick", (event) => this.#edit(event.target.closest("td")))
    this.element.addEventListener("keydown", (event) => this.#keys(event))
  }

  #cells() {
    return [...this.element.querySelectorAll("tbody td[data-key]")]
  }

  #keys(event) {
    const cell = event.target
    if (!cell.matches("td[data-key]") || event.isComposing) return
    if (event.key === "Enter" || event.key === "F2") { event.preventDefault(); return this.#edit(cell) }
    const next = {
      ArrowLeft: () => cell.previousElementSibling, ArrowRight: () => cell.nextElementSibling,
      ArrowUp: () => cell.parentElement.previousElementSibling?.cells[cell.cellIndex],
      ArrowDown: () => cell.parentElement.nextElementSibling?.cells[cell.cellIndex],
    }[event.key]?.()
    if (!next?.matches("td[data-key]")) return
    event.preventDefault()
    cell.tabIndex = -1
    next.tabIndex = 0
    next.focus()
  }

  #edit(cell) {
    const value = cell?.querySelector(".value")
    if (!value || !("editable" in cell.dataset) || value.querySelector("form")) return
    window.htmx.ajax("GET", `${cell.parentElement.dataset.address}field/${cell.dataset.key}/`, { target: value, swap: "outerHTML" })
  }
})
