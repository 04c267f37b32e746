"""Records and lines of the ledger as JSON for one person: for the API, and for servers that are told of them."""
