"""What can be done with plans beyond what every record knows: finish, cancel, postpone, move."""

from daifuku.activities.actions.calling_off import cancel, postpone
from daifuku.activities.actions.finishing import finish
from daifuku.activities.actions.moving import move

__all__ = ["cancel", "finish", "move", "postpone"]
