// While minutes are typed the server keeps the draft and says what it read out of the lines; it also says who else writes.
//   <form data-controller="minutes" data-minutes-read-value="/minutes/read/" data-minutes-here-value="/talks/…/here/?version=3">
//     <textarea data-minutes-target="text"> <aside data-minutes-target="chips"> <p data-minutes-target="state">
//     <div data-minutes-target="here"> <button type="button" data-action="minutes#all">
import { application, Controller } from "../../web/js/application.js"

const REST = 1_200
const HERE = 15_000

application.register("minutes", class extends Controller {
  static targets = ["text", "chips", "state", "here"]
  static values = { read: String, here: String }

  connect() {
    this.element.addEventListener("input", (event) => { this.saving = false; if (event.target.name !== "accept") this.#soon() })
    this.element.addEventListener("submit", () => { this.saving = true; clearTimeout(this.timer) })
    this.away = () => { if (document.hidden && this.timer) this.#ask() }
    document.addEventListener("visibilitychange", this.away)
    if (this.hereValue) this.#here()
    if (this.hereValue) this.beat = setInterval(() => { if (!document.hidden) this.#here() }, HERE)
  }

  all() {
    for (const box of this.chipsTarget.querySelectorAll("[name=accept]")) box.checked = true
  }

  disconnect() {
    clearTimeout(this.timer)
    clearInterval(this.beat)
    document.removeEventListener("visibilitychange", this.away)
  }

  #soon() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.#ask(), REST)
  }

  // One question at a time; what was typed meanwhile is asked for after it. Without signal the browser's own copy stays.
  async #ask() {
    clearTimeout(this.timer)
    this.timer = null
    if (this.saving) return
    if (this.asking) return this.#soon()
    this.asking = true
    const body = new URLSearchParams([...new FormData(this.element)].filter(([, value]) => typeof value === "string"))
    const answer = await fetch(this.readValue, { method: "POST", headers: this.#headers, body, keepalive: body.toString().length < 60_000 }).catch(() => null)
    this.asking = false
    if (!answer?.ok || answer.redirected) return
    const chosen = new Set([...this.chipsTarget.querySelectorAll("input:checked")].map((box) => box.value))
    this.chipsTarget.innerHTML = await answer.text()
    for (const box of this.chipsTarget.querySelectorAll("input")) box.checked = chosen.has(box.value)
    this.stateTarget.textContent = this.chipsTarget.querySelector("[data-draft-at]")?.textContent ?? ""
  }

  get #headers() {
    return { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), "HX-Request": "true" }
  }

  async #here() {
    const answer = await fetch(this.hereValue, { method: "POST", headers: this.#headers }).catch(() => null)
    if (answer?.ok && !answer.redirected) this.hereTarget.innerHTML = await answer.text()
  }
})
