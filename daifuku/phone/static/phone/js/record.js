// A talk in five taps: with whom, how, about what, what was said, what comes next. One step stands open at a time; what is
// chosen can be changed by a tap on it.
import { byId, choices, inWords, local, piece, say, show } from "./drawing.js"
import { drawCustomers } from "./customers.js"
import { draftOf, dropDraft, dropPhoto, keepDraft, keepDraftNow, keepPhoto, settled } from "./drafts.js"
import { here, now } from "./here.js"
import { drawNext, nextOf } from "./next_step.js"
import * as outbox from "./outbox.js"
import { NoPicture, shrink } from "./photos.js"
import { drawFields, drawRules, refusals, typedFor } from "./rules.js"
import { newUid } from "./uid.js"
import { reasonOf } from "./unsent.js"
import { nextValues, talkValues, voiceValues } from "./values.js"
import { drawVoice, voiceOf } from "./voice.js"
import { drawWordings, openSlots, take, withoutSlots } from "./wording.js"

const STEPS = ["customer", "method", "content", "detail"]
const STEP_OF = { account: "customer", contact: "customer", lead: "customer", method: "method", content: "content" }
// As the server does: what lies ahead is a plan.
const CLOCKS = 5 * 60 * 1000
let entry
let step
let mending = null
let opened = 0
let saved = () => {}

export function begin(whenSaved) {
  saved = whenSaved
  byId("save").addEventListener("click", save)
  byId("photo").addEventListener("change", ({ target }) => addPhotos([...target.files]).finally(() => { target.value = "" }))
  byId("started-at").addEventListener("input", ({ target }) => { entry.started_at = target.value; changed() })
  byId("for-keeper").addEventListener("click", () => { entry.forKeeper = !entry.forKeeper; drawKeeper(); changed() })
  byId("close-slots").addEventListener("click", () => { setText(withoutSlots(entry.text)); changed() })
  byId("start-over").addEventListener("click", async () => { await dropDraft(here.person, entry); await openRecord(null) })
  for (const name of STEPS.slice(0, 3)) byId(`${name}-chosen`).addEventListener("click", () => go(name))
  document.addEventListener("visibilitychange", () => { if (document.hidden && entry && !mending && !entry.done && worthKeeping()) keepDraftNow(here.person, entry) })
}

// `plan`: the uid of the plan whose result it is; `row`: an entry that waits and is to be mended.
export async function openRecord(plan, row = null) {
  const turn = ++opened
  clear()
  const kept = row ? null : await draftOf(here.person)
  // Of a plan's result the draft is the one that was begun for this plan.
  const draft = plan && kept?.plan?.uid !== plan ? null : kept
  const opening = row ? again(await outbox.entryOf(row)) : draft ?? blank()
  const hanging = row ? await outbox.photosOf(row) : 0
  if (turn !== opened) return
  entry = { more: { talk: {}, plan: {}, task: {}, voice: {} }, ...opening }
  mending = row
  show(byId("draft-note"), Boolean(draft))
  show(byId("photos-kept"), hanging > 0)
  byId("photos-kept").textContent = say("photos", { n: hanging })
  if (plan && !draft) fromPlan(plan)
  go(firstToMend() ?? STEPS.find((name) => name === "detail" || !entry[name]))
}

// What the server said of it stands above the form, and the step that it is about is open.
function firstToMend() {
  const told = mending && entry.told
  show(byId("mend-note"), Boolean(told))
  byId("mend-note").textContent = told ? reasonOf(told) : ""
  const fields = told?.problems.map(({ field }) => field) ?? []
  byId("when").open = fields.includes("started_at") || fields.includes("ended_at")
  return fields.map((field) => STEP_OF[field]).find(Boolean)
}

// What was typed last does not shine through while the next one is fetched.
function clear() {
  for (const name of STEPS) show(byId(`step-${name}`), false)
  for (const more of byId("record").querySelectorAll("details")) more.open = false
  for (const id of ["draft-note", "mend-note", "plan-note", "foot"]) show(byId(id), false)
  byId("customer-search").value = ""
  refuse("")
}

function blank() {
  return {
    uid: newUid(), customer: null, method: "", content: "", wording: "", base: "", filled: [], text: "", plan: null,
    started_at: local(now()), next: { kind: "" }, voice: null, photos: [], tries: 0,
  }
}

// What was typed for an entry that waits already, as it was typed.
function again(sent) {
  return { ...sent.shown, uid: sent.uid, photos: [], tries: (sent.shown.tries ?? 0) + 1, done: false, told: sent.told }
}

