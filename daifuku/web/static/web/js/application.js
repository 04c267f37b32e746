// The one Stimulus application. A behaviour is a file that imports this and registers itself.
import { Application, Controller } from "../vendor/stimulus-3.2.2.js"

export { Controller }
export const application = Application.start()
