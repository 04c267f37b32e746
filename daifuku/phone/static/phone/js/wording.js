// What was said, by a wording with slots: 【商品名】 is asked for by itself and put in its place; every letter may be changed.
import { byId, piece } from "./drawing.js"

const SLOT = /【([^【】]*)】/g

export const openSlots = (text) => [...text.matchAll(SLOT)].map(([, name]) => name)

export const withoutSlots = (text) => text.replace(SLOT, "").trim()

// `entry.base` has the slots still, `entry.filled` what stands in them, `entry.text` is both together.
export function drawWordings(entry, lines, changed) {
  const text = byId("text")
  byId("wordings").replaceChildren(...lines.map((line) => {
    const button = piece("wording", { line })
    button.setAttribute("aria-pressed", String(line === entry.wording))
    button.addEventListener("click", () => {
      take(entry, line)
      drawWordings(entry, lines, changed)
      changed()
      byId("slots").querySelector("input")?.focus()
    })
    return button
  }))
  text.value = entry.text
  text.oninput = () => {
    Object.assign(entry, { base: text.value, text: text.value, filled: [] })
    drawSlots(entry, changed)
    changed()
  }
  drawSlots(entry, changed)
}

export function take(entry, line) {
  Object.assign(entry, { wording: line, base: line, filled: [], text: line })
}

function drawSlots(entry, changed) {
  byId("slots").replaceChildren(...openSlots(entry.base).map((name, place) => {
    const label = piece("slot", { name })
    const input = label.querySelector("input")
    input.value = entry.filled[place] ?? ""
    input.addEventListener("input", () => {
      entry.filled[place] = input.value
      let at = 0
      entry.text = entry.base.replace(SLOT, (slot) => entry.filled[at++]?.trim() || slot)
      byId("text").value = entry.text
      changed()
    })
    return label
  }))
}
