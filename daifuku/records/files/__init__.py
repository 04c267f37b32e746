"""What a file is: its kind by its content, its name made harmless, its small picture."""
