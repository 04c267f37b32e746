// Asks the device for a passkey and sends what it signs with the form that it stands in.
//   <form data-controller="passkey" data-action="passkey#sign" data-passkey-address-value="where the question comes from">
//     <input type="hidden" name="credential" data-passkey-target="credential">
// Instead of an address the question may stand in the page: data-passkey-question-value="{...}".
// data-action="passkey#make" makes a new passkey of a question that asks for one.
import { application, Controller } from "../../web/js/application.js"

application.register("passkey", class extends Controller {
  static targets = ["credential", "trouble"]
  static values = { address: String, question: Object }

  sign(event) {
    this.#ask(event, (question) => navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(question.request_options.publicKey),
    }))
  }

  make(event) {
    this.#ask(event, (question) => {
      const options = structuredClone(question.creation_options.publicKey)
      options.authenticatorSelection = { ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" }
      return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    })
  }

  async #ask(event, answer) {
    if (this.credentialTarget.value) return
    event.preventDefault()
    try {
      const credential = await answer(await this.#question())
      this.credentialTarget.value = JSON.stringify(credential.toJSON())
      this.element.requestSubmit(event.submitter)
    } catch (error) {
      this.troubleTarget.hidden = false
    }
  }

  async #question() {
    if (!this.hasAddressValue) return this.questionValue
    const response = await fetch(this.addressValue, { headers: { Accept: "application/json" } })
    if (!response.ok) throw new Error(response.status)
    return response.json()
  }
})
