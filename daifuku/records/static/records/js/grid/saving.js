// Sends what is not saved yet and puts the answer into the cells: how each is written now, or what is wrong with it.
//   await new Saving(sheet, address, words).save() gives { done, refused, told } or null
// Where somebody else saved first but touched other cells, the row is sent once more by itself.
export class Saving {
  constructor(sheet, address, words) {
    Object.assign(this, { sheet, address, words })
  }

  async save() {
    const first = await this.#send(this.#rows())
    if (!first) return null
    const again = first.merged.length ? await this.#send(this.#rows().filter((row) => first.merged.includes(row.row))) : null
    const answer = again ?? first
    return { done: first.done + (again?.done ?? 0), told: again?.told ?? first.told, refused: answer.refused }
  }

  #rows() {
    const rows = new Map()
    for (const cell of this.sheet.unsaved) {
      const row = cell.parentElement
      if (!rows.has(row)) {
        const { uid, version } = row.dataset
        rows.set(row, { row: row.sectionRowIndex, uid, version: version && Number(version), values: {} })
      }
      rows.get(row).values[this.sheet.key(cell)] = this.sheet.text(cell)
    }
    return [...rows.values()]
  }

  async #send(rows) {
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true", "Content-Type": "application/json" }
    const body = JSON.stringify({ columns: this.sheet.heads.map((head) => head.dataset.key), rows })
    const response = await fetch(this.address, { method: "POST", headers, body }).catch(() => null)
    if (!response?.ok) { this.#refused(response); return null }
    const answer = await response.json()
    const merged = answer.results.filter((result) => this.#put(result)).map((result) => result.row)
    const told = answer.sentence ? { sentence: answer.sentence, undo: answer.undo } : null
    return { done: answer.done, refused: answer.refused, told, merged }
  }

  #refused(response) {
    const told = response?.headers.get("HX-Trigger")
    const detail = told ? JSON.parse(told).toast : { xhr: { getResponseHeader: () => null } }
    document.body.dispatchEvent(new CustomEvent(told ? "toast" : response ? "htmx:responseError" : "htmx:sendError", { detail }))
  }

  // True where the row can be sent again as it is.
  #put(result) {
    const row = this.sheet.body.rows[result.row]
    const cells = [...row.cells].slice(1)
    if (result.status < 300) {
      row.dataset.uid = result.uid
      row.dataset.version = result.version
      row.removeAttribute("data-new")
      const link = Object.assign(document.createElement("a"), { href: result.address, textContent: result.row + 1 })
      link.setAttribute("aria-label", result.name)
      row.cells[0].replaceChildren(link)
      for (const cell of cells) this.sheet.keep(cell, result.cells[this.sheet.key(cell)] ?? this.sheet.text(cell))
      return false
    }
    if (result.status === 412 && result.cells) return this.#together(row, cells, result)
    this.#tell(cells, result)
    return false
  }

  #together(row, cells, result) {
    row.dataset.version = result.version
    let contested = false
    for (const cell of cells) {
      const now = result.cells[this.sheet.key(cell)]
      if (now === undefined || now === this.sheet.saved(cell)) continue
      const typed = cell.hasAttribute("data-unsaved")
      cell.saved = now
      this.sheet.put(cell, typed ? this.sheet.text(cell) : now)
      if (!typed || this.sheet.text(cell) === now) continue
      contested = true
      this.sheet.wrong(cell, this.words.theirs.replace("%(now)s", now || "—"))
    }
    return !contested
  }

  #tell(cells, result) {
    const named = cells.filter((cell) => result.problems[this.sheet.key(cell)])
    for (const cell of named) this.sheet.wrong(cell, result.problems[this.sheet.key(cell)])
    if (!named.length) this.sheet.wrong(cells.find((cell) => cell.hasAttribute("data-unsaved")) ?? cells[0], result.sentence)
  }
}
