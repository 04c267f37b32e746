// What the phone keeps, in the browser's own database: nothing in it can be read without the key of its person.
//   keys     person -> CryptoKey that cannot be taken out
//   kept     [person, name] -> sealed: the day, the customers, the draft; and ["", "person"] -> who used it last
//   outbox   what is not sent yet, in the order in which it was typed
const NAME = "daifuku-phone"
const VERSION = 1

export const STORES = ["keys", "kept", "outbox"]

export function asked(request) {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })
}

function open() {
  const request = indexedDB.open(NAME, VERSION)
  request.onupgradeneeded = () => {
    request.result.createObjectStore("keys")
    request.result.createObjectStore("kept")
    request.result.createObjectStore("outbox", { keyPath: "seq", autoIncrement: true }).createIndex("person", "person")
  }
  return asked(request)
}

// One transaction: all that `work` does with the stores is there when this returns, or none of it.
export async function within(mode, work) {
  const database = await open()
  try {
    const transaction = database.transaction(STORES, mode, { durability: "strict" })
    const ended = new Promise((done, failed) => {
      transaction.oncomplete = done
      transaction.onabort = transaction.onerror = () => failed(transaction.error)
    })
    const stores = Object.fromEntries(STORES.map((name) => [name, transaction.objectStore(name)]))
    const result = await work(stores)
    await ended
    return result
  } finally {
    database.close()
  }
}

// How many wait, whoever typed them: also for pages that know nobody's key.
export async function countWaiting() {
  return within("readonly", ({ outbox }) => asked(outbox.count()))
}

// Everything goes: entries, keys, the day, the page that was kept for offline.
export async function wipe() {
  await new Promise((done) => {
    const request = indexedDB.deleteDatabase(NAME)
    request.onsuccess = request.onerror = request.onblocked = done
  })
  for (const name of await caches.keys()) if (name.startsWith("daifuku-phone-")) await caches.delete(name)
  for (const each of await navigator.serviceWorker?.getRegistrations() ?? []) await each.unregister()
}
