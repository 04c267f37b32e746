// A button that prints the page.
//   <button type="button" data-controller="print-page" data-action="print-page#print">
import { application, Controller } from "../../web/js/application.js"

application.register("print-page", class extends Controller {
  print() { window.print() }
})
