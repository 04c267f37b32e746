"""The verbs of this room."""

from daifuku.dedupe.actions.deciding import is_apart, keep_apart, note_merged, rejoin
from daifuku.dedupe.actions.settling import edit_setup

__all__ = ["edit_setup", "is_apart", "keep_apart", "note_merged", "rejoin"]
