// A grid that one types into like a spreadsheet; what it is made of stands beside this file.
//   <div data-controller="grid" data-grid-address-value="where it is saved" data-grid-most-value="500" data-grid-words-value="{…}">
//     <button data-grid-target="save|undo|redo"> <span data-grid-target="state"> <p data-grid-target="message">
//     <div data-grid-target="frame"> <table data-grid-target="table"> <th data-key="name" data-kind="text|number|lines">
//       <tr data-uid="…" data-version="1"><th></th><td aria-readonly="true">…</td> <template data-grid-target="blank"><tr data-new>…
import { application, Controller } from "../../../web/js/application.js"
import { read, write } from "./clipboard.js"
import { Editor } from "./editor.js"
import { Fill } from "./fill.js"
import { History } from "./history.js"
import { press } from "./keys.js"
import { Saving } from "./saving.js"
import { Selection } from "./selection.js"
import { Sheet } from "./sheet.js"

application.register("grid", class extends Controller {
  static targets = ["table", "frame", "blank", "save", "undo", "redo", "state", "message"]
  static values = { address: String, most: Number, words: Object, mayCreate: Boolean }

  connect() {
    this.sheet = new Sheet(this.tableTarget, this.blankTarget, this.mostValue)
    this.history = new History(this.sheet, () => this.#told())
    this.editor = new Editor(this.frameTarget, this.sheet, (cell, text) => this.history.do([[cell, text]]))
    this.selection = new Selection(this.sheet, () => this.#moved())
    this.fill = new Fill(this.frameTarget, this.sheet, this.selection, this.history)
    this.saving = new Saving(this.sheet, this.addressValue, this.wordsValue)
    this.#listen()
    if (this.sheet.height) { this.selection.go(0, 0); this.editor.focus() }
    this.#told()
  }

  disconnect() {
    this.stop.abort()
  }

  add() {
    this.editor.leave()
    const row = this.sheet.add()
    if (!row) return this.#say(this.wordsValue.full.replace("%(n)s", this.mostValue))
    this.selection.go(row.sectionRowIndex, 0)
    this.editor.focus()
  }

  undo() { this.editor.leave(); this.#show(this.history.undo()) }
  redo() { this.editor.leave(); this.#show(this.history.redo()) }

  async save() {
    this.editor.leave()
    if (this.busy || !this.sheet.unsaved.length) return
    this.busy = true
    this.saveTarget.disabled = true
    this.stateTarget.textContent = this.wordsValue.saving
    const saved = await this.saving.save()
    this.busy = false
    if (saved?.told) document.body.dispatchEvent(new CustomEvent("toast", { detail: saved.told }))
    if (saved?.done) this.history.forget()
    this.#told()
    const wrong = this.sheet.wrongs[0]
    wrong ? this.#show(wrong) : this.#moved()
  }

  #listen() {
    this.stop = new AbortController()
    const { signal } = this.stop
    const listen = (where, name, act) => where.addEventListener(name, act, { signal })
    const commands = {
      selection: this.selection, editor: this.editor, fill: this.fill, save: () => this.save(),
      history: { undo: () => this.undo(), redo: () => this.redo() }, textOf: (cell) => this.sheet.text(cell),
      clear: () => this.#put(this.selection.cells.map((cell) => [cell, ""])), leave: () => this.#leave(),
    }
    listen(this.frameTarget, "keydown", (event) => {
      if (event.target.matches(".grid-entry") && press(event, commands)) { event.preventDefault(); event.stopPropagation() }
    })
    listen(this.frameTarget, "pointerdown", (event) => this.#down(event))
    listen(this.frameTarget, "dblclick", (event) => { if (event.target.closest("tbody td")) this.#edit() })
    listen(this.frameTarget, "focusout", () => setTimeout(() => { if (!this.frameTarget.contains(document.activeElement)) this.editor.leave() }))
    listen(this.frameTarget, "copy", (event) => this.#copy(event))
    listen(this.frameTarget, "cut", (event) => { if (this.#copy(event)) commands.clear() })
    listen(this.frameTarget, "paste", (event) => this.#paste(event))
    listen(window, "resize", () => { this.editor.place(); this.fill.place() })
    listen(window, "beforeunload", (event) => { if (this.sheet.unsaved.length || !this.editor.ready) event.preventDefault() })
  }

  // Mouse and finger: a cell, with Shift or drawn over several a choice; a second tap on the same cell opens it.
  #down(event) {
    const cell = event.target.closest("tbody td")
    if (!cell || event.button) return
    event.preventDefault()
    this.editor.leave()
    if (cell === this.selection.cell && event.pointerType !== "mouse") return this.#edit()
    const { row, column } = this.sheet.place(cell)
    this.selection.go(row, column, event.shiftKey)
    this.editor.focus()
    if (event.pointerType !== "mouse") return
    const drawn = new AbortController()
    document.addEventListener("pointermove", (moved) => {
      const over = document.elementFromPoint(moved.clientX, moved.clientY)?.closest("td")
      if (!over || !this.sheet.body.contains(over)) return
      const place = this.sheet.place(over)
      if (place.row !== this.selection.row || place.column !== this.selection.column) this.selection.go(place.row, place.column, true)
    }, { signal: drawn.signal })
    document.addEventListener("pointerup", () => drawn.abort(), { once: true })
  }

  #edit() {
    this.editor.focus()
    this.editor.begin("editing", this.sheet.text(this.selection.cell))
  }

  #copy(event) {
    if (!this.editor.ready) return false
    event.preventDefault()
    event.clipboardData.setData("text/plain", write(this.selection.grid.map((row) => row.map((cell) => this.sheet.text(cell)))))
    return true
  }

  // One cell copied fills the whole choice; more rows than there are become new records.
  #paste(event) {
    if (!this.editor.ready) return
    event.preventDefault()
    const rows = read(event.clipboardData.getData("text/plain"))
    const { top, left, bottom, right } = this.selection.box
    if (rows.length === 1 && rows[0].length === 1) return this.#put(this.selection.cells.map((cell) => [cell, rows[0][0].trim()]))
    const changes = []
    let full = false
    for (const [down, texts] of rows.entries()) {
      while (this.mayCreateValue && top + down >= this.sheet.height && this.sheet.add());
      if (top + down >= this.sheet.height) { full = true; break }
      for (const [along, text] of texts.entries()) {
        const cell = this.sheet.cell(top + down, left + along)
        if (cell) changes.push([cell, text.trim()])
      }
    }
    const width = Math.max(...rows.map((texts) => texts.length))
    this.selection.choose({ top, left, bottom: Math.max(bottom, Math.min(top + rows.length, this.sheet.height) - 1), right: Math.max(right, left + width - 1) })
    this.#put(changes)
    if (full) this.#say(this.wordsValue.full.replace("%(n)s", this.sheet.height))
  }

  #put(changes) {
    this.history.do(changes)
    if (changes.some(([cell, text]) => !this.sheet.open(cell) && this.sheet.text(cell) !== text)) this.#say(this.wordsValue.readonly)
  }

  #show(cell) {
    if (!cell) return
    const { row, column } = this.sheet.place(cell)
    this.selection.go(row, column)
    this.editor.focus()
  }

  #leave() {
    this.saveTarget.disabled ? this.stateTarget.closest(".grid-tools").querySelector("button:not(:disabled), a")?.focus() : this.saveTarget.focus()
  }

  #moved() {
    const { cell } = this.selection
    if (!cell) return
    const { row } = this.sheet.place(cell)
    const name = this.wordsValue.cell.replace("%(column)s", this.sheet.head(cell).textContent.replace("*", "")).replace("%(row)s", row + 1)
    const closed = this.sheet.open(cell) ? "" : ` ${this.wordsValue.closed}`
    this.editor.wait(cell, `${name}: ${this.sheet.text(cell) || this.wordsValue.empty}${closed}`)
    this.fill.place()
    this.#say(cell.problem ?? "")
    cell.scrollIntoView({ block: "nearest", inline: "nearest" })
  }

  #say(sentence) {
    this.messageTarget.textContent = sentence
  }

  #told() {
    const [unsaved, wrong] = [this.sheet.unsaved.length, this.sheet.wrongs.length]
    const count = (words, n) => words.replace("%(n)s", n)
    this.saveTarget.disabled = !unsaved
    this.undoTarget.disabled = !this.history.done.length
    this.redoTarget.disabled = !this.history.undone.length
    this.stateTarget.textContent = unsaved
      ? [count(this.wordsValue.unsaved, unsaved), wrong ? count(this.wordsValue.wrong, wrong) : ""].filter(Boolean).join(" · ")
      : this.wordsValue.saved
    this.fill?.place()
  }
})
