"""The verbs of duties: owed, fulfilled, excused, put off, handed on."""

from daifuku.duties.actions.excusing import decline, excuse, plead
from daifuku.duties.actions.fulfilling import fulfil, fulfil_many
from daifuku.duties.actions.owing import Owed, owe, owe_many, release

__all__ = ["Owed", "decline", "excuse", "fulfil", "fulfil_many", "owe", "owe_many", "plead", "release"]