function fromPlan(uid) {
  const plan = [...here.data?.today ?? [], ...here.data?.waiting ?? []].find((each) => each.uid === uid)
  const customer = plan?.with
  if (!plan || !customer) return
  const started = new Date(Math.min(new Date(plan.started_at), now()))
  Object.assign(entry, { customer: plain(customer), method: plan.method, plan: { uid, started_at: plan.started_at, name: plan.name }, started_at: local(started) })
}

function go(name) {
  step = name
  draw()
  if (name === "customer" || name === "detail") byId(`step-${name}`).scrollIntoView({ block: "start" })
}

function draw() {
  const at = STEPS.indexOf(step)
  byId("record").dataset.at = step
  for (const name of STEPS) {
    const section = byId(`step-${name}`)
    section.toggleAttribute("data-open", name === step)
    show(section, STEPS.indexOf(name) <= at || Boolean(entry[name]))
  }
  chosen("customer", entry.customer && [entry.customer.name, entry.customer.firm].filter(Boolean).join(" "))
  chosen("method", nameOf("methods", entry.method))
  chosen("content", nameOf("contents", entry.content))
  if (step === "customer") drawCustomers((customer) => set("customer", plain(customer)))
  choices(byId("methods"), here.data?.methods ?? [], entry.method, (key) => set("method", key))
  choices(byId("contents"), here.data?.contents ?? [], entry.content, (key) => set("content", key))
  show(byId("plan-note"), Boolean(entry.plan))
  byId("plan-note").querySelector("b").textContent = entry.plan?.name ?? ""
  show(byId("foot"), step === "detail")
  if (step === "detail") drawDetail()
}

function chosen(name, words) {
  const button = byId(`${name}-chosen`)
  show(button, Boolean(words) && step !== name)
  button.querySelector("strong").textContent = words ?? ""
}

const nameOf = (list, key) => key && (here.data?.[list].find((each) => each.key === key)?.name ?? key)

const plain = ({ object, uid, name, firm, keeper }) => ({ object, uid, name, firm, keeper })

// The next step that has no answer yet opens by itself.
function set(name, value) {
  entry[name] = value
  if (name === "customer") entry.forKeeper = false
  if (name === "method" || name === "content") offerWording()
  changed()
  go(STEPS.find((each) => each === "detail" || !entry[each]))
}

const lines = () => here.data?.wordings.find(([method, content]) => method === entry.method && content === entry.content)?.[2] ?? []

// The first wording stands there already, unless somebody has typed something of his own.
function offerWording() {
  if (entry.text && entry.text !== entry.wording) return
  if (entry.content) take(entry, lines()[0] ?? "")
}

function drawDetail() {
  drawWordings(entry, lines(), changed)
  drawKeeper()
  const again = () => { changed(); drawAsked() }
  drawNext(entry, again)
  drawVoice(entry, again)
  drawAsked()
  byId("started-at").value = entry.started_at
  byId("started-words").textContent = inWords(entry.started_at)
  drawPhotos()
  tellOpenSlots()
}

// The firm's rules, and the fields that they ask for beyond this form.
function drawAsked() {
  const kinds = [["talk", "talk", talkValues(entry)], ["voice", entry.voice ? "voice" : "", voiceValues(entry)], ["next", entry.next.kind, nextValues(entry)]]
  for (const [place, object, values] of kinds) {
    drawFields(byId(`${place}-fields-more`), object, values, entry.more[object] ?? {}, changed, drawAsked)
  }
  tellRules()
}

function tellRules() {
  drawRules(byId("talk-rules"), "talk", talkValues(entry))
  drawRules(byId("voice-rules"), entry.voice ? "voice" : "", voiceValues(entry))
  drawRules(byId("next-rules"), entry.next.kind, nextValues(entry))
}

// Whoever takes a call for the one in charge says so by one tap; it is recorded in his name, and he is told.
function drawKeeper() {
  const button = byId("for-keeper")
  const keeper = entry.customer.keeper
  show(button, Boolean(keeper) && !entry.plan)
  button.setAttribute("aria-pressed", String(Boolean(entry.forKeeper)))
  button.querySelector("strong").textContent = keeper ? say("for-keeper", { name: keeper.name }) : ""
}

function changed() {
  byId("started-words").textContent = inWords(entry.started_at)
  tellOpenSlots()
  tellRules()
  if (worthKeeping() && !mending) keepDraft(here.person, entry)
}

const worthKeeping = () => Boolean(entry.customer || entry.text || entry.photos.length)

