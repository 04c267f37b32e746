// Asks the server again and again whether anything happened, as long as the page is in front, and never more often than
// it can answer: each refusal and each lost connection doubles the pause.
//   this.asking = new Asking(() => address, async (answer) => …); this.asking.start(); this.asking.stop()
const PAUSE = 4000
const LONGEST_PAUSE = 60_000

export class Asking {
  constructor(address, told) {
    Object.assign(this, { address, told, pause: PAUSE, stopped: true })
    this.seen = () => { if (!document.hidden) this.#ask() }
  }

  start() {
    this.stopped = false
    document.addEventListener("visibilitychange", this.seen)
    this.#later()
  }

  stop() {
    this.stopped = true
    document.removeEventListener("visibilitychange", this.seen)
    clearTimeout(this.timer)
  }

  #later() {
    clearTimeout(this.timer)
    // A little uneven, so that pages that were opened together do not ask together.
    this.timer = setTimeout(() => this.#ask(), this.pause * (0.9 + Math.random() * 0.2))
  }

  async #ask() {
    clearTimeout(this.timer)
    if (document.hidden) return
    try {
      const answer = await fetch(this.address(), { cache: "no-store" })
      if ([401, 404].includes(answer.status)) return
      this.pause = answer.ok ? PAUSE : Math.min(LONGEST_PAUSE, this.pause * 2)
      if (answer.status === 200) await this.told(await answer.text())
    } catch {
      this.pause = Math.min(LONGEST_PAUSE, this.pause * 2)
    }
    if (!this.stopped) this.#later()
  }
}
