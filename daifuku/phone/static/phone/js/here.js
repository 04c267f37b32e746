// What this page knows just now. `asked`: the server was asked once at least. `skew`: how
// far the phone's clock is behind the server's.
export const here = { person: null, data: null, session: null, asked: false, skew: 0 }

export const now = () => Date.now() + here.skew
