"""What can be done with voices beyond what every record knows: pick one out of a talk, take it on, answer it."""

from daifuku.voices.actions.answering import answer, take
from daifuku.voices.actions.picking import pick

__all__ = ["answer", "pick", "take"]
