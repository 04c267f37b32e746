"""The quote as an object of the catalogue."""
