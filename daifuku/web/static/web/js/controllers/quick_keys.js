// Ctrl+Enter saves the form that one types in; Ctrl+S saves and stays, where the form has such a button.
//   <form data-controller="quick-keys"> <button> <button name="stay" data-quick-keys-target="stay">
import { application, Controller } from "../application.js"

application.register("quick-keys", class extends Controller {
  static targets = ["stay"]

  connect() {
    this.element.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey) return
      if (event.key === "Enter") return this.#send(event, undefined)
      if (event.key.toLowerCase() === "s" && this.hasStayTarget) this.#send(event, this.stayTarget)
    })
  }

  #send(event, button) {
    event.preventDefault()
    this.element.requestSubmit(button)
  }
})
