// The blanks of a template beside the text of the minutes: what is typed in one stands in the line of the other.
//   <form data-controller="minutes"> <section data-controller="minutes-slots" hidden>
//     <input data-minutes-slots-target="box" data-heading="予算と時期" data-slot="予算"> <textarea data-minutes-target="text">
import { application, Controller } from "../../web/js/application.js"

const HEADING = /^【([^】]{1,40})】/
const folded = (text) => text.normalize("NFKC").trim().toLowerCase()

application.register("minutes-slots", class extends Controller {
  static targets = ["box"]

  connect() {
    this.text = this.element.closest("form").querySelector("[data-minutes-target='text']")
    this.element.hidden = !this.text
    if (!this.text) return
    this.read = () => this.#read()
    this.text.addEventListener("input", this.read)
    for (const box of this.boxTargets) box.addEventListener("input", (event) => { event.stopPropagation(); this.#write(box) })
    this.#read()
  }

  disconnect() {
    this.text?.removeEventListener("input", this.read)
  }

  #read() {
    const lines = this.text.value.split("\n")
    for (const box of this.boxTargets) {
      if (box === document.activeElement) continue
      const at = this.#line(lines, box)
      box.value = at < 0 ? "" : lines[at].slice(lines[at].search(/[:：]/) + 1).trim()
    }
  }

  // Where its line is gone it is written below its heading again; where that is gone too, both at the end.
  #write(box) {
    const { heading, slot } = box.dataset
    const lines = this.text.value.split("\n")
    const line = `${slot}: ${box.value.trim()}`
    const at = this.#line(lines, box)
    const top = lines.findIndex((each) => folded(each.match(HEADING)?.[1] ?? "") === folded(heading))
    if (at >= 0) lines[at] = line
    else if (top >= 0) lines.splice(top + 1, 0, line)
    else lines.push(`【${heading}】`, line)
    this.text.value = lines.join("\n")
    this.text.dispatchEvent(new Event("input", { bubbles: true }))
  }

  #line(lines, { dataset: { heading, slot } }) {
    let below = ""
    return lines.findIndex((line) => {
      below = line.match(HEADING)?.[1] ?? below
      const [name, ...rest] = line.split(/[:：]/)
      return rest.length > 0 && folded(below) === folded(heading) && folded(name.replace(/^\s*[・*•-]/, "")) === folded(slot)
    })
  }
})
