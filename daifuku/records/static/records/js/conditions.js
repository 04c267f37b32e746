// The condition editor: rows are taken out here, put in by the server.
//   <form data-controller="conditions"> <div class="condition-row"> <button data-action="conditions#remove">
import { application, Controller } from "../../web/js/application.js"

application.register("conditions", class extends Controller {
  connect() {
    if (!this.element.matches("form")) return
    this.element.querySelector("select[name^=field-]")?.focus()
    this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") this.close() })
  }

  remove(event) {
    const row = event.target.closest(".condition-row")
    const block = row.closest(".condition-block")
    row.remove()
    if (block.hasAttribute("data-grouped") && !block.querySelector(".condition-row")) block.remove()
  }

  close() {
    this.element.remove()
  }
})
