"""What can be done with plans beyond what every record knows: finish, cancel, postpone."""

from daifuku.activities.actions.calling_off import cancel, postpone
from daifuku.activities.actions.finishing import finish

__all__ = ["cancel", "finish", "postpone"]
