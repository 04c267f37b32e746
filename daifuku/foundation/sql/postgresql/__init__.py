"""PostgreSQL as Django knows it, with an end to waiting for a server that does not answer any more (`base.py`)."""
