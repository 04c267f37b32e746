// What one is about to answer, above the box: the cursor goes into the box, and × takes the quote away again.
//   <form> <div data-controller="quoted"> <input type="hidden" name="quotes"> <a data-action="quoted#drop"> </div> <textarea>
import { application, Controller } from "../../web/js/application.js"

application.register("quoted", class extends Controller {
  connect() {
    this.box = this.element.closest("form").querySelector("textarea")
    this.box.focus()
    this.box.scrollIntoView({ block: "nearest" })
  }

  drop(event) {
    event.preventDefault()
    this.element.remove()
    this.box.focus()
  }
})
