// The phone's page: draws what is known at once, then asks the server who is signed in, fetches the day, sends what waits.
import { byId, say, show } from "./drawing.js"
import { here } from "./here.js"
import { drawCount, drawHome } from "./home.js"
import { isNow, keep, keptData, lastPerson } from "./kept.js"
import { note, unnote } from "./notes.js"
import * as outbox from "./outbox.js"
import { drawPush } from "./push.js"
import { NoPicture, shrink } from "./photos.js"
import { begin, openRecord } from "./record.js"
import { sendAll } from "./sending.js"
import { ask, AtTheDoor, NoSignal, signedIn } from "./session.js"
import { wipe } from "./store.js"
import { newUid } from "./uid.js"
import { drawUnsent } from "./unsent.js"

const PAUSES = [3, 5, 10, 20, 30]
let unsent = []
let pause = 0
let timer
let mended = null
let running = null
let again = false

async function start() {
  // Asks the browser not to throw entries away when it needs room.
  navigator.storage?.persist?.().catch(() => null)
  navigator.serviceWorker?.register(document.body.dataset.worker, { scope: document.body.dataset.page }).catch(() => null)
  begin(afterSaving)
  const person = await lastPerson().catch(() => note("store", say("no-store"), { kind: "bad" }))
  if (person) await become(person)
  addEventListener("hashchange", follow)
  byId("card-in")?.addEventListener("change", takeCards)
  navigator.serviceWorker?.addEventListener("message", ({ data }) => { if (data === "signed-out") refreshSoon() })
  addEventListener("online", refreshSoon)
  navigator.connection?.addEventListener?.("change", refreshSoon)
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refreshSoon() })
  await follow()
  await refresh()
}

async function become(person) {
  here.person = person
  here.data = await keptData(person)
  document.documentElement.dataset.theme = here.data?.person.theme ?? "system"
  unsent = await outbox.rows(person)
}

// Something has changed: no waiting as after many failures.
function refreshSoon() {
  pause = 0
  refresh()
}

// One round with the server at a time; whoever asks meanwhile gets another one after it.
function refresh() {
  again = Boolean(running)
  running ??= tryRound().finally(() => {
    running = null
    if (again) refresh()
  })
  return running
}

// Without signal everything stays as it is, and it is tried again.
async function tryRound() {
  clearTimeout(timer)
  try {
    await round()
    unnote("signal")
    unnote("door")
  } catch (error) {
    if (!(error instanceof NoSignal)) throw error
    if (error instanceof AtTheDoor) note("door", say("at-the-door"), { kind: "warn", link: { address: document.body.dataset.program, words: say("open-program") } })
    else if (here.person) note("signal", say(unsent.length ? "no-signal-waiting" : "no-signal", { n: outbox.countOf(unsent) }), { kind: "warn" })
  }
  here.asked = true
  await redraw()
  if (unsent.some((row) => row.state === "waiting")) timer = setTimeout(refresh, PAUSES[Math.min(pause++, PAUSES.length - 1)] * 1000)
}

async function round() {
  const session = await signedIn()
  if (!session.person) return session.ended === "revoked" ? forgotten() : askToSignIn()
  unnote("sign-in")
  here.session = session
  here.skew = new Date(session.now) - Date.now()
  if (session.person !== here.person) await become(session.person)
  await isNow(session.person)
  await send(session)
  await fetchData()
  const others = await outbox.countOthers(here.person)
  await drawPush().catch(() => null)
  note("others", others ? say("others", { n: others }) : "", { kind: "warn" })
}

async function send(session) {
  const done = await sendAll(session)
  unsent = await outbox.rows(here.person)
  drawCount(unsent)
  if (done.sent) note("sent", say("sent", { n: done.sent }), { kind: "good", passing: true })
  for (const beside of done.beside) tellBeside(beside)
  if (done.stopped) throw done.stopped === "signed-out" ? new AtTheDoor() : new NoSignal()
  pause = 0
}

