"""PostgreSQL as Django knows it; nobody waits for a server that does not answer any more (`frozen.py`), and what is
asked again and again is planned once (`base.py`).
"""
