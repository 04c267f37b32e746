"""SQLite as Django knows it, which here remembers how it has put a question (`base.py`)."""
