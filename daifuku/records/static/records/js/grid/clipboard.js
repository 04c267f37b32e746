// Cells as text with tabs between them, as Excel copies and pastes them: a cell with a line break stands in quotes.
//   write([["a", "b"], …]) and read(text)
export function write(rows) {
  return rows.map((cells) => cells.map(quoted).join("\t")).join("\r\n")
}

export function read(text) {
  const rows = [[]]
  let cell = ""
  let inside = false
  const whole = text.replace(/\r\n?/g, "\n").replace(/\n$/, "")
  for (let place = 0; place < whole.length; place += 1) {
    const letter = whole[place]
    if (inside) {
      if (letter !== '"') cell += letter
      else if (whole[place + 1] === '"') { cell += '"'; place += 1 }
      else inside = false
    } else if (letter === '"' && cell === "") inside = true
    else if (letter === "\t") { rows.at(-1).push(cell); cell = "" }
    else if (letter === "\n") { rows.at(-1).push(cell); rows.push([]); cell = "" }
    else cell += letter
  }
  rows.at(-1).push(cell)
  return rows
}

const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
