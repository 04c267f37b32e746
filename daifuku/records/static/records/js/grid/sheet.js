// The cells of the grid as one may ask for them by row and column; what stands in each, what was saved, what is wrong.
//   new Sheet(table, blank row template, most rows)
export class Sheet {
  constructor(table, blank, most) {
    Object.assign(this, { table, blank, most })
    this.body = table.tBodies[0]
    this.heads = [...table.tHead.rows[0].cells].slice(1)
    for (const row of this.rows) this.#begin(row)
    this.number()
  }

  get rows() { return [...this.body.rows] }
  get height() { return this.body.rows.length }
  get width() { return this.heads.length }

  cell(row, column) { return this.body.rows[row]?.cells[column + 1] ?? null }
  head(cell) { return this.heads[cell.cellIndex - 1] }
  key(cell) { return this.head(cell).dataset.key }
  place(cell) { return { row: cell.parentElement.sectionRowIndex, column: cell.cellIndex - 1 } }
  open(cell) { return cell.getAttribute("aria-readonly") !== "true" }
  text(cell) { return cell.textContent }
  saved(cell) { return cell.saved ?? "" }

  put(cell, text) {
    cell.textContent = text
    this.right(cell)
    cell.toggleAttribute("data-unsaved", text !== this.saved(cell))
  }

  keep(cell, text) {
    cell.saved = text
    this.put(cell, text)
  }

  wrong(cell, sentence) {
    cell.setAttribute("aria-invalid", "true")
    cell.problem = cell.title = sentence
  }

  right(cell) {
    if (!cell.problem) return
    cell.removeAttribute("aria-invalid")
    cell.removeAttribute("title")
    cell.problem = ""
  }

  // A new row at the end, while there is room; null where there is none.
  add() {
    if (this.height >= this.most) return null
    const row = this.blank.content.querySelector("tr").cloneNode(true)
    this.body.append(row)
    this.#begin(row)
    this.number()
    return row
  }

  number() {
    for (const [place, row] of this.rows.entries()) {
      row.setAttribute("aria-rowindex", place + 2)
      if (!row.dataset.uid) row.cells[0].textContent = "＋"
    }
    this.table.setAttribute("aria-rowcount", this.height + 1)
  }

  get unsaved() { return [...this.body.querySelectorAll("td[data-unsaved]")] }
  get wrongs() { return [...this.body.querySelectorAll("td[aria-invalid]")] }

  #begin(row) {
    for (const cell of [...row.cells].slice(1)) cell.saved = cell.textContent
  }
}
