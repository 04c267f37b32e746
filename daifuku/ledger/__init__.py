"""The ledger: everything that happens is a line here, sealed in a chain."""
