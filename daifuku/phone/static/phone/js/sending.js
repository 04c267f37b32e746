// Sends what waits, in order, until it is there for certain. A lost answer is asked for again under the same key, so that
// nothing is there twice; what the server refuses is kept with its reason, and the next one goes on.
import * as outbox from "./outbox.js"
import { ask, NoSignal } from "./session.js"

const LATER = new Set([408, 425, 429, 500, 502, 503, 504, 507])
const LONGEST = { talk: 30_000, photo: 120_000, task: 30_000, card: 120_000 }

// Returns {sent, beside, stopped}: `stopped` is "", "no-signal" or "signed-out".
export function sendAll(session) {
  if (!navigator.locks) return run(session)
  return navigator.locks.request("daifuku-phone-sending", () => run(session))
}

async function run(session) {
  const done = { sent: 0, beside: [], stopped: "" }
  const stuck = new Set()
  for (const row of await outbox.rows(session.person)) {
    if (row.state !== "waiting" || stuck.has(row.after)) {
      stuck.add(row.id)
      continue
    }
    const answer = await send(row, session).catch((error) => {
      if (error instanceof NoSignal) return null
      throw error
    })
    const outcome = await settle(row, answer)
    if (outcome.stopped) return { ...done, stopped: outcome.stopped }
    if (outcome.refused) stuck.add(row.id)
    else done.sent += row.kind === "photo" ? 0 : 1
    if (outcome.beside) done.beside.push(outcome.beside)
  }
  return done
}

async function send(row, session) {
  const { takeTalk, takeCard, tasks } = document.body.dataset
  const entry = row.photo ? await outbox.photoOf(row) : await outbox.entryOf(row)
  const headers = {
    "X-CSRFToken": session.csrf, "Phone-Person": row.person, "Phone-Time": entry.entered, "Phone-Clock": new Date().toISOString(),
  }
  if (row.kind === "talk") {
    const { entered, told, key, shown, ...sent } = entry
    const body = JSON.stringify(sent)
    return ask(takeTalk, { method: "POST", body, longest: LONGEST.talk, headers: { ...headers, "Content-Type": "application/json", "Idempotency-Key": key } })
  }
  if (row.kind === "task") {
    return ask(`${tasks}${row.id}/`, { method: "POST", body: JSON.stringify({ done: row.done }), longest: LONGEST.task, headers: { ...headers, "Content-Type": "application/json" } })
  }
  const body = new FormData()
  body.append("uid", entry.uid)
  body.append("file", entry.blob, entry.name)
  if (row.kind === "card") {
    body.append("way", "photo")
    return ask(takeCard, { method: "POST", body, longest: LONGEST.card, headers })
  }
  return ask(`${takeTalk}${row.after}/photos/`, { method: "POST", body, longest: LONGEST.photo, headers })
}

async function settle(row, answer) {
  if (!answer || LATER.has(answer.status)) return { stopped: "no-signal" }
  if (answer.type === "opaqueredirect" || answer.status === 401) return { stopped: "signed-out" }
  const told = await answer.json().catch(() => null)
  // An answer that broke off in the middle is no answer, and what is no answer of ours comes from something in between.
  if (told === null) return { stopped: answer.status === 403 ? "signed-out" : "no-signal" }
  if (answer.ok) {
    await outbox.remove(row)
    return { beside: told.beside && { ...told.beside, talk: told.talk } }
  }
  if (told.code === "other_person") return { stopped: "signed-out" }
  const entry = await outbox.entryOf(row)
  await outbox.change(row, "refused", { ...entry, told: { detail: told.detail, code: told.code, problems: told.problems ?? [], theirs: told.theirs ?? null } })
  return { refused: true }
}
