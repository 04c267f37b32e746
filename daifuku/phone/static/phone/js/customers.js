// With whom: the likely ones at once, others by some letters of name or kana; without signal among those one has with him.
import { byId, piece, say } from "./drawing.js"
import { here } from "./here.js"
import { ask } from "./session.js"

const WAIT = 250
const OFFLINE = 20
let timer
let asked = 0

export function drawCustomers(choose) {
  const search = byId("customer-search")
  search.oninput = () => look(search.value.trim(), choose)
  draw(within(search.value.trim()), choose)
}

function look(text, choose) {
  draw(within(text), choose)
  clearTimeout(timer)
  const turn = ++asked
  if (text) timer = setTimeout(() => inquire(text, turn, choose), WAIT)
}

async function inquire(text, turn, choose) {
  const address = `${document.body.dataset.find}?q=${encodeURIComponent(text)}`
  const answer = await ask(address, { headers: { "Phone-Person": here.person } }).catch(() => null)
  const found = answer?.ok ? await answer.json().catch(() => null) : null
  if (turn !== asked || !found) return
  const near = within(text)
  const known = new Set(near.map((each) => each.uid))
  draw([...near, ...found.customers.filter((each) => !known.has(each.uid))], choose)
}

function within(text) {
  const all = here.data?.customers ?? []
  if (!text) return all.slice(0, OFFLINE)
  const words = fold(text).split(/\s+/).filter(Boolean)
  return all.filter((each) => {
    const told = fold(`${each.name} ${each.read} ${each.firm}`)
    return words.every((word) => told.includes(word))
  })
}

function draw(customers, choose) {
  const list = byId("customers")
  list.replaceChildren(...customers.map((each) => {
    const why = each.why ? say(`why-${each.why}`) : ""
    const button = piece("customer", { name: each.name, firm: each.firm, why: [why, each.when].filter(Boolean).join(" ") })
    button.addEventListener("click", () => choose(each))
    return button
  }))
  byId("no-customers").hidden = customers.length > 0
}

// ｱｵﾊﾞ, あおば and アオバ are the same; so are width and case.
function fold(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[\u3041-\u3096]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60))
}
