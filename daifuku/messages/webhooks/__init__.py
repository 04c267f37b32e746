"""Other servers are told what happens: each line of the ledger in order, signed, again and again until it arrives."""
