// Seals what a person typed with a key that is his alone and that no program can take out of the browser.
import { asked, within } from "./store.js"

const HOW = { name: "AES-GCM", length: 256 }

export async function keyOf(person) {
  const known = await within("readonly", ({ keys }) => asked(keys.get(person)))
  if (known) return known
  const made = await crypto.subtle.generateKey(HOW, false, ["encrypt", "decrypt"])
  // Two pages may have come here at once: the first key counts.
  return within("readwrite", async ({ keys }) => {
    const first = await asked(keys.get(person))
    if (!first) keys.put(made, person)
    return first ?? made
  })
}

export async function seal(person, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: HOW.name, iv, additionalData: named(person) }, await keyOf(person), bytes)
  return { iv, sealed }
}

export async function open(person, { iv, sealed }) {
  return crypto.subtle.decrypt({ name: HOW.name, iv, additionalData: named(person) }, await keyOf(person), sealed)
}

export const sealJson = (person, value) => seal(person, new TextEncoder().encode(JSON.stringify(value)))

export const openJson = async (person, kept) => JSON.parse(new TextDecoder().decode(await open(person, kept)))

const named = (person) => new TextEncoder().encode(person)
