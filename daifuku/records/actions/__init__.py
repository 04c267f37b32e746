"""The write door of every record: create, edit, trash, restore, and their many-forms."""

from daifuku.records.actions.creating import create
from daifuku.records.actions.editing import edit
from daifuku.records.actions.many import create_many, edit_many, restore_many, trash_many
from daifuku.records.actions.trashing import restore, trash

__all__ = ["create", "create_many", "edit", "edit_many", "restore", "restore_many", "trash", "trash_many"]
