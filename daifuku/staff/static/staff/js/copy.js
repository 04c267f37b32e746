// Puts what a field holds onto the clipboard and says so.
//   <div data-controller="copy"><input readonly data-copy-target="text"><button type="button" data-action="copy#copy">
//   <span data-copy-target="done" hidden></div>
import { application, Controller } from "../../web/js/application.js"

application.register("copy", class extends Controller {
  static targets = ["text", "done"]

  async copy() {
    this.textTarget.select()
    try {
      await navigator.clipboard.writeText(this.textTarget.value)
    } catch {
      document.execCommand("copy")
    }
    this.doneTarget.hidden = false
  }
})
