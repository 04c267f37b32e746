// Plans of a schedule that are moved to another day or hour: dragged, by the menu on each, by Ctrl and an arrow.
//   <div data-controller="schedule" data-schedule-query-value="by=week&…">
//     <div data-schedule-target="frame"> <a data-at="2026-11-26T10:00"> (a half hour) or <td data-day="2026-11-26"> take plans, in
//     [data-owner="7"] those that become this person's:
//       <li class="plan-block" data-uid="…" data-at="2026-11-26T10:00" data-movable data-address="/plans/…/reschedule/">
//     <div popover data-schedule-target="menu"> <button data-action="schedule#choose" data-minutes="30">
//       <a data-schedule-target="open"> and <a data-schedule-target="form"> lead to the plan and to its form
// The server answers with the schedule as it is now, also when it refused the move.
import { application, Controller } from "../../web/js/application.js"
import { Drag } from "../../records/js/board/drag.js"

const ROOM = "(min-width: 48.01rem)"
const STEPS = { ArrowLeft: -1440, ArrowRight: 1440, ArrowUp: -30, ArrowDown: 30 }

application.register("schedule", class extends Controller {
  static targets = ["frame", "menu", "open", "form"]
  static values = { query: String }

  connect() {
    // On a phone a day is a list: there is nowhere to put a plan, the menu moves it.
    if (matchMedia(ROOM).matches) new Drag(this.frameTarget, {
      card: ".plan-block[data-movable]", column: ".slots > [data-at], [data-day]", ghost: "plan-block plan-ghost",
      // What counts in the hours is where the plan begins, not where it was taken hold of.
      point: (x, y, offset) => [x, this.frameTarget.querySelector(".slots") ? y - offset.y + 4 : y],
      drop: (block, place) => this.#drop(block, place),
    })
    this.frameTarget.addEventListener("keydown", (event) => this.#keys(event))
    this.menuTarget.addEventListener("keydown", (event) => this.#menuKeys(event))
  }

  menu(event) {
    const button = event.currentTarget
    this.chosen = button.closest(".plan-block")
    this.openTarget.href = this.chosen.querySelector("a").href
    this.formTarget.href = this.chosen.dataset.address
    this.menuTarget.showPopover()
    const [place, own] = [button.getBoundingClientRect(), this.menuTarget.getBoundingClientRect()]
    this.menuTarget.style.left = `${Math.max(8, Math.min(place.right - own.width, innerWidth - own.width - 8))}px`
    this.menuTarget.style.top = `${Math.max(8, Math.min(place.bottom + 4, innerHeight - own.height - 8))}px`
    this.menuTarget.children[0].focus()
  }

  choose(event) {
    this.menuTarget.hidePopover()
    this.#step(this.chosen, Number(event.currentTarget.dataset.minutes))
  }

  #keys(event) {
    const block = event.target.closest(".plan-block[data-movable]")
    const minutes = STEPS[event.key]
    if (!block || !minutes || !event.ctrlKey || event.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    this.#step(block, minutes)
  }

  #menuKeys(event) {
    const items = [...this.menuTarget.children]
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!step) return
    event.preventDefault()
    items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus()
  }

  // Put on a day of somebody else's a plan is his: the server tells him.
  #drop(block, place) {
    const owner = place.closest("[data-owner]")?.dataset.owner ?? block.dataset.owner
    this.#move(block, place.dataset.at ?? `${place.dataset.day}${block.dataset.at.slice(10)}`, owner)
  }

  // The clock on the wall is counted with, as if it were UTC: no browser's time zone comes into it.
  #step(block, minutes) {
    const to = new Date(`${block.dataset.at}Z`)
    to.setUTCMinutes(to.getUTCMinutes() + minutes)
    this.#move(block, to.toISOString().slice(0, 16))
  }

  async #move(block, to, owner = block.dataset.owner) {
    const same = to === block.dataset.at && owner === block.dataset.owner
    if (block.getAttribute("aria-busy") === "true" || same) return
    block.setAttribute("aria-busy", "true")
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" }
    const body = new URLSearchParams({ started_at: to, owner })
    const response = await fetch(`${block.dataset.address}?${this.queryValue}`, { method: "POST", headers, body }).catch(() => null)
    block.removeAttribute("aria-busy")
    this.#say(response)
    if (!response || ![200, 403, 409, 422].includes(response.status) || !response.headers.get("X-Schedule")) return
    this.frameTarget.innerHTML = await response.text()
    window.htmx.process(this.frameTarget)
    this.frameTarget.querySelector(`[data-uid="${block.dataset.uid}"] a`)?.focus({ preventScroll: true })
  }

  #say(response) {
    const told = response?.headers.get("HX-Trigger")
    const name = response ? "htmx:responseError" : "htmx:sendError"
    if (told) this.#toast(JSON.parse(told).toast)
    else document.body.dispatchEvent(new CustomEvent(name, { detail: { xhr: { getResponseHeader: () => null } } }))
  }

  #toast(detail) {
    document.body.dispatchEvent(new CustomEvent("toast", { detail }))
  }
})
