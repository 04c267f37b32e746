"""Orders, their lines, deliveries and purchases as objects of the catalogue."""
