"""What can be done with deals and processes beyond what every record knows."""

from daifuku.deals.actions.following import follow
from daifuku.deals.actions.moving import lose, move

__all__ = ["follow", "lose", "move"]
