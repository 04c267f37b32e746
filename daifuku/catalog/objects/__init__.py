"""Products and prices as objects of the catalogue."""
