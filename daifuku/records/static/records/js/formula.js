// Puts a field or a function into the formula, where the cursor stands.
//   <form data-controller="formula"> <textarea data-formula-target="text"> … <button data-action="formula#put" data-formula-word-param="[席数]">
import { application, Controller } from "../../web/js/application.js"

application.register("formula", class extends Controller {
  static targets = ["text"]

  put({ params: { word } }) {
    const text = this.textTarget
    text.focus()
    text.setRangeText(word, text.selectionStart, text.selectionEnd, "end")
    text.dispatchEvent(new Event("input", { bubbles: true }))
  }
})
