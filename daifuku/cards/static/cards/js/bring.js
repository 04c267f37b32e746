// Sends cards one after the other: photographed, chosen, dropped or pasted. What does not get through waits and is tried
// again; a second time under the same uid it is there once.
//   <form data-controller="bring-cards" data-bring-cards-address-value="/cards/add/" ...>
//     <input type="file" data-action="change->bring-cards#photo"> <ul data-bring-cards-target="list"> <p role="status" data-bring-cards-target="said">
import { application, Controller } from "../../web/js/application.js"
import { shrink } from "../../phone/js/photos.js"
import { newUid } from "../../phone/js/uid.js"

const TOGETHER = ["occasion", "exchanged_on", "owner", "note"]
const LARGE = 3 * 1024 * 1024
const PAUSE = 5000

application.register("bring-cards", class extends Controller {
  static targets = ["list", "said", "foot"]
  static values = { address: String, waiting: String, sending: String, sent: String, there: String, later: String, open: String }

  connect() {
    this.waiting = []
    this.footTarget.remove()
    this.element.dataset.ready = ""
    this.paste = (event) => { if (event.clipboardData?.files.length) { event.preventDefault(); this.#take(event.clipboardData.files, "upload") } }
    this.over = (event) => event.preventDefault()
    this.drop = (event) => { event.preventDefault(); this.#take(event.dataTransfer.files, "upload") }
    this.online = () => this.#go()
    this.leaving = (event) => { if (this.waiting.length) event.preventDefault() }
    document.addEventListener("paste", this.paste)
    document.addEventListener("dragover", this.over)
    document.addEventListener("drop", this.drop)
    addEventListener("online", this.online)
    addEventListener("beforeunload", this.leaving)
  }

  disconnect() {
    document.removeEventListener("paste", this.paste)
    document.removeEventListener("dragover", this.over)
    document.removeEventListener("drop", this.drop)
    removeEventListener("online", this.online)
    removeEventListener("beforeunload", this.leaving)
    clearTimeout(this.timer)
  }

  photo(event) { this.#takeFrom(event.target, "photo") }
  chosen(event) { this.#takeFrom(event.target, "upload") }

  #takeFrom(input, way) {
    this.#take(input.files, way)
    input.value = ""
  }

  #take(files, way) {
    const about = TOGETHER.map((name) => [name, this.element.elements[name]?.value ?? ""])
    for (const file of files) this.waiting.push({ uid: newUid(), file, way, about, line: this.#line(file) })
    this.#go()
  }

  #line(file) {
    const line = document.createElement("li")
    const name = document.createElement("span")
    name.textContent = file.name
    const state = document.createElement("span")
    state.className = "soft"
    state.textContent = this.waitingValue
    line.append(name, state)
    this.listTarget.append(line)
    if (file.type.startsWith("image/")) this.#preview(file, line)
    return line
  }

  // Stands in the line once the browser could open it: a broken one, or a kind it does not know, has no preview.
  #preview(file, line) {
    const picture = new Image()
    picture.alt = ""
    picture.src = URL.createObjectURL(file)
    picture.decode().then(() => line.prepend(picture), () => null).finally(() => URL.revokeObjectURL(picture.src))
  }

  // One at a time, so that a bad line carries at least the first.
  async #go() {
    if (this.going) return
    this.going = true
    clearTimeout(this.timer)
    while (this.waiting.length && await this.#send(this.waiting[0])) this.waiting.shift()
    this.going = false
    if (this.waiting.length) this.timer = setTimeout(() => this.#go(), PAUSE)
  }

  // Whether it is settled: there, or refused.
  async #send(each) {
    this.#say(each, this.sendingValue)
    const answer = await this.#ask(each).catch(() => null)
    if (!answer || answer.status >= 500 || answer.status === 429) return this.#later(each, this.laterValue)
    if (answer.status === 401) return this.#later(each, await answer.text())
    if (answer.status === 403 && !each.renewed && (each.renewed = await this.#renew())) return this.#send(each)
    const told = await answer.json().catch(() => ({ detail: answer.statusText }))
    if (answer.ok) this.#there(each, told)
    else this.#say(each, told.detail, "error")
    return true
  }

  #later(each, words) {
    this.#say(each, words)
    return false
  }

  // Whoever was signed out and signs in again in another tab has a new token.
  async #renew() {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null)
    if (!answer?.ok || answer.redirected) return false
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    this.element.elements.csrfmiddlewaretoken.value = page.querySelector("[name=csrfmiddlewaretoken]").value
    return true
  }

  async #ask(each) {
    const body = new FormData()
    for (const [name, value] of [...each.about, ["uid", each.uid], ["way", each.way]]) body.append(name, value)
    body.append("csrfmiddlewaretoken", this.element.elements.csrfmiddlewaretoken.value)
    const small = each.file.size > LARGE && each.file.type.startsWith("image/") ? await shrink(each.file).catch(() => each.file) : each.file
    body.append("file", small, each.file.name)
    return fetch(this.addressValue, { method: "POST", body, headers: { Accept: "application/json", "HX-Request": "true" } })
  }

  #there(each, told) {
    const link = document.createElement("a")
    link.href = told.url
    link.textContent = this.openValue
    this.#say(each, told.again ? this.thereValue : this.sentValue)
    each.line.append(link)
    this.saidTarget.textContent = `${each.file.name} ${this.sentValue}`
  }

  #say(each, words, kind = "soft") {
    const state = each.line.querySelector("span:last-of-type")
    state.className = kind
    state.textContent = words
    if (kind === "error") this.saidTarget.textContent = `${each.file.name}: ${words}`
  }
})
