// A card is taken with the mouse, or held for a moment with a finger, carried over the columns and let go.
//   new Drag(frame, { card: "selector", column: "selector", drop(card, column) })
//   and where the pointer is not what counts: point(x, y, offset) -> [x, y]; ghost: the classes of what is carried
// The page scrolls as usual under a finger that does not wait; near an edge the frame scrolls by itself.
const START = 6
const HOLD = 350
const EDGE = 48
const SPEED = 12

export class Drag {
  constructor(frame, options) {
    Object.assign(this, { frame, options })
    frame.addEventListener("pointerdown", (event) => this.#down(event))
    frame.addEventListener("dragstart", (event) => event.preventDefault())
    frame.addEventListener("click", (event) => { if (this.dropped) { event.preventDefault(); event.stopPropagation() } }, true)
    // Only a listener that says so beforehand may stop a finger from scrolling.
    frame.addEventListener("touchmove", (event) => { if (this.ghost) event.preventDefault() }, { passive: false })
    frame.addEventListener("contextmenu", (event) => { if (this.ghost || this.timer) event.preventDefault() })
  }

  #down(event) {
    const card = event.target.closest(this.options.card)
    if (!card || event.button !== 0 || event.target.closest("button, input, select")) return
    this.#end()
    this.dropped = false
    const touch = event.pointerType !== "mouse"
    const from = { x: event.clientX, y: event.clientY }
    this.stop = new AbortController()
    const listen = (name, act) => document.addEventListener(name, act, { signal: this.stop.signal })
    if (touch) this.timer = setTimeout(() => this.#lift(card, from), HOLD)
    listen("pointermove", (moved) => {
      const far = Math.hypot(moved.clientX - from.x, moved.clientY - from.y)
      if (this.ghost) return this.#move(moved.clientX, moved.clientY)
      if (touch) { if (far > START * 2) this.#end(); return }
      if (far > START) { this.#lift(card, from); this.#move(moved.clientX, moved.clientY) }
    })
    listen("pointerup", () => this.#drop(card))
    listen("pointercancel", () => this.#end())
    listen("touchend", () => this.#drop(card))
    listen("keydown", (pressed) => { if (pressed.key === "Escape") this.#end() })
  }

  #lift(card, from) {
    const box = card.getBoundingClientRect()
    this.offset = { x: from.x - box.left, y: from.y - box.top }
    this.card = card
    card.dataset.lifted = ""
    this.ghost = card.cloneNode(true)
    this.ghost.removeAttribute("data-board-target")
    this.ghost.setAttribute("aria-hidden", "true")
    this.ghost.className = this.options.ghost ?? "board-card board-ghost"
    this.ghost.style.inlineSize = `${box.width}px`
    document.body.append(this.ghost)
    this.frame.dataset.dragging = ""
    this.timer = null
    this.#move(from.x, from.y)
    this.ticking = requestAnimationFrame(() => this.#scroll())
  }

  #move(x, y) {
    this.at = { x, y }
    this.ghost.style.translate = `${x - this.offset.x}px ${y - this.offset.y}px`
    const column = document.elementFromPoint(...(this.options.point?.(x, y, this.offset) ?? [x, y]))?.closest(this.options.column)
    if (column === this.over) return
    this.over?.removeAttribute("data-over")
    this.over = column && this.frame.contains(column) ? column : null
    this.over?.setAttribute("data-over", "")
  }

  #scroll() {
    if (!this.ghost) return
    const box = this.frame.getBoundingClientRect()
    const cards = this.over?.querySelector("ol")
    const way = (at, low, high) => (at < low + EDGE ? -1 : at > high - EDGE ? 1 : 0)
    this.frame.scrollLeft += SPEED * way(this.at.x, box.left, Math.min(box.right, innerWidth))
    if (cards) {
      const inner = cards.getBoundingClientRect()
      cards.scrollTop += SPEED * way(this.at.y, inner.top, inner.bottom)
    }
    this.#move(this.at.x, this.at.y)
    this.ticking = requestAnimationFrame(() => this.#scroll())
  }

  #drop(card) {
    const column = this.ghost ? this.over : null
    this.dropped = Boolean(this.ghost)
    setTimeout(() => { this.dropped = false }, 50)
    this.#end()
    if (column && !column.contains(card)) this.options.drop(card, column)
  }

  #end() {
    clearTimeout(this.timer)
    cancelAnimationFrame(this.ticking)
    this.stop?.abort()
    this.ghost?.remove()
    this.card?.removeAttribute("data-lifted")
    this.over?.removeAttribute("data-over")
    delete this.frame.dataset.dragging
    this.ghost = this.over = this.card = this.timer = null
  }
}
