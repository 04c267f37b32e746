// What this page knows just now. `skew`: how far the phone's clock is behind the server's.
export const here = { person: null, data: null, session: null, skew: 0, signal: true }

export const now = () => Date.now() + here.skew
