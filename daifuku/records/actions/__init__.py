"""The write door of every record: create, edit, trash, restore, and their many-forms."""

from daifuku.records.actions.creating import create
from daifuku.records.actions.editing import edit
from daifuku.records.actions.many import edit_many, restore_many, trash_many
from daifuku.records.actions.rows import RowChange, change_rows, create_many
from daifuku.records.actions.trashing import restore, trash

__all__ = [
    "RowChange", "change_rows", "create", "create_many", "edit", "edit_many", "restore", "restore_many", "trash",
    "trash_many",
]  # fmt: skip
