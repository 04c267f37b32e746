// What waits to be sent: one row an entry or a photograph, in order, sealed; it goes when the server has it for certain.
//   {seq, person, id, after, kind: "talk"|"photo"|"task"|"card", state: "waiting"|"refused", sealed, photo, done}
// `id` is the uid of the record that it becomes, `after` the talk that a photograph hangs on; a task is `done` or not any more.
import { forget } from "./drafts.js"
import { openJson, seal, sealJson, open } from "./sealing.js"
import { asked, within } from "./store.js"

// Puts the talk and its photographs there together, and takes away the draft that they were.
export async function put(person, entry, photos) {
  const rows = [{ person, id: entry.uid, after: null, kind: "talk", state: "waiting", sealed: await sealJson(person, entry) }, ...await hung(person, entry, photos)]
  await within("readwrite", ({ outbox, kept }) => {
    for (const row of rows) outbox.add(row)
    forget(kept, person)
  })
}

function hung(person, entry, photos) {
  return Promise.all(photos.map(async ({ uid, name, blob }) => {
    const told = await sealJson(person, { uid, name, type: blob.type, entered: entry.entered })
    return { person, id: uid, after: entry.uid, kind: "photo", state: "waiting", sealed: told, photo: await seal(person, await blob.arrayBuffer()) }
  }))
}

// A task was ticked, or is not any more: the last word counts.
export async function putTask(person, task, done) {
  const before = (await rows(person)).filter((row) => row.kind === "task" && row.id === task.uid)
  const sealed = await sealJson(person, { uid: task.uid, name: task.name, url: task.url, entered: new Date().toISOString() })
  await within("readwrite", ({ outbox }) => {
    for (const row of before) outbox.delete(row.seq)
    outbox.add({ person, id: task.uid, after: null, kind: "task", state: "waiting", sealed, done })
  })
}

// Cards that were photographed: each is sent for itself.
export async function putCards(person, photos) {
  const entered = new Date().toISOString()
  const rows = (await hung(person, { uid: null, entered }, photos)).map((row) => ({ ...row, kind: "card" }))
  await within("readwrite", ({ outbox }) => { for (const row of rows) outbox.add(row) })
}

// What a person would count: photographs belong to their talk.
export const countOf = (rows) => rows.filter((row) => row.kind !== "photo").length

export async function rows(person) {
  return within("readonly", ({ outbox }) => asked(outbox.index("person").getAll(person)))
}

export async function countOthers(person) {
  return within("readonly", async ({ outbox }) => (await asked(outbox.count())) - (await asked(outbox.index("person").count(person))))
}

export const entryOf = (row) => openJson(row.person, row.sealed)

export async function photoOf(row) {
  const told = await entryOf(row)
  return { ...told, blob: new Blob([await open(row.person, row.photo)], { type: told.type }) }
}

export async function remove(row) {
  await within("readwrite", ({ outbox }) => { outbox.delete(row.seq) })
}

// A talk that is given up takes its photographs along.
export async function discard(row) {
  const others = (await rows(row.person)).filter((each) => each.after === row.id)
  await within("readwrite", ({ outbox }) => { for (const each of [row, ...others]) outbox.delete(each.seq) })
}

export const photosOf = async (row) => (await rows(row.person)).filter((each) => each.after === row.id).length

// Puts the entry back as it is now: refused with what the server said, or mended and waiting again, with `photos` taken since.
export async function change(row, state, entry, photos = []) {
  const changed = { ...row, state, id: row.kind === "talk" ? entry.uid : row.id, sealed: await sealJson(row.person, entry) }
  const more = await hung(row.person, entry, photos)
  const hanging = changed.id === row.id ? [] : (await rows(row.person)).filter((each) => each.after === row.id)
  await within("readwrite", ({ outbox }) => {
    outbox.put(changed)
    for (const each of hanging) outbox.put({ ...each, after: changed.id })
    for (const each of more) outbox.add(each)
  })
}
