// A button that prints the page.
//   <button type="button" data-controller="print" data-action="print#print">印刷</button>
import { application, Controller } from "../../web/js/application.js"

application.register("print", class extends Controller {
  print() { window.print() }
})
