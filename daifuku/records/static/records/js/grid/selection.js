// Which cells are chosen: one is active, the others lie between it and the cell from which the choice was drawn.
//   new Selection(sheet, changed)   changed() is called after every move
export class Selection {
  constructor(sheet, changed) {
    Object.assign(this, { sheet, changed, row: 0, column: 0, from: { row: 0, column: 0 }, marked: [] })
  }

  get cell() { return this.sheet.cell(this.row, this.column) }

  get box() {
    const [top, bottom] = [this.row, this.from.row].sort((a, b) => a - b)
    const [left, right] = [this.column, this.from.column].sort((a, b) => a - b)
    return { top, bottom, left, right }
  }

  // The chosen cells row by row.
  get grid() {
    const { top, bottom, left, right } = this.box
    return range(top, bottom).map((row) => range(left, right).map((column) => this.sheet.cell(row, column)))
  }

  get cells() { return this.grid.flat() }

  go(row, column, wider = false) {
    this.row = clamp(row, this.sheet.height)
    this.column = clamp(column, this.sheet.width)
    if (!wider) this.from = { row: this.row, column: this.column }
    this.#mark()
  }

  move(down, right, wider = false) { this.go(this.row + down, this.column + right, wider) }

  // As Ctrl with an arrow does: to the last cell before an empty one, or to the first that is not.
  jump(down, right, wider = false) {
    let { row, column } = this
    const full = (r, c) => Boolean(this.sheet.cell(r, c)?.textContent)
    const inside = (r, c) => r >= 0 && c >= 0 && r < this.sheet.height && c < this.sheet.width
    const wanted = full(row, column) && full(row + down, column + right)
    while (inside(row + down, column + right)) {
      if (wanted && !full(row + down, column + right)) break
      row += down
      column += right
      if (!wanted && full(row, column)) break
    }
    this.go(row, column, wider)
  }

  choose(box) {
    this.from = { row: box.top, column: box.left }
    this.go(box.bottom, box.right, true)
  }

  all() {
    this.choose({ top: 0, left: 0, bottom: this.sheet.height - 1, right: this.sheet.width - 1 })
  }

  #mark() {
    for (const cell of this.marked) { cell.removeAttribute("aria-selected"); cell.removeAttribute("data-active") }
    this.marked = this.cells.filter(Boolean)
    for (const cell of this.marked) cell.setAttribute("aria-selected", "true")
    this.cell?.setAttribute("data-active", "")
    this.changed()
  }
}

export const range = (from, to) => Array.from({ length: Math.max(0, to - from + 1) }, (_each, place) => from + place)

const clamp = (number, length) => Math.max(0, Math.min(number, length - 1))
