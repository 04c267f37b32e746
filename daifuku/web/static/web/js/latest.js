// Asks the server while somebody types. Only the answer to the last question counts: an earlier one may come later than
// it, also when he has chosen or left meanwhile. Without a connection there is no answer; the next letter asks again.
//   const found = await this.latest.ask(address, "text" | "json", headers)   null where none came or none counts any more
//   this.latest.forget()
export class Latest {
  async ask(address, read, headers = {}) {
    this.forget()
    const asked = (this.asked = new AbortController())
    try {
      const response = await fetch(address, { headers, signal: asked.signal })
      const found = response.ok ? await response[read]() : null
      return asked.signal.aborted ? null : found
    } catch {
      return null
    }
  }

  forget() {
    this.asked?.abort()
  }
}
