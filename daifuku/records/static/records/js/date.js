// A date typed as text (also 令和8年11月24日), with the device's calendar behind a button.
//   <span data-controller="date"><input data-date-target="text"><input type="date" data-date-target="native" …><button data-action="date#open">
import { application, Controller } from "../../web/js/application.js"

application.register("date", class extends Controller {
  static targets = ["text", "native"]

  open() {
    this.nativeTarget.value = this.textTarget.value.replaceAll("/", "-")
    this.nativeTarget.showPicker()
  }

  take() {
    this.textTarget.value = this.nativeTarget.value.replaceAll("-", "/")
    this.textTarget.dispatchEvent(new Event("input", { bubbles: true }))
    this.textTarget.focus()
  }
})
