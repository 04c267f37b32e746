// What was typed, filled and pasted, so that it can be taken back and done again before it is saved.
//   new History(sheet, changed): do([[cell, text], …]), undo(), redo()
const LONGEST = 200

export class History {
  constructor(sheet, changed) {
    Object.assign(this, { sheet, changed, done: [], undone: [] })
  }

  do(changes) {
    const step = changes
      .filter(([cell, text]) => this.sheet.open(cell) && this.sheet.text(cell) !== text)
      .map(([cell, text]) => [cell, this.sheet.text(cell), text])
    if (step.length) {
      for (const [cell, , text] of step) this.sheet.put(cell, text)
      this.done = [...this.done.slice(1 - LONGEST), step]
      this.undone = []
    }
    this.changed()
    return step.length
  }

  undo() { return this.#turn(this.done, this.undone, 1) }
  redo() { return this.#turn(this.undone, this.done, 2) }

  forget() {
    this.done = []
    this.undone = []
    this.changed()
  }

  #turn(from, to, which) {
    const step = from.pop()
    if (!step) return null
    for (const change of step) this.sheet.put(change[0], change[which])
    to.push(step)
    this.changed()
    return step[0][0]
  }
}
