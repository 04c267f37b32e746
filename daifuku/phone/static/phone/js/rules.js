// 運用ルール on the entry: what is asked for, until when, what becomes a duty; worked out here, so also without signal.
//   rule: {object, title, sentence, short, note, refuses, condition, required: [field], emptied: [field]}
//   field: {key, name, own, box, options, sentence}; the server says the same `sentence` where it is missing.
// `values` are those of one record; a name that is not in it is not known here, and nothing is claimed about it.
import { choices, piece, say } from "./drawing.js"
import { here } from "./here.js"

const rulesOf = (object) => (here.data?.rules ?? []).filter((rule) => rule.object === object)

// true, false, or null where that cannot be said without the server.
export function judge(condition, values) {
  if (condition.all) return all(condition.all.map((part) => judge(part, values)))
  if (condition.any) return condition.any.length ? any(condition.any.map((part) => judge(part, values))) : true
  const { field, op, value } = condition
  if (!(field in values)) return null
  const held = values[field] ?? ""
  if (op === "empty") return held === ""
  if (op === "filled") return held !== ""
  const keys = ["method", "content", "topic", "direction"].includes(field) && Array.isArray(value)
  if (keys && op === "any_of") return value.includes(held)
  if (keys && op === "none_of") return !value.includes(held)
  return null
}

const all = (answers) => answers.includes(false) ? false : answers.includes(null) ? null : true
const any = (answers) => answers.includes(true) ? true : answers.includes(null) ? null : false

// What the form does not ask is empty until somebody types it.
const lacking = (rule, values) => rule.required.filter(({ key, box }) => (key in values || box) && !values[key])
const tooMuch = (rule, values) => rule.emptied.filter(({ key }) => values[key])

// What would be refused for certain, field by field.
export function refusals(object, values) {
  return rulesOf(object).filter((rule) => judge(rule.condition, values) === true)
    .flatMap((rule) => [...(rule.refuses ? lacking(rule, values) : []), ...tooMuch(rule, values)])
}

// The fields beyond the form that rules which hold here want, each once; and nothing that a rule wants empty.
export function fieldsFor(object, values) {
  const held = rulesOf(object).filter((rule) => judge(rule.condition, values) === true)
  const empty = new Set(held.flatMap((rule) => rule.emptied.map(({ key }) => key)))
  const wanted = new Map(held.flatMap((rule) => rule.required).filter(({ key, box }) => box && !empty.has(key)).map((field) => [field.key, field]))
  return [...wanted.values()]
}

// Those that hold, or may: said as everywhere, and which fields would be owed as it stands.
export function drawRules(place, object, values) {
  const said = rulesOf(object).map((rule) => [rule, judge(rule.condition, values)]).filter(([, holds]) => holds !== false)
  place.replaceChildren(...said.map(([rule, holds]) => {
    const owed = holds && !rule.refuses ? lacking(rule, values).map(({ name }) => name) : []
    const names = owed.join(say("comma"))
    return piece("rule", { title: rule.title, sentence: holds ? rule.short : rule.sentence, note: rule.note, owed: owed.length ? say("owed", { names }) : "" })
  }))
  place.closest("[data-rules]").hidden = !said.length
}

// `kept` holds what is typed; `changed` after each letter, `drawAgain` where other fields may be wanted now.
export function drawFields(place, object, values, kept, changed, drawAgain) {
  place.replaceChildren(...fieldsFor(object, values).map((field) => {
    if (field.box === "choice") return choiceOf(field, kept, changed, drawAgain)
    const made = piece(field.box === "textarea" ? "long-field" : "field", { name: field.name })
    const input = made.querySelector("input, textarea")
    if (field.box !== "textarea") input.type = field.box
    if (field.box === "number") input.step = "any"
    input.dataset.field = field.key
    input.value = kept[field.key] ?? ""
    input.addEventListener("input", () => { kept[field.key] = input.value; changed() })
    return made
  }))
}

function choiceOf(field, kept, changed, drawAgain) {
  const made = piece("choice-field", { name: field.name })
  made.querySelector("div").dataset.field = field.key
  choices(made.querySelector("div"), field.options, kept[field.key] ?? "", (key) => {
    kept[field.key] = kept[field.key] === key ? "" : key
    changed()
    drawAgain()
  })
  return made
}

// What was typed into fields that are asked for as it stands now.
export function typedFor(object, values, kept) {
  const filled = fieldsFor(object, values).filter(({ key }) => String(kept[key] ?? "").trim())
  return Object.fromEntries(filled.map(({ key }) => [key, String(kept[key]).trim()]))
}
