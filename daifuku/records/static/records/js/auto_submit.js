// A small form that is sent as soon as something is chosen.
//   <form data-controller="auto-submit"><select data-action="auto-submit#send">
import { application, Controller } from "../../web/js/application.js"

application.register("auto-submit", class extends Controller {
  send() {
    this.element.requestSubmit()
  }
})
