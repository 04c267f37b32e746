// The home screen: the day's plans, what is due, and how much waits to be sent.
import { byId, dayInWords, piece, say, show } from "./drawing.js"
import { here, now } from "./here.js"
import { countOf } from "./outbox.js"

// `turn(task, done)` is called when a task is ticked, or not any more.
export function drawHome(unsent, turn) {
  const data = here.data
  byId("day").textContent = dayInWords(now())
  list("waiting", data?.waiting ?? [], plan)
  list("today", data?.today ?? [], plan)
  const ticked = new Map(unsent.filter((row) => row.kind === "task").map((row) => [row.id, row.done]))
  list("tasks", data?.tasks ?? [], (row) => task(row, ticked.get(row.uid) ?? false, turn))
  show(byId("waiting").closest("section"), Boolean(data?.waiting.length))
  show(byId("tasks").closest("section"), Boolean(data?.tasks.length))
  show(byId("nothing-known"), !data && here.asked)
  show(byId("today").closest("section"), Boolean(data))
  show(byId("no-plans"), Boolean(data) && !data.today.length)
  show(byId("begin"), !data || data.may.talk)
  drawCount(unsent)
}

export function drawCount(unsent) {
  const pill = byId("unsent-count")
  show(pill, unsent.length > 0)
  pill.querySelector("b").textContent = countOf(unsent) || unsent.length
  pill.toggleAttribute("data-refused", unsent.some((row) => row.state === "refused"))
}

function list(id, rows, draw) {
  byId(id).replaceChildren(...rows.map(draw))
}

function plan(row) {
  const method = row.words.map((word) => word.name).join(" ")
  const made = piece("plan", {
    clock: isOfAnotherDay(row) ? row.when : row.clock, name: row.name, who: row.who.join(" "), method, late: row.overdue ? say("late") : "",
  })
  made.querySelector("a[data-way]").href = row.url
  made.querySelector("[data-voices]").replaceChildren(...(row.voices ?? []).map(voice))
  const button = made.querySelector("a.button")
  if (row.open && here.data.may.talk) button.href = `#record/plan/${row.uid}`
  else button.remove()
  return made
}

// What this customer wished for; what he may be told now stands first.
function voice(row) {
  const made = piece("voice", { state: row.words.map((word) => word.name).join(" "), name: row.name, answer: row.answer })
  made.querySelector("a").href = row.url
  return made
}

const isOfAnotherDay = (row) => here.data.waiting.includes(row)

function task(row, done, turn) {
  const made = piece("task", { due: row.due, name: row.name, who: row.who.join(" "), late: row.overdue ? say("late") : "" })
  made.querySelector("a").href = row.url
  const button = made.querySelector("button")
  if (!row.open) button.remove()
  button.setAttribute("aria-pressed", String(done))
  button.setAttribute("aria-label", say(done ? "untick" : "tick", { name: row.name }))
  button.addEventListener("click", () => turn(row, !done))
  return made
}
