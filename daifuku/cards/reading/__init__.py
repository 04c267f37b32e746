"""Reads name cards from pictures on this machine: `read` gives a reading per card with a proposal for each field.

Knows no models and no database. Loading the engine takes some hundred megabytes: the command line calls `read`, the
worker `read_apart` (the same in a process of its own), the web process neither.
"""

from __future__ import annotations

from daifuku.cards.reading.apart import read_apart
from daifuku.cards.reading.engine import available
from daifuku.cards.reading.reader import read
from daifuku.cards.reading.results import FIELDS, Box, Line, NotAPicture, Proposal, Reading

__all__ = ["FIELDS", "Box", "Line", "NotAPicture", "Proposal", "Reading", "available", "read", "read_apart"]
