// お客様の声: marked words or the whole detail, and by one tap what it is about; it travels with the talk.
import { byId, choices, say, show } from "./drawing.js"
import { here } from "./here.js"
import { typedFor } from "./rules.js"
import { voiceValues } from "./values.js"

export function drawVoice(entry, changed) {
  const part = byId("voice")
  show(part, Boolean(here.data?.may.voice && here.data.topics?.length))
  choices(byId("voice-topics"), here.data?.topics ?? [], entry.voice?.topic ?? "", (topic) => {
    entry.voice = entry.voice?.topic === topic ? null : { topic, text: marked() || (entry.voice?.text ?? ""), product: byId("voice-product").value }
    drawVoice(entry, changed)
    changed()
  })
  show(byId("voice-more"), Boolean(entry.voice))
  byId("voice-words").textContent = entry.voice ? entry.voice.text || say("voice-whole") : ""
  byId("voice-product").value = entry.voice?.product ?? ""
  byId("voice-product").oninput = ({ target }) => { if (entry.voice) entry.voice.product = target.value; changed() }
}

// What is marked in the detail; the mark stays while a button is tapped.
function marked() {
  const box = byId("text")
  return box.value.slice(box.selectionStart, box.selectionEnd).trim()
}

// As the server wants it, or null for nothing.
export function voiceOf(entry) {
  const { voice, more } = entry
  return voice ? { topic: voice.topic, text: voice.text, product: (voice.product ?? "").trim(), ...typedFor("voice", voiceValues(entry), more.voice) } : null
}
