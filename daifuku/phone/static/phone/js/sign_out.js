// Whoever signs out while something waits on this phone is told so first; then everything that was kept here goes.
//   <form method="post" data-controller="sign-out"> <button> <dialog data-sign-out-target="dialog">
//     <b data-sign-out-target="count">… {n} …</b> <button data-action="sign-out#anyway"> <button data-action="sign-out#stay">
import { application, Controller } from "../../web/js/application.js"
import { countWaiting, wipe } from "./store.js"

application.register("sign-out", class extends Controller {
  static targets = ["dialog", "count"]

  connect() {
    this.words = this.countTarget.textContent
    this.element.addEventListener("submit", (event) => this.#leave(event))
  }

  anyway() {
    this.#go()
  }

  stay() {
    this.dialogTarget.close()
  }

  async #leave(event) {
    event.preventDefault()
    // A browser that lets nobody keep anything has nothing to lose.
    const waiting = await countWaiting().catch(() => 0)
    if (!waiting) return this.#go()
    this.countTarget.textContent = this.words.replace("{n}", waiting)
    this.dialogTarget.showModal()
  }

  async #go() {
    await wipe().catch(() => null)
    HTMLFormElement.prototype.submit.call(this.element)
  }
})
