// What somebody has marked in a talk becomes the voice; with nothing marked the whole detail stands there.
//   <details data-controller="pick-voice">
//     <summary data-action="pointerdown->pick-voice#look keydown->pick-voice#look click->pick-voice#fill">
//     <form> <textarea data-pick-voice-target="text"> <button name="topic" value="wish">
import { application, Controller } from "../../web/js/application.js"

application.register("pick-voice", class extends Controller {
  static targets = ["text"]

  // Pressing the button takes the mark away, so it is looked at before.
  look() {
    const marked = String(document.getSelection() ?? "").trim()
    this.marked = marked.length > 1 ? marked : ""
  }

  fill() {
    if (this.marked) this.textTarget.value = this.marked
    this.marked = ""
  }
})
