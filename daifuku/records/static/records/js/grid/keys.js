// What each key does in the grid; true where it was ours.
//   press(event, { selection, editor, history, fill, clear, save, leave })
const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
const PAGE = 20

export function press(event, grid) {
  if (event.isComposing || event.keyCode === 229) return false
  const { editor } = grid
  return editor.ready ? waiting(event, grid) : typing(event, grid)
}

function typing(event, { editor, selection, save }) {
  const step = { Enter: [event.shiftKey ? -1 : 1, 0], Tab: [0, event.shiftKey ? -1 : 1] }[event.key]
  if (event.key === "Escape") { editor.leave(false); selection.move(0, 0, true); return true }
  if (event.key === "Enter" && event.altKey && editor.entry === editor.lines) { editor.entry.setRangeText("\n", editor.entry.selectionStart, editor.entry.selectionEnd, "end"); return true }
  if ((event.ctrlKey || event.metaKey) && (event.key === "s" || event.key === "Enter")) { editor.leave(); save(); return true }
  if (step) { editor.leave(); selection.move(...step); return true }
  const arrow = ARROWS[event.key]
  // In a cell that was just begun arrows go on to the next one, as in Excel; where a list is offered they choose in it.
  if (arrow && editor.mode === "typing" && !event.shiftKey && !(editor.offers && arrow[0])) {
    editor.leave()
    selection.move(...arrow)
    return true
  }
  return false
}

function waiting(event, grid) {
  const { selection, editor } = grid
  const arrow = ARROWS[event.key]
  const control = event.ctrlKey || event.metaKey
  if (arrow) { control ? selection.jump(...arrow, event.shiftKey) : selection.move(...arrow, event.shiftKey); return true }
  if (control) return command(event, grid)
  if (event.altKey) return false
  switch (event.key) {
    case "Enter": selection.move(event.shiftKey ? -1 : 1, 0); return true
    case "Tab": return along(selection, event.shiftKey ? -1 : 1)
    case "F2": editor.begin("editing", grid.textOf(selection.cell)); return true
    case "Delete": case "Backspace": grid.clear(); return true
    case "Home": selection.go(selection.row, 0, event.shiftKey); return true
    case "End": selection.go(selection.row, Infinity, event.shiftKey); return true
    case "PageUp": selection.move(-PAGE, 0, event.shiftKey); return true
    case "PageDown": selection.move(PAGE, 0, event.shiftKey); return true
    case "Escape": grid.leave(); return true
    default: return false
  }
}

// Through the cells and out of the grid behind the last one, so that nobody is caught in it.
function along(selection, step) {
  const { sheet, row, column } = selection
  const place = row * sheet.width + column + step
  if (place < 0 || place >= sheet.height * sheet.width) return false
  selection.go(Math.floor(place / sheet.width), place % sheet.width)
  return true
}

function command(event, { selection, history, fill, save }) {
  switch (event.key.toLowerCase()) {
    case "z": event.shiftKey ? history.redo() : history.undo(); return true
    case "y": history.redo(); return true
    case "d": fill.down(); return true
    case "a": selection.all(); return true
    case "s": case "enter": save(); return true
    case "home": selection.go(0, 0, event.shiftKey); return true
    case "end": selection.go(Infinity, Infinity, event.shiftKey); return true
    default: return false
  }
}