// Somebody else had changed the plan: both versions are there, and both are named.
function tellBeside({ sentence, plan, talk }) {
  const theirs = plan ? say("theirs", { name: plan.name, state: plan.state, who: plan.who, at: plan.at, reason: plan.reason }) : ""
  note(`beside-${talk.uid}`, [sentence, theirs].filter(Boolean).join(" "), { kind: "warn", link: { address: talk.url, words: say("open-own") } })
  if (plan) note(`theirs-${talk.uid}`, say("their-plan", { name: plan.name }), { kind: "warn", link: { address: plan.url, words: say("open-plan") } })
}

async function fetchData() {
  const answer = await ask(document.body.dataset.data, { headers: { "Phone-Person": here.person } })
  if (answer.type === "opaqueredirect") throw new AtTheDoor()
  if (!answer.ok) throw new NoSignal(String(answer.status))
  const data = await answer.json().catch((error) => { throw new NoSignal(String(error)) })
  const first = !here.data
  here.data = data
  document.documentElement.dataset.theme = data.person.theme
  if (first) await follow()
  await keep(here.person, "data", data)
}

function askToSignIn() {
  here.session = null
  if (!here.person) return location.assign(document.body.dataset.signIn)
  const sentence = say(unsent.length ? "sign-in-waiting" : "sign-in", { n: outbox.countOf(unsent) })
  note("sign-in", sentence, { kind: "warn", link: { address: document.body.dataset.signIn, words: say("to-sign-in") } })
}

// Somebody signed this phone out: nothing stays on it.
async function forgotten() {
  const lost = outbox.countOf(unsent)
  await wipe()
  Object.assign(here, { person: null, data: null, session: null })
  unsent = []
  byId("notes").replaceChildren()
  const sentence = lost ? say("revoked-lost", { n: lost }) : say("revoked")
  note("revoked", sentence, { kind: "bad", link: { address: document.body.dataset.signIn, words: say("to-sign-in") } })
  if (location.hash) location.hash = ""
}

async function afterSaving() {
  const mending = mended !== null
  mended = null
  unsent = await outbox.rows(here.person)
  note("sent", say(mending ? "mended" : "saved"), { kind: "good", passing: true })
  location.hash = mending ? "#unsent" : ""
  await follow()
  refreshSoon()
}

// #record, #record/plan/<uid>, #record/mend, #unsent; nothing is the home screen.
async function follow() {
  const [screen, what, uid] = location.hash.slice(1).split("/")
  const wanted = here.person && ["record", "unsent"].includes(screen) ? screen : "home"
  for (const name of ["home", "record", "unsent"]) show(byId(name), name === wanted)
  if (wanted === "record") await openRecord(what === "plan" ? uid : null, what === "mend" ? mended : null)
  else mended = null
  await redraw()
  scrollTo(0, 0)
}

// Kept here first, sent when there is signal. Its page is a way back for whoever ticked the wrong one.
async function turn(task, done) {
  await outbox.putTask(here.person, task, done)
  unsent = await outbox.rows(here.person)
  const link = { address: task.url, words: say("open-task") }
  note("task", say(done ? "ticked" : "unticked", { name: task.name }), { kind: "good", passing: true, link })
  await redraw()
  refreshSoon()
}

// Kept here first, sent when there is signal; the next one can be taken at once.
async function takeCards({ target }) {
  const files = [...target.files]
  target.value = ""
  if (!here.person || !files.length) return
  try {
    const photos = await Promise.all(files.map(async (file) => ({ uid: newUid(), name: file.name, blob: await shrink(file) })))
    await outbox.putCards(here.person, photos)
  } catch (error) {
    if (!(error instanceof NoPicture)) throw error
    return note("card", say("no-picture", { name: error.message }), { kind: "bad", passing: true })
  }
  unsent = await outbox.rows(here.person)
  note("card", say("card-taken", { n: files.length }), { kind: "good", passing: true })
  await redraw()
  refreshSoon()
}

async function redraw() {
  drawHome(unsent, turn)
  if (!byId("unsent").hidden) await drawUnsent(unsent, { mend, changed })
}

function mend(row) {
  mended = row
  location.hash = "#record/mend"
}

async function changed() {
  unsent = await outbox.rows(here.person)
  await redraw()
  refreshSoon()
}

start()
