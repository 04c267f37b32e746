// Edits the lines of a paper: rows come and go, move, count, and take over what was picked from the products.
//   <div data-controller="lines" data-lines-name-value="lines" data-lines-most-value="200" data-lines-suggest-value="/quotes/products/">
//     <ol data-lines-target="rows"> <li data-lines-target="row"> inputs named NAME.PLACE.part with data-part="part" </ol>
//     <template data-lines-target="sample"> <span data-lines-target="adding" hidden> <output data-lines-target="sum">
// The address answers {products: [{code, name, spec, unit, price, tax_class, cost, uid, note}]} to ?q=, account=, quantity=.
import { application, Controller } from "../../web/js/application.js"
import { Latest } from "../../web/js/latest.js"

const number = (text) => Number(String(text).normalize("NFKC").replace(/[,¥円%\s]/g, "")) || 0
// crypto.randomUUID is missing where the server is reached without TLS.
const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
const commas = (value) => Math.trunc(value).toLocaleString("ja-JP")

application.register("lines", class extends Controller {
  static targets = ["rows", "row", "sample", "adding", "tools", "sum"]
  static values = { name: String, most: Number, suggest: String }
  latest = new Latest()

  connect() {
    this.next = 1 + Math.max(-1, ...this.rowTargets.map((row) => Number(this.#part(row, "kind").name.split(".").at(-2))))
    this.addingTarget.hidden = false
    this.keys = this.keys.bind(this)
    this.rowsTarget.addEventListener("keydown", this.keys)
    this.#putBack()
    this.count()
    // On a slow line somebody types before this file is there.
    const typing = document.activeElement
    if (typing?.dataset.part === "name" && this.element.contains(typing)) this.look({ target: typing })
  }

  rowTargetConnected(row) {
    row.querySelector("[data-lines-target=tools]").hidden = false
    this.#dress(row)
  }

  add({ params }) {
    const row = this.#add(params.kind)
    if (row) this.#part(row, params.kind === "subtotal" ? "kind" : "name").focus()
  }

  #add(kind = "goods", after = null) {
    if (this.rowTargets.length >= this.mostValue) return null
    const row = this.sampleTarget.content.firstElementChild.cloneNode(true)
    for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace(/\.9999\./, `.${this.next}.`)
    this.next += 1
    this.#part(row, "id").value = newId()
    this.#part(row, "kind").value = kind
    if (kind === "discount") this.#part(row, "tax_class").value = ""
    const blank = !after && this.rowTargets.findLast((each) => this.#filled(each))
    after ? after.after(row) : blank ? blank.after(row) : this.rowsTarget.append(row)
    this.#dress(row)
    return row
  }

  turn({ target }) {
    const row = target.closest(".line-row")
    if (target.value === "discount") this.#part(row, "tax_class").value = ""
    else if (!this.#part(row, "tax_class").value) this.#part(row, "tax_class").value = "standard"
    this.#dress(row)
    this.#told()
  }

  up({ target }) { this.#move(target.closest(".line-row"), -1, target) }
  down({ target }) { this.#move(target.closest(".line-row"), 1, target) }

  remove({ target }) {
    const row = target.closest(".line-row")
    const beside = row.nextElementSibling ?? row.previousElementSibling
    row.remove()
    if (!this.rowTargets.length) this.#add()
    ;(beside?.isConnected ? this.#part(beside, "name") : this.rowsTarget.querySelector("[data-part=name]"))?.focus()
    this.#told()
  }

  // Enter goes on, at the end of a row to the next one; the form is sent by its button and Ctrl+Enter.
  keys(event) {
    if (event.isComposing) return
    const row = event.target.closest(".line-row")
    if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
      event.preventDefault()
      return this.#move(row, event.key === "ArrowUp" ? -1 : 1, event.target)
    }
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.defaultPrevented || !event.target.matches("input")) return
    event.preventDefault()
    const fields = [...row.querySelectorAll("input:not([type=hidden])")].filter((each) => each.offsetParent)
    const onward = fields[fields.indexOf(event.target) + 1]
    if (onward) return onward.select()
    const below = row.nextElementSibling ?? this.#add("goods", row)
    this.#part(below, "name")?.focus()
  }

  #move(row, step, focused) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling
    if (!other) return
    step < 0 ? other.before(row) : other.after(row)
    focused.focus()
    this.#number()
    this.#told()
  }

  // The order of rows is that of the numbers in their names.
  #number() {
    this.rowTargets.forEach((row, place) => {
      for (const field of row.querySelectorAll("[name]")) field.name = field.name.replace(/\.\d+\.(\w+)$/, `.${place}.$1`)
    })
    this.next = this.rowTargets.length
  }

  count() {
    let sum = 0
    for (const row of this.rowTargets) {
      const kind = this.#part(row, "kind").value, price = number(this.#part(row, "unit_price").value)
      const quantity = this.#part(row, "quantity").value.trim() === "" ? 1 : number(this.#part(row, "quantity").value)
      const kept = 1 - number(this.#part(row, "discount").value) / 100
      const amount = kind === "goods" ? Math.trunc(Number((quantity * price * kept).toFixed(6))) : kind === "discount" ? -Math.abs(Math.trunc(price)) : 0
      sum += amount
      this.#part(row, "amount").value = ["goods", "discount"].includes(kind) && this.#filled(row) ? commas(amount) : ""
    }
    this.sumTarget.value = commas(sum)
  }

  look({ target }) {
    clearTimeout(this.waiting)
    const row = target.closest(".line-row")
    if (!this.suggestValue || this.#part(row, "kind").value !== "goods" || !target.value.trim()) return this.#close()
    this.waiting = setTimeout(() => this.#ask(row, target), 150)
  }

  async #ask(row, input) {
    const address = new URL(this.suggestValue, location)
    address.searchParams.set("q", input.value)
    address.searchParams.set("account", this.element.closest("form")?.elements["account.uid"]?.value ?? "")
    address.searchParams.set("quantity", this.#part(row, "quantity").value)
    const found = await this.latest.ask(address, "json")
    if (!found || document.activeElement !== input) return
    const { products } = found
    this.#close()
    if (!products.length) return
    const list = document.createElement("span")
    list.className = "options"
    list.id = `${this.element.id}_products`
    list.setAttribute("role", "listbox")
    for (const product of products) list.append(this.#option(product, row))
    input.after(list)
    input.setAttribute("aria-controls", list.id)
    input.setAttribute("aria-expanded", "true")
    this.list = list
  }

  #option(product, row) {
    const option = document.createElement("button")
    option.type = "button"
    option.setAttribute("role", "option")
    option.textContent = product.name
    const small = document.createElement("small")
    small.textContent = product.words
    option.append(small)
    option.take = () => this.#take(product, row)
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); option.take() })
    return option
  }

  pick(event) {
    if (event.isComposing || !this.list) return
    const options = [...this.list.children], now = options.findIndex((each) => each.getAttribute("aria-selected") === "true")
    if (event.key === "Escape") { event.stopPropagation(); return this.#close() }
    if (event.key === "Enter" && now >= 0) { event.preventDefault(); return options[now].take() }
    if (event.altKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return
    event.preventDefault()
    const next = options.at((now + (event.key === "ArrowDown" ? 1 : now < 0 ? 0 : -1)) % options.length)
    for (const each of options) each.setAttribute("aria-selected", each === next)
    next.scrollIntoView({ block: "nearest" })
  }

  leave() { this.#close() }

  #take(product, row) {
    for (const [part, value] of Object.entries({ name: product.name, code: product.code, spec: product.spec, unit: product.unit, unit_price: product.price, tax_class: product.tax_class, cost: product.cost, product: product.uid }))
      if (this.#part(row, part) && value !== undefined && value !== "") this.#part(row, part).value = value
    this.#close()
    this.#told()
    this.#part(row, "quantity").select()
  }

  #close() {
    clearTimeout(this.waiting)
    this.latest.forget()
    this.list?.previousElementSibling?.setAttribute("aria-expanded", "false")
    this.list?.remove()
    this.list = null
  }

  // Rows that were added before a crash are not in the page: they are made anew from what the tab has kept.
  #putBack() {
    const form = this.element.closest("form"), key = form?.dataset.keepTypingKeyValue
    if (!key || form.hasAttribute("data-refused")) return
    for (const [name, value] of JSON.parse(sessionStorage.getItem(`typed:${key}`) ?? "[]")) {
      const [whose, place, part] = name.split(".")
      if (whose !== this.nameValue || !part) continue
      while (!form.elements[name] && Number(place) >= this.next && this.#add("goods", this.rowTargets.at(-1))) continue
      if (form.elements[name]) form.elements[name].value = value
    }
    for (const row of this.rowTargets) this.#dress(row)
  }

  #dress(row) { row.dataset.kind = this.#part(row, "kind").value }
  #filled(row) { return ["name", "unit_price"].some((part) => this.#part(row, part).value.trim()) }
  #part(row, part) { return row.querySelector(`[data-part="${part}"]`) }

  #told() {
    this.count()
    this.element.dispatchEvent(new Event("input", { bubbles: true }))
  }
})
