// Cards of a board that are moved to another column: dragged, by the menu on each, by Ctrl+← and Ctrl+→.
//   <div data-controller="board" data-board-field-value="rank" data-board-query-value="view=all&…">
//     <div data-board-target="board"> <section data-board-target="column" data-key="a"> <span class="board-count" data-count="3">
//       <ol data-board-target="cards"> <li data-board-target="card" data-address="…" data-version="1" data-column="a">
//     <div popover data-board-target="menu"> <button data-action="board#choose" data-key="a">
// The server answers with the card as it is now, also when it refused the move; the card then goes where it belongs.
import { application, Controller } from "../../../web/js/application.js"
import { Drag } from "./drag.js"

application.register("board", class extends Controller {
  static targets = ["board", "column", "cards", "card", "menu"]
  static values = { field: String, query: String }

  connect() {
    this.drag = new Drag(this.boardTarget, {
      card: ".board-card[data-movable]", column: ".board-column", drop: (card, column) => this.#move(card, column.dataset.key),
    })
    this.boardTarget.addEventListener("keydown", (event) => this.#keys(event))
    this.menuTarget.addEventListener("keydown", (event) => this.#menuKeys(event))
  }

  menu(event) {
    const button = event.currentTarget
    this.chosen = button.closest(".board-card")
    for (const item of this.menuTarget.children) item.setAttribute("aria-disabled", item.dataset.key === this.chosen.dataset.column)
    this.menuTarget.showPopover()
    const [place, own] = [button.getBoundingClientRect(), this.menuTarget.getBoundingClientRect()]
    this.menuTarget.style.left = `${Math.max(8, Math.min(place.right - own.width, innerWidth - own.width - 8))}px`
    this.menuTarget.style.top = `${Math.max(8, Math.min(place.bottom + 4, innerHeight - own.height - 8))}px`
    this.menuTarget.children[0]?.focus()
  }

  choose(event) {
    const key = event.currentTarget.dataset.key
    this.menuTarget.hidePopover()
    if (key !== this.chosen.dataset.column) this.#move(this.chosen, key)
  }

  #keys(event) {
    const card = event.target.closest(".board-card[data-movable]")
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
    if (!card || !step || !event.ctrlKey || event.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    const next = this.columnTargets[this.columnTargets.findIndex((each) => each.contains(card)) + step]
    if (next) this.#move(card, next.dataset.key)
  }

  #menuKeys(event) {
    const items = [...this.menuTarget.children]
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!step) return
    event.preventDefault()
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus()
  }

  async #move(card, key) {
    if (card.getAttribute("aria-busy") === "true") return
    const { address, version } = card.dataset
    const before = { key: card.dataset.column, next: card.nextElementSibling }
    card.setAttribute("aria-busy", "true")
    this.#place(card, key)
    const body = new URLSearchParams(this.queryValue)
    for (const [name, value] of Object.entries({ field: this.fieldValue, to: key, version })) body.set(name, value)
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" }
    const response = await fetch(`${address}move/`, { method: "POST", headers, body }).catch(() => null)
    card.removeAttribute("aria-busy")
    this.#say(response)
    const fresh = response && [200, 403, 409, 412, 422].includes(response.status) ? this.#read(await response.text()) : null
    if (!fresh) return this.#place(card, before.key, before.next)
    const asks = response.headers.get("Daifuku-Asks")
    if (asks) location.assign(asks)
    this.#differ(card, fresh)
    card.replaceWith(fresh)
    this.#place(fresh, fresh.dataset.column, fresh.dataset.column === before.key ? before.next : undefined)
    fresh.querySelector("a").focus({ preventScroll: response.status === 200 })
    fresh.scrollIntoView({ block: "nearest", inline: "nearest" })
  }

  #read(text) {
    const template = document.createElement("template")
    template.innerHTML = text
    return template.content.querySelector(".board-card")
  }

  #say(response) {
    const told = response?.headers.get("HX-Trigger")
    const name = response ? "htmx:responseError" : "htmx:sendError"
    if (told) document.body.dispatchEvent(new CustomEvent("toast", { detail: JSON.parse(told).toast }))
    else document.body.dispatchEvent(new CustomEvent(name, { detail: { xhr: { getResponseHeader: () => null } } }))
  }

  // Heads count along, so that nobody has to load the page anew to see what the move did.
  #place(card, key, next) {
    const [from, to] = [card.closest(".board-column"), this.columnTargets.find((each) => each.dataset.key === key)]
    if (!to) return card.remove()
    const cards = to.querySelector("ol")
    if (from === to && next === undefined) return
    next?.isConnected && next.parentElement === cards ? cards.insertBefore(card, next) : cards.prepend(card)
    if (from === to) return
    if (from) this.#add(from, -1, this.#numbers(card).map((each) => -each))
    this.#add(to, 1, this.#numbers(card))
  }

  // What the move changed on the record itself, such as the chance with the stage.
  #differ(card, fresh) {
    const [before, after] = [this.#numbers(card), this.#numbers(fresh)]
    const column = card.closest(".board-column")
    if (column) this.#add(column, 0, after.map((each, place) => each - (before[place] ?? 0)))
  }

  #numbers(card) {
    return [card.dataset.sum ?? 0, ...(card.dataset.further?.split(" ") ?? [])].map(Number)
  }

  #add(column, count, numbers) {
    const change = (head, name, by) => {
      if (head?.dataset[name] === undefined) return
      head.dataset[name] = Number(head.dataset[name]) + by
      head.textContent = head.textContent.replace(/-?\d[\d,]*(\.\d+)?/, Number(head.dataset[name]).toLocaleString("ja-JP"))
    }
    change(column.querySelector(".board-count"), "count", count)
    change(column.querySelector(".board-sum"), "sum", numbers[0])
    column.querySelectorAll(".board-further [data-sum]").forEach((head, place) => change(head, "sum", numbers[place + 1] ?? 0))
  }
})
