"""The voice as an object of the catalogue."""
