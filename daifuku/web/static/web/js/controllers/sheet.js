// The panel at the side: htmx puts a page's part into it (hx-target="#sheet"); Escape closes it, the list keeps its place.
//   <dialog id="sheet" data-controller="sheet"></dialog>   inside it: <button data-action="sheet#close">
//   <a href="/accounts/new/" data-sheet> opens in it where there is room; on phones, and with Ctrl, it is a page.
//   <form data-sheet-scripts="addresses"> behaviours that only this form needs
import { application, Controller } from "../application.js"

const ROOM = "(min-width: 48.01rem)"

application.register("sheet", class extends Controller {
  connect() {
    this.element.addEventListener("htmx:afterSettle", (event) => { if (event.target === this.element) this.#show() })
    this.element.addEventListener("close", () => this.element.replaceChildren())
    this.element.addEventListener("click", (event) => { if (event.target === this.element) this.close() })
    this.follow = (event) => this.#follow(event)
    document.addEventListener("click", this.follow)
  }

  disconnect() {
    document.removeEventListener("click", this.follow)
  }

  close() {
    this.element.close()
  }

  #show() {
    if (!this.element.open) this.element.showModal()
    for (const address of this.element.querySelector("[data-sheet-scripts]")?.dataset.sheetScripts.split(" ") ?? []) if (address) import(address)
    const first = this.element.querySelector('[aria-invalid="true"], form .field :is(input:not([type=hidden]), select, textarea)')
    first?.focus()
  }

  #follow(event) {
    const link = event.target.closest?.("a[data-sheet]")
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || !matchMedia(ROOM).matches) return
    event.preventDefault()
    link.closest("details")?.removeAttribute("open")
    window.htmx.ajax("GET", link.href, { target: "#sheet", swap: "innerHTML" })
  }
})
