// Goes through the notices by key: j and k down and up, e marks as read; Enter opens, as with every link.
//   <ul data-controller="notices"><li><a href="…">…</a><form>…</form></li>…</ul>
import { application, Controller } from "../../web/js/application.js"

application.register("notices", class extends Controller {
  connect() {
    this.key = (event) => this.#key(event)
    document.addEventListener("keydown", this.key)
  }

  disconnect() {
    document.removeEventListener("keydown", this.key)
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return
    const rows = [...this.element.children]
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    if (event.key === "j" || event.key === "k") {
      event.preventDefault()
      const next = rows[Math.max(0, Math.min(rows.length - 1, at + (event.key === "j" ? 1 : -1)))]
      next?.querySelector("a, [tabindex]")?.focus()
    } else if (event.key === "e" && at >= 0) {
      rows[at].querySelector("form")?.requestSubmit()
    }
  }
})
