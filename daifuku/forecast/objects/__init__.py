"""What its records are."""
