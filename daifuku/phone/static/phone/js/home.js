// The home screen: the day's plans, what is due, and how much waits to be sent.
import { byId, dayInWords, piece, say, show } from "./drawing.js"
import { here, now } from "./here.js"

export function drawHome(unsent) {
  const data = here.data
  byId("day").textContent = dayInWords(now())
  list("waiting", data?.waiting ?? [], plan)
  list("today", data?.today ?? [], plan)
  list("tasks", data?.tasks ?? [], task)
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
  pill.querySelector("b").textContent = unsent.filter((row) => row.kind === "talk").length || unsent.length
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
  const button = made.querySelector("a.button")
  if (row.open && here.data.may.talk) button.href = `#record/plan/${row.uid}`
  else button.remove()
  return made
}

const isOfAnotherDay = (row) => here.data.waiting.includes(row)

function task(row) {
  const made = piece("task", { due: row.due, name: row.name, who: row.who.join(" "), late: row.overdue ? say("late") : "" })
  made.querySelector("a").href = row.url
  return made
}
