// Rows chosen in a list: the bar with what can be done shows how many; Shift takes a range; x chooses the row in focus.
//   <div data-controller="selection"> <input data-selection-target="every|one" …> <form data-selection-target="bar" hidden> <strong data-selection-target="number"> <input data-selection-target="all">
import { application, Controller } from "../../web/js/application.js"

application.register("selection", class extends Controller {
  static targets = ["every", "one", "bar", "number", "all"]
  static values = { total: Number }

  connect() {
    this.last = null
    this.element.addEventListener("click", (event) => this.#range(event))
    this.count()
  }

  every(event) {
    for (const one of this.oneTargets) one.checked = event.target.checked
    this.count()
  }

  none() {
    for (const box of [...this.oneTargets, this.allTarget]) box.checked = false
    this.count()
  }

  count() {
    const chosen = this.oneTargets.filter((one) => one.checked).length
    for (const every of this.everyTargets) {
      every.checked = chosen > 0 && chosen === this.oneTargets.length
      every.indeterminate = chosen > 0 && chosen < this.oneTargets.length
    }
    this.barTarget.hidden = chosen === 0
    this.numberTarget.textContent = this.allTarget.checked ? this.totalValue.toLocaleString() : chosen.toLocaleString()
  }

  #range(event) {
    const box = event.target
    if (!box.matches?.('[data-selection-target="one"]')) return
    const boxes = this.oneTargets
    if (event.shiftKey && this.last) {
      const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b)
      for (const each of boxes.slice(from, to + 1)) each.checked = box.checked
      this.count()
    }
    this.last = box
  }
})
