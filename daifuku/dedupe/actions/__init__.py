"""The verbs of this room."""

from daifuku.dedupe.actions.deciding import keep_apart, note_merged, rejoin
from daifuku.dedupe.actions.settling import edit_setup

__all__ = ["edit_setup", "keep_apart", "note_merged", "rejoin"]
