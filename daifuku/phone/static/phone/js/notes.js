// Sentences above everything else on the page: what happened, what one should know. They stay until they are pressed away.
import { byId, piece } from "./drawing.js"

const STAY = 6_000

// `name`: a note of the same name takes the place of the one before; `passing` ones go by themselves.
export function note(name, sentence, { kind = "info", link = null, passing = false } = {}) {
  unnote(name)
  if (!sentence) return
  const made = piece("note", { sentence })
  made.dataset.kind = kind
  made.dataset.name = name
  const way = made.querySelector("a")
  if (link) [way.href, way.textContent] = [link.address, link.words]
  else way.remove()
  made.querySelector("button").addEventListener("click", () => made.remove())
  byId("notes").append(made)
  if (passing) setTimeout(() => made.remove(), STAY)
}

export function unnote(name) {
  byId("notes").querySelector(`[data-name="${name}"]`)?.remove()
}