function setText(text) {
  Object.assign(entry, { base: text, text, filled: [] })
  drawWordings(entry, lines(), changed)
}

function tellOpenSlots() {
  const open = openSlots(entry.text)
  show(byId("open-slots"), open.length > 0)
  byId("open-slots-words").textContent = open.length ? say("open-slots", { names: open.map((name) => `「${name}」`).join("") }) : ""
  if (!open.length && byId("refused").dataset.about === "slots") refuse("")
}

function refuse(sentence, about = "") {
  const place = byId("refused")
  place.textContent = sentence
  place.dataset.about = about
  show(place, Boolean(sentence))
}

async function addPhotos(files) {
  for (const file of files) {
    try {
      const photo = { uid: newUid(), name: `${file.name.replace(/\.\w+$/, "") || "photo"}.jpg`, blob: await shrink(file) }
      entry.photos.push(photo)
      if (!mending) await keepPhoto(here.person, photo)
    } catch (error) {
      if (!(error instanceof NoPicture)) throw error
      refuse(say("no-picture", { name: file.name }), "photo")
    }
  }
  drawPhotos()
  changed()
}

function drawPhotos() {
  byId("photos").replaceChildren(...entry.photos.map((photo) => {
    const made = piece("taken-photo")
    const picture = made.querySelector("img")
    picture.src = URL.createObjectURL(photo.blob)
    picture.onload = () => URL.revokeObjectURL(picture.src)
    made.querySelector("button").addEventListener("click", () => {
      entry.photos = entry.photos.filter((each) => each !== photo)
      dropPhoto(here.person, photo.uid)
      drawPhotos()
    })
    return made
  }))
}

// What the server would refuse for certain is said here: {sentence, place, about}.
function wrong() {
  const open = openSlots(entry.text)
  if (!entry.text.trim()) return [say("no-text"), byId("text")]
  if (open.length) return [say("open-slots", { names: open.map((name) => `「${name}」`).join("") }), firstOpenSlot(), "slots"]
  if (new Date(`${entry.started_at}:00+09:00`) > now() + CLOCKS) {
    byId("when").open = true
    return [say("future"), byId("started-at")]
  }
  if (entry.next.kind === "plan" && !entry.next.started_at) return [say("no-next-time"), byId("next-time")]
  if (entry.next.kind === "task" && !entry.next.subject?.trim()) return [say("no-next-subject"), byId("next-subject")]
  return againstRules("talk", "talk", talkValues(entry)) ?? (entry.voice && againstRules("voice", "voice", voiceValues(entry)))
    ?? (entry.next.kind && againstRules("next", entry.next.kind, nextValues(entry))) ?? null
}

function againstRules(place, object, values) {
  const [first] = refusals(object, values)
  if (!first) return null
  const asked = byId(`${place}-fields-more`).querySelector(`[data-field="${first.key}"]`)
  return [first.sentence, asked?.querySelector("button") ?? asked ?? byId(`${STEP_OF[first.key]}-chosen`)]
}

async function save() {
  const found = wrong()
  if (found) return stop(...found)
  byId("save").disabled = true
  try {
    await settled(entry)
    if (mending) await outbox.change(mending, "waiting", sealable(), entry.photos)
    else await outbox.put(here.person, sealable(), entry.photos)
  } catch (error) {
    // No room on the phone: everything stays where it was typed.
    entry.done = false
    byId("save").disabled = false
    return stop(say("not-kept"))
  }
  byId("save").disabled = false
  await saved()
}

function stop(sentence, place, about = "") {
  refuse(sentence, about)
  place?.focus()
}

const firstOpenSlot = () => [...byId("slots").querySelectorAll("input")].find((each) => !each.value.trim()) ?? byId("text")

// What is sent, and beside it what the screens need to show and mend it. Changed content has a key of its own.
function sealable() {
  const { customer, method, content, text, plan, started_at, tries } = entry
  const owner = entry.forKeeper && customer.keeper ? { owner: customer.keeper.uid } : {}
  const shown = { ...entry, photos: undefined, done: undefined, told: undefined }
  return {
    uid: entry.uid, key: `${entry.uid}.${tries}`, entered: mending && entry.entered ? entry.entered : new Date().toISOString(), shown,
    values: { [customer.object]: customer.uid, method, content, text: text.trim(), started_at, ...owner, ...typedFor("talk", talkValues(entry), entry.more.talk) },
    plan: plan && { uid: plan.uid, started_at: plan.started_at }, next: nextOf(entry), voice: voiceOf(entry),
  }
}
