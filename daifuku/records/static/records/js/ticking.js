// Whoever types a new value for many records means to change it: the tick beside the field is set by itself.
//   <form data-controller="ticking"><div class="ticked"><input type="checkbox" name="change"><div class="field">…</div></div>
import { application, Controller } from "../../web/js/application.js"

application.register("ticking", class extends Controller {
  connect() {
    this.element.addEventListener("input", (event) => {
      const tick = event.target.closest(".ticked")?.querySelector("input[name=change]")
      if (!tick || event.target === tick || tick.checked) return
      tick.checked = true
      tick.dispatchEvent(new Event("input", { bubbles: true }))
    })
  }
})
