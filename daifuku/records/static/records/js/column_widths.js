// Columns as wide as the person draws them; the width stands in the address, so that saving the view keeps it.
//   <table data-controller="column-widths"> <th data-key="name" data-width="240">
import { application, Controller } from "../../web/js/application.js"

const LEAST = 60

application.register("column-widths", class extends Controller {
  connect() {
    for (const head of this.element.querySelectorAll("th[data-key]")) {
      if (head.dataset.width) this.#set(head, head.dataset.width)
      const grip = document.createElement("span")
      grip.className = "width-grip"
      grip.addEventListener("pointerdown", (event) => this.#drag(event, head))
      head.append(grip)
    }
  }

  #drag(event, head) {
    event.preventDefault()
    const [start, before] = [event.clientX, head.offsetWidth]
    const move = (moved) => this.#set(head, Math.max(LEAST, before + moved.clientX - start))
    const stop = () => {
      document.removeEventListener("pointermove", move)
      head.dataset.width = head.offsetWidth
      this.#keep()
    }
    document.addEventListener("pointermove", move)
    document.addEventListener("pointerup", stop, { once: true })
  }

  #set(head, width) {
    head.style.inlineSize = head.style.minInlineSize = `${width}px`
  }

  #keep() {
    const columns = [...this.element.querySelectorAll("th[data-key]")].map(({ dataset }) => dataset.width ? `${dataset.key}:${dataset.width}` : dataset.key)
    const address = new URL(location)
    address.searchParams.set("cols", columns.join(","))
    history.replaceState(history.state, "", address)
    for (const form of document.querySelectorAll("form:has(input[name=view])")) {
      const field = form.querySelector("input[name=cols]") ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "cols" }))
      field.value = columns.join(",")
    }
  }
})
