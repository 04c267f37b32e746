// The table of targets: arrows and Enter walk, a block pasted from Excel fills the cells from here on, sums follow.
//   <form data-controller="target-grid"><table>
//     <tr data-target-grid-target="row"><th> <td><input type="text"> … <td><output></output></tr>
//     <tfoot><tr><td> <td><output></output> … </tfoot>
import { application, Controller } from "../../web/js/application.js"

const UNITS = { 億: 1e8, 万: 1e4, 千: 1e3 }

// Only to add up what stands there; the server reads what was typed.
function amount(text) {
  const plain = String(text).normalize("NFKC").replace(/[,¥円\s]/g, "")
  const found = plain.match(/^(-?[0-9.]+)([億万千]?)$/)
  return found ? Math.round(Number(found[1]) * (UNITS[found[2]] ?? 1)) : 0
}

application.register("target-grid", class extends Controller {
  static targets = ["row"]

  connect() {
    this.element.addEventListener("keydown", (event) => this.#keys(event))
    this.element.addEventListener("paste", (event) => this.#paste(event))
    this.element.addEventListener("input", () => this.#count())
    this.element.addEventListener("focusin", ({ target }) => target.matches("td input") && target.select())
    this.#count()
    this.element.querySelector("[aria-invalid=true]")?.focus()
  }

  #cells(row) {
    return [...row.querySelectorAll("input[type=text]")]
  }

  #at(input) {
    const row = this.rowTargets.indexOf(input.closest("tr"))
    return [row, this.#cells(this.rowTargets[row]).indexOf(input)]
  }

  #keys(event) {
    if (!event.target.matches("td input") || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const [row, column] = this.#at(event.target)
    const { selectionStart: start, selectionEnd: end, value } = event.target
    const step = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], Enter: [row + (event.shiftKey ? -1 : 1), column],
      ArrowLeft: start === 0 ? [row, column - 1] : null, ArrowRight: end === value.length ? [row, column + 1] : null,
    }[event.key]
    if (!step) return
    event.preventDefault()
    const next = this.rowTargets[step[0]] && this.#cells(this.rowTargets[step[0]])[step[1]]
    next?.focus()
  }

  #paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? ""
    if (!event.target.matches("td input") || !/[\t\n]/.test(text.trimEnd())) return
    event.preventDefault()
    const [row, column] = this.#at(event.target)
    const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n")
    lines.forEach((line, down) => {
      const cells = this.rowTargets[row + down] ? this.#cells(this.rowTargets[row + down]) : []
      line.split("\t").forEach((value, right) => {
        if (cells[column + right]) cells[column + right].value = value.trim()
      })
    })
    this.element.dispatchEvent(new Event("input", { bubbles: true }))
    this.#count()
  }

  #count() {
    const sums = []
    for (const row of this.rowTargets) {
      const amounts = this.#cells(row).map((input) => amount(input.value))
      amounts.forEach((value, place) => { sums[place] = (sums[place] ?? 0) + value })
      row.querySelector("output").value = this.#said(amounts.reduce((one, other) => one + other, 0))
    }
    const feet = [...this.element.querySelectorAll("tfoot output")]
    const total = sums.reduce((one, other) => one + other, 0)
    ;[...sums, total].forEach((value, place) => { if (feet[place]) feet[place].value = this.#said(value) })
  }

  #said(value) {
    return value ? value.toLocaleString("ja-JP") : ""
  }
})
