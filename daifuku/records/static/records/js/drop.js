// Files dropped on a panel, or chosen in it, are sent at once; without this the button sends them.
//   <div data-controller="drop" data-action="dragover->drop#over dragleave->drop#leave drop->drop#take">
//     <form data-drop-target="form"><input type="file" data-drop-target="input" data-action="change->drop#send">
//     <button data-drop-target="button">
import { application, Controller } from "../../web/js/application.js"

application.register("drop", class extends Controller {
  static targets = ["form", "input", "button"]

  connect() {
    this.element.dataset.ready = ""
  }

  buttonTargetConnected(button) {
    button.hidden = true
  }

  over(event) {
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    this.element.dataset.over = ""
  }

  leave(event) {
    if (!this.element.contains(event.relatedTarget)) delete this.element.dataset.over
  }

  take(event) {
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    delete this.element.dataset.over
    this.inputTarget.files = event.dataTransfer.files
    this.send()
  }

  send() {
    this.formTarget.requestSubmit()
  }
})
