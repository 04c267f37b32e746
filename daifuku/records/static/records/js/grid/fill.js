// Fills cells downwards: Ctrl+D with the first row of the choice, the handle at its corner with all of it, again and again.
//   new Fill(frame, sheet, selection, history)
import { range } from "./selection.js"

export class Fill {
  constructor(frame, sheet, selection, history) {
    Object.assign(this, { frame, sheet, selection, history })
    this.handle = document.createElement("span")
    this.handle.className = "grid-handle"
    this.handle.setAttribute("aria-hidden", "true")
    this.handle.addEventListener("pointerdown", (event) => this.#drag(event))
    frame.append(this.handle)
  }

  // With one row alone it takes the one above, as in Excel.
  down() {
    const { top, bottom, left, right } = this.selection.box
    const from = top === bottom ? top - 1 : top
    if (from < 0) return
    const targets = top === bottom ? [top] : range(top + 1, bottom)
    this.#fill(targets, left, right, (_place) => from)
  }

  place() {
    const { bottom, right } = this.selection.box
    const cell = this.sheet.cell(bottom, right)
    if (!cell) return
    const [frame, box] = [this.frame.getBoundingClientRect(), cell.getBoundingClientRect()]
    this.handle.style.left = `${box.right - frame.left + this.frame.scrollLeft - 10}px`
    this.handle.style.top = `${box.bottom - frame.top + this.frame.scrollTop - 10}px`
  }

  #drag(event) {
    event.preventDefault()
    event.stopPropagation()
    const { top, bottom, left, right } = this.selection.box
    const stop = new AbortController()
    let end = bottom
    document.addEventListener("pointermove", (moved) => {
      const row = document.elementFromPoint(moved.clientX, moved.clientY)?.closest("tbody > tr")
      if (!row || !this.sheet.body.contains(row)) return
      end = Math.max(bottom, row.sectionRowIndex)
      this.selection.choose({ top, left, bottom: end, right })
    }, { signal: stop.signal })
    document.addEventListener("pointerup", () => {
      stop.abort()
      const height = bottom - top + 1
      if (end > bottom) this.#fill(range(bottom + 1, end), left, right, (place) => top + (place % height))
    }, { once: true })
  }

  #fill(rows, left, right, source) {
    const changes = rows.flatMap((row, place) => range(left, right).map((column) =>
      [this.sheet.cell(row, column), this.sheet.text(this.sheet.cell(source(place), column))]))
    this.history.do(changes)
  }
}
