"""The verbs: make a recovery key, make a backup, bring one back."""

from daifuku.backups.actions.keys import current_key, make_key
from daifuku.backups.actions.making import ask, make, tidy
from daifuku.backups.actions.restoring import restore

__all__ = ["ask", "current_key", "make", "make_key", "restore", "tidy"]
