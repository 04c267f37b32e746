// Small helps for drawing what is known here: words and pieces come from the page, so that they are in its language.
export const byId = (id) => document.getElementById(id)

// say("waiting", {n: 2}): <p data-word="waiting">未送信が{n}件あります。</p> in <template id="words">
export function say(word, values = {}) {
  const found = byId("words").content.querySelector(`[data-word="${word}"]`)?.textContent ?? ""
  return found.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
}

// A copy of <template id="piece-…">; `parts` fills its elements with data-part="…": a text, or false to leave the part out.
export function piece(name, parts = {}) {
  const copy = byId(`piece-${name}`).content.firstElementChild.cloneNode(true)
  for (const [key, value] of Object.entries(parts)) {
    const part = copy.querySelector(`[data-part="${key}"]`)
    if (!part) continue
    if (value === false || value === "" || value === null || value === undefined) part.remove()
    else if (value !== true) part.textContent = value
  }
  return copy
}

export function show(element, wanted = true) {
  element.hidden = !wanted
}

// What one can choose of, as buttons: the chosen one is pressed.
export function choices(place, options, chosen, choose) {
  place.replaceChildren(...options.map((option) => {
    const button = piece("choice", { name: option.name })
    button.dataset.colour = option.colour ?? "grey"
    button.setAttribute("aria-pressed", String(option.key === chosen))
    button.addEventListener("click", () => choose(option.key))
    return button
  }))
}

const TOKYO = "Asia/Tokyo"

// As <input type="datetime-local"> wants it, in the firm's time wherever the phone is.
export const local = (time) => new Date(time).toLocaleString("sv-SE", { timeZone: TOKYO }).slice(0, 16).replace(" ", "T")

export const inWords = (typed) => typed && new Date(`${typed}:00+09:00`).toLocaleString(document.documentElement.lang, { timeZone: TOKYO, month: "numeric", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit" })

export const dayInWords = (time) => new Date(time).toLocaleDateString(document.documentElement.lang, { timeZone: TOKYO, month: "long", day: "numeric", weekday: "short" })
