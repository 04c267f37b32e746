// What is being typed survives the death of the browser: kept sealed a moment after every change, photographs as well.
import { open, openJson, seal, sealJson } from "./sealing.js"
import { asked, within } from "./store.js"

const WAIT = 300
const PHOTO = "draft-photo-"
let timer
let last = Promise.resolve()

export function keepDraft(person, entry) {
  clearTimeout(timer)
  timer = setTimeout(() => { last = write(person, entry) }, WAIT)
}

// At once, when the page goes to the back: it may never come to the front again.
export function keepDraftNow(person, entry) {
  clearTimeout(timer)
  last = write(person, entry)
  return last
}

async function write(person, entry) {
  const sealed = await sealJson(person, { ...entry, photos: undefined })
  if (entry.done) return
  await within("readwrite", ({ kept }) => { kept.put({ at: Date.now(), sealed }, [person, "draft"]) })
}

export async function keepPhoto(person, photo) {
  const told = await sealJson(person, { uid: photo.uid, name: photo.name, type: photo.blob.type })
  const sealed = await seal(person, await photo.blob.arrayBuffer())
  await within("readwrite", ({ kept }) => { kept.put({ at: Date.now(), told, sealed }, [person, PHOTO + photo.uid]) })
}

export async function draftOf(person) {
  const [row, photos] = await within("readonly", async ({ kept }) => [await asked(kept.get([person, "draft"])), await asked(kept.getAll(range(person)))])
  if (!row) return null
  const entry = await openJson(person, row.sealed)
  entry.photos = await Promise.all(photos.map(async ({ told, sealed }) => {
    const { uid, name, type } = await openJson(person, told)
    return { uid, name, blob: new Blob([await open(person, sealed)], { type }) }
  }))
  return entry
}

export async function dropDraft(person, entry) {
  await settled(entry)
  await within("readwrite", ({ kept }) => forget(kept, person))
}

// From now on nothing of this entry is written here any more.
export async function settled(entry) {
  entry.done = true
  clearTimeout(timer)
  await last.catch(() => null)
}

export function forget(kept, person) {
  kept.delete([person, "draft"])
  kept.delete(range(person))
}

export async function dropPhoto(person, uid) {
  await within("readwrite", ({ kept }) => { kept.delete([person, PHOTO + uid]) })
}

const range = (person) => IDBKeyRange.bound([person, PHOTO], [person, `${PHOTO}\uffff`])
