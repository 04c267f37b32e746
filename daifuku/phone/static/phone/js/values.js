// The records that an entry will become, as far as they are known here: a name that is left out is known to the server only.
const link = ({ object, uid, firm }, name) => {
  if (object === name) return { [name]: uid }
  // The firm of a contact whom one may see, and whose firm perhaps not.
  if (object === "contact" && name === "account") return firm ? { account: firm } : {}
  return { [name]: "" }
}

const withWhom = (customer) => customer ? Object.assign({}, ...["account", "contact", "lead"].map((name) => link(customer, name))) : {}

export function talkValues({ customer, method, content, text, started_at, more }) {
  return { ...withWhom(customer), method, content, text: text.trim(), subject: text.trim(), started_at, ...more.talk }
}

export function nextValues({ customer, next, more }) {
  if (next.kind === "plan") return { ...withWhom(customer), subject: next.subject ?? "", method: next.method ?? "", started_at: next.started_at ?? "", ...more.plan }
  return { ...withWhom(customer), subject: next.subject ?? "", due_on: next.due_on ?? "", ...more.task }
}

export function voiceValues({ customer, text, voice, more }) {
  return { ...withWhom(customer), topic: voice?.topic ?? "", product: (voice?.product ?? "").trim(), text: voice?.text || text.trim(), ...more.voice }
}
