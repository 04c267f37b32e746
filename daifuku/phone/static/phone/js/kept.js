// What a person has with him: the day, the customers, the choices; what he has begun to type; who used the phone last.
import { openJson, sealJson } from "./sealing.js"
import { asked, within } from "./store.js"

const DAYS = 7 * 24 * 3600 * 1000

export async function keep(person, name, value) {
  const sealed = await sealJson(person, value)
  await within("readwrite", ({ kept }) => { kept.put({ at: Date.now(), sealed }, [person, name]) })
}

export async function kept(person, name, longest = Infinity) {
  const row = await within("readonly", (stores) => asked(stores.kept.get([person, name])))
  if (!row || Date.now() - row.at > longest) return null
  return openJson(person, row.sealed).catch(() => null)
}

export async function drop(person, name) {
  await within("readwrite", (stores) => { stores.kept.delete([person, name]) })
}

// Whoever has not been seen by the server for a week does not carry customers about any longer.
export const keptData = (person) => kept(person, "data", DAYS)

export const lastPerson = () => within("readonly", (stores) => asked(stores.kept.get(["", "person"])))

// Somebody else is here: what the one before carried about goes; what he has not sent stays sealed until he comes back.
export async function isNow(person) {
  await within("readwrite", async (stores) => {
    for (const key of await asked(stores.kept.getAllKeys())) if (key[0] && key[0] !== person && key[1] === "data") stores.kept.delete(key)
    stores.kept.put(person, ["", "person"])
  })
}
