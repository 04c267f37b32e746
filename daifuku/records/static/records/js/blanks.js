// Hides fields without a value until somebody wants to see them.
//   <div data-controller="blanks"> <div class="value" data-blank> … (the style sheet hides its row) … <button data-blanks-target="button" data-action="blanks#toggle" hidden>
import { application, Controller } from "../../web/js/application.js"

application.register("blanks", class extends Controller {
  static targets = ["button"]

  connect() {
    this.element.dataset.ready = ""
    this.buttonTarget.hidden = !this.element.querySelector("[data-blank]")
    this.#show(false)
  }

  toggle() {
    this.#show(this.buttonTarget.getAttribute("aria-pressed") !== "true")
  }

  #show(all) {
    this.buttonTarget.setAttribute("aria-pressed", all)
    this.element.toggleAttribute("data-all", all)
  }
})
