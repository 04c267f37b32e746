"""What can be done with deals and processes beyond what every record knows."""

from daifuku.deals.actions.moving import follow_document, lose, move

__all__ = ["follow_document", "lose", "move"]
