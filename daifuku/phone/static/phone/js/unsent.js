// What waits, and what the server did not take: each with its reason, to be mended, sent as another one, or given up.
import { byId, inWords, piece, say, show } from "./drawing.js"
import * as outbox from "./outbox.js"
import { newUid } from "./uid.js"

export async function drawUnsent(rows, { mend, changed }) {
  const entries = await Promise.all(rows.map(outbox.entryOf))
  const made = rows.map((row, place) => {
    const entry = entries[place]
    const photos = rows.filter((each) => each.after === row.id).length
    if (row.kind === "photo") return row.state === "refused" ? photo(row, entry, changed) : null
    if (row.kind === "card") return plain(row, entry, { name: say("card"), text: "" }, changed)
    if (row.kind === "task") return task(row, entry, changed)
    return talk(row, entry, photos, { mend, changed })
  })
  byId("unsent-list").replaceChildren(...made.filter(Boolean))
  show(byId("no-unsent"), !made.some(Boolean))
}

function talk(row, entry, photos, { mend, changed }) {
  const { shown, told } = entry
  const made = piece("unsent", {
    name: [shown.customer.name, shown.customer.firm].filter(Boolean).join(" "), when: inWords(shown.started_at), text: entry.values.text,
    photos: photos ? say("photos", { n: photos }) : "", reason: reasonOf(told), state: told ? say("refused") : say("waiting-one"),
  })
  made.toggleAttribute("data-refused", Boolean(told))
  const theirs = made.querySelector("[data-theirs]")
  show(theirs, Boolean(told?.theirs))
  if (told?.theirs) {
    theirs.querySelector("a").href = told.theirs.url
    theirs.querySelector("p").textContent = told.theirs.text
  }
  on(made, "mend", true, () => mend(row))
  on(made, "again", told?.code === "uid_taken", async () => {
    const uid = newUid()
    await outbox.change(row, "waiting", { ...entry, uid, key: `${uid}.0`, told: undefined, shown: { ...shown, uid, tries: 0 } })
    await changed()
  })
  on(made, "retry", Boolean(told) && told.code !== "uid_taken", async () => {
    await outbox.change(row, "waiting", { ...entry, told: undefined })
    await changed()
  })
  on(made, "discard", Boolean(told), async () => { await outbox.discard(row); await changed() })
  return made
}

const photo = (row, entry, changed) => plain(row, entry, { name: say("photo"), text: "" }, changed)

function task(row, entry, changed) {
  return plain(row, entry, { name: entry.name, text: say(row.done ? "task-done" : "task-open") }, changed)
}

// What cannot be mended: sent once more, or given up.
function plain(row, entry, parts, changed) {
  const { told } = entry
  const made = piece("unsent", { when: "", photos: "", reason: reasonOf(told), state: say(told ? "refused" : "waiting-one"), ...parts })
  made.toggleAttribute("data-refused", Boolean(told))
  show(made.querySelector("[data-theirs]"), false)
  on(made, "mend", false)
  on(made, "again", false)
  on(made, "retry", Boolean(told), async () => { await outbox.change(row, "waiting", { ...entry, told: undefined }); await changed() })
  on(made, "discard", Boolean(told), async () => { await outbox.discard(row); await changed() })
  return made
}

function on(made, name, wanted, act) {
  const button = made.querySelector(`[data-do="${name}"]`)
  if (wanted) button.addEventListener("click", act)
  else button.remove()
}

export function reasonOf(told) {
  if (!told) return ""
  return told.problems.length ? told.problems.map((each) => each.message).join(" ") : told.detail
}
