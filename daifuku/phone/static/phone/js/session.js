// Who is signed in, as the server says it now. Throws where there is no signal.
const LONGEST = 20_000

export class NoSignal extends Error {}

// The server is there, and wants something else first: a second factor, say.
export class AtTheDoor extends NoSignal {}

export async function ask(address, options = {}) {
  const told = { redirect: "manual", cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(options.longest ?? LONGEST), ...options }
  try {
    return await fetch(address, told)
  } catch (error) {
    throw new NoSignal(String(error))
  }
}

// {person, csrf, ended, now}
export async function signedIn() {
  const answer = await ask(document.body.dataset.signedIn)
  if (!answer.ok) throw new NoSignal(String(answer.status))
  return answer.json().catch((error) => { throw new NoSignal(String(error)) })
}
