// The input that lies over the active cell and always has the focus, so that Japanese input begins in it at once. Empty
// and unseen it waits ("ready"); what is typed replaces the cell ("typing"); F2 takes what stands there ("editing").
//   new Editor(frame, sheet, save)   save(cell, text) is called when somebody leaves the cell
export class Editor {
  constructor(frame, sheet, save) {
    Object.assign(this, { frame, sheet, save, mode: "ready", cell: null })
    this.line = this.#made("input")
    this.lines = this.#made("textarea")
    this.entry = this.line
  }

  get ready() { return this.mode === "ready" }
  get offers() { return Boolean(this.entry.getAttribute("list")) }

  // Over this cell, waiting.
  wait(cell, label) {
    this.mode = "ready"
    this.cell = cell
    this.#use(this.sheet.head(cell).dataset.kind === "lines" ? this.lines : this.line)
    this.entry.value = ""
    this.entry.removeAttribute("list")
    this.entry.setAttribute("aria-label", label)
    this.entry.readOnly = !this.sheet.open(cell)
    this.entry.classList.remove("typing")
    this.place()
  }

  focus() {
    this.entry.focus({ preventScroll: true })
  }

  begin(mode, text = null) {
    if (!this.sheet.open(this.cell) || !this.ready) return
    this.mode = mode
    const offered = `offered-${this.sheet.key(this.cell)}`
    if (this.entry === this.line && document.getElementById(offered)) this.entry.setAttribute("list", offered)
    if (text !== null) this.entry.value = text
    this.entry.classList.add("typing")
    this.place()
    if (mode === "editing") this.entry.setSelectionRange(this.entry.value.length, this.entry.value.length)
  }

  leave(keep = true) {
    if (this.ready) return
    const text = this.entry.value
    this.mode = "ready"
    this.entry.value = ""
    this.entry.removeAttribute("list")
    this.entry.classList.remove("typing")
    if (keep) this.save(this.cell, text.trim())
  }

  place() {
    if (!this.cell) return
    const [frame, cell] = [this.frame.getBoundingClientRect(), this.cell.getBoundingClientRect()]
    const { style } = this.entry
    style.left = `${cell.left - frame.left + this.frame.scrollLeft - this.frame.clientLeft}px`
    style.top = `${cell.top - frame.top + this.frame.scrollTop - this.frame.clientTop}px`
    style.width = `${cell.width}px`
    style.height = this.entry === this.lines && !this.ready ? `${Math.max(cell.height * 4, 96)}px` : `${cell.height}px`
  }

  #made(kind) {
    const entry = document.createElement(kind)
    entry.className = "grid-entry"
    entry.autocomplete = "off"
    entry.spellcheck = false
    entry.hidden = true
    entry.setAttribute("aria-describedby", "grid-message")
    const begin = () => { if (this.ready) { const typed = entry.value; this.begin("typing"); entry.value = typed } }
    entry.addEventListener("compositionstart", begin)
    entry.addEventListener("input", begin)
    this.frame.append(entry)
    return entry
  }

  #use(entry) {
    const focused = document.activeElement === this.entry
    if (entry === this.entry) { entry.hidden = false; return }
    entry.hidden = false
    this.entry.hidden = true
    this.entry = entry
    if (focused) this.focus()
  }
}
