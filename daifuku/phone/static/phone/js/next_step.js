// What comes next: nothing, a plan or a task, with a day by one tap.
import { byId, choices, local, show } from "./drawing.js"
import { here, now } from "./here.js"
import { typedFor } from "./rules.js"
import { nextValues } from "./values.js"

const DAY = 24 * 3600 * 1000
const AT = "10:00"

export function drawNext(entry, changed) {
  const offered = [...byId("next-kinds").content.children].map((each) => ({ key: each.dataset.key, name: each.textContent, colour: "blue" }))
  const may = here.data?.may ?? { plan: true, task: true }
  choices(byId("next-choices"), offered.filter(({ key }) => !key || may[key]), entry.next.kind, (kind) => {
    entry.next.kind = kind
    drawNext(entry, changed)
    changed()
    if (kind) byId("next-subject").scrollIntoView({ block: "nearest" })
  })
  show(byId("next-fields"), Boolean(entry.next.kind))
  show(byId("next-time").closest("label"), entry.next.kind === "plan")
  show(byId("next-day").closest("label"), entry.next.kind === "task")
  show(byId("next-method").closest("fieldset"), entry.next.kind === "plan")
  choices(byId("next-method"), here.data?.methods ?? [], entry.next.method, (method) => { entry.next.method = method; drawNext(entry, changed); changed() })
  bind("next-subject", "subject")
  bind("next-time", "started_at")
  bind("next-day", "due_on")
  for (const button of byId("next-days").querySelectorAll("button")) {
    button.onclick = () => { put(entry, local(now() + Number(button.dataset.days) * DAY).slice(0, 10)); drawNext(entry, changed); changed() }
  }

  function bind(id, name) {
    byId(id).value = entry.next[name] ?? ""
    byId(id).oninput = ({ target }) => { entry.next[name] = target.value; changed() }
  }
}

function put(entry, day) {
  entry.next.due_on = day
  entry.next.started_at = `${day}T${entry.next.started_at?.slice(11) || AT}`
}

// As the server wants it, or null for nothing.
export function nextOf(entry) {
  const { next, more } = entry
  if (!next.kind) return null
  const typed = typedFor(next.kind, nextValues(entry), more[next.kind])
  if (next.kind === "plan") return { kind: "plan", values: { subject: next.subject ?? "", method: next.method ?? "", started_at: next.started_at ?? "", ...typed } }
  return { kind: "task", values: { subject: next.subject ?? "", due_on: next.due_on ?? "", ...typed } }
}
