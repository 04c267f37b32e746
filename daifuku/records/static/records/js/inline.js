// An input in the place of a value: gets the focus, Enter saves, Escape shows the value again.
//   <form data-controller="inline" data-action="keydown->inline#keys" data-inline-back-value="address of the value">
import { application, Controller } from "../../web/js/application.js"

application.register("inline", class extends Controller {
  static values = { back: String }

  connect() {
    const input = this.element.querySelector(".value-input :is(input:not([type=hidden]), select, textarea)")
    input?.focus()
    input?.select?.()
  }

  keys(event) {
    if (event.isComposing || event.defaultPrevented) return
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); this.back() }
    if (event.key === "Enter" && !event.target.matches("textarea, button")) { event.preventDefault(); this.element.requestSubmit() }
  }

  back() {
    window.htmx.ajax("GET", this.backValue, { target: this.element.closest(".value"), swap: "outerHTML" })
  }
})
