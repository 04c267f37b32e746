// Puts a field or a function into the formula, where the cursor stands.
//   <form data-controller="formula"> <textarea data-formula-target="text"> … <button data-action="formula#put" data-formula-word-param="[席数]">
import { application, Controller } from "../../web/js/application.js"

application.register("formula", class extends Controller {
  static targets = ["text"]

  // Taken as it is written: Stimulus would read [2026] as a list.
  put({ currentTarget }) {
    const text = this.textTarget, word = currentTarget.dataset.formulaWordParam
    text.focus()
    text.setRangeText(word, text.selectionStart, text.selectionEnd, "end")
    text.dispatchEvent(new Event("input", { bubbles: true }))
  }
})
