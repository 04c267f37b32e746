// A list that one puts in order by buttons or by dragging; the order of the inputs in it is what is sent.
//   <form data-controller="order"><ol><li>… <button data-action="order#up"> <button data-action="order#down"></li></ol>
import { application, Controller } from "../../web/js/application.js"

application.register("order", class extends Controller {
  connect() {
    for (const item of this.element.querySelectorAll(".order-list > li")) item.draggable = true
    this.element.addEventListener("dragstart", (event) => { this.dragged = event.target.closest("li") })
    this.element.addEventListener("dragover", (event) => this.#over(event))
  }

  up(event) {
    const item = event.target.closest("li")
    item.previousElementSibling?.before(item)
    event.currentTarget.focus()
  }

  down(event) {
    const item = event.target.closest("li")
    item.nextElementSibling?.after(item)
    event.currentTarget.focus()
  }

  close() {
    this.element.remove()
  }

  #over(event) {
    const item = event.target.closest(".order-list > li")
    if (!item || !this.dragged || item === this.dragged) return
    event.preventDefault()
    const box = item.getBoundingClientRect()
    event.clientY < box.top + box.height / 2 ? item.before(this.dragged) : item.after(this.dragged)
  }
})
