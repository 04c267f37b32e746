// A thing of a page that is being laid out, taken by the mouse anywhere or by a finger at its grip, put down elsewhere.
//   <li class="layout-item" data-kind="field"> <svg class="icon"> …   <ol class="layout-list" data-takes="field">
//   new Lift(frame, { busy(), moved(item) })
// The thing itself goes along through the lists that take its kind, so that one sees where it will stand; Esc puts it back.
const START = 5
const EDGE = 60
const SPEED = 14

export class Lift {
  constructor(frame, options) {
    Object.assign(this, { frame, options })
    frame.addEventListener("pointerdown", (event) => this.#down(event))
    frame.addEventListener("dragstart", (event) => event.preventDefault())
  }

  #down(event) {
    const item = event.target.closest(".layout-item")
    if (!item || event.button !== 0 || this.options.busy() || event.target.closest("button, input, select")) return
    if (event.pointerType !== "mouse" && !event.target.closest(".layout-item .icon")) return
    this.#end()
    const from = { x: event.clientX, y: event.clientY }
    this.before = { list: item.parentElement, next: item.nextElementSibling }
    this.stop = new AbortController()
    const listen = (name, act, more = {}) => document.addEventListener(name, act, { signal: this.stop.signal, ...more })
    listen("pointermove", (moved) => {
      if (!this.item && Math.hypot(moved.clientX - from.x, moved.clientY - from.y) > START) this.#lift(item, from)
      if (this.item) this.#move(moved.clientX, moved.clientY)
    })
    listen("pointerup", () => this.#drop())
    listen("pointercancel", () => this.#back())
    listen("touchmove", (moved) => { if (this.item) moved.preventDefault() }, { passive: false })
    listen("keydown", (pressed) => { if (pressed.key === "Escape") this.#back() })
  }

  #lift(item, from) {
    const box = item.getBoundingClientRect()
    this.item = item
    this.offset = { x: from.x - box.left, y: from.y - box.top }
    this.ghost = item.cloneNode(true)
    this.ghost.setAttribute("aria-hidden", "true")
    this.ghost.classList.add("layout-ghost")
    for (const input of this.ghost.querySelectorAll("[name]")) input.removeAttribute("name")
    this.ghost.style.inlineSize = `${box.width}px`
    document.body.append(this.ghost)
    item.dataset.lifted = ""
    this.frame.dataset.dragging = item.dataset.kind
    this.ticking = requestAnimationFrame(() => this.#scroll())
  }

  #move(x, y) {
    this.at = { x, y }
    this.ghost.style.translate = `${x - this.offset.x}px ${y - this.offset.y}px`
    const list = this.#listAt(x, y)
    if (!list) return
    const next = [...list.children].find((each) => each !== this.item && y < this.#middle(each))
    if (next !== this.item.nextElementSibling || list !== this.item.parentElement) list.insertBefore(this.item, next ?? null)
  }

  // The list under the pointer; a list that is empty or short is also meant by the section or column around it.
  #listAt(x, y) {
    const at = document.elementFromPoint(x, y)
    const takes = `.layout-list[data-takes="${this.item.dataset.kind}"]`
    const around = at?.closest(takes) ?? at?.closest(".layout-section, .layout-column, .layout-out")?.querySelector(takes)
    const list = this.item.contains(around) ? this.before.list : around
    if (!list || !this.frame.contains(list)) return null
    return "fixed" in this.item.dataset && "out" in list.dataset ? null : list
  }

  #middle(item) {
    const box = item.getBoundingClientRect()
    return box.top + box.height / 2
  }

  #scroll() {
    if (!this.item) return
    if (this.at) {
      const way = this.at.y < EDGE ? -1 : this.at.y > innerHeight - EDGE ? 1 : 0
      if (way) { scrollBy(0, SPEED * way); this.#move(this.at.x, this.at.y) }
    }
    this.ticking = requestAnimationFrame(() => this.#scroll())
  }

  #drop() {
    const item = this.item
    const moved = item && (item.parentElement !== this.before.list || item.nextElementSibling !== this.before.next)
    this.#end()
    if (moved) this.options.moved(item)
  }

  #back() {
    if (this.item) this.before.list.insertBefore(this.item, this.before.next)
    this.#end()
  }

  #end() {
    cancelAnimationFrame(this.ticking)
    this.stop?.abort()
    this.ghost?.remove()
    this.item?.removeAttribute("data-lifted")
    delete this.frame.dataset.dragging
    this.item = this.ghost = this.at = null
  }
}
