"""The deal as an object of the catalogue."""
