"""The rows of activities: talks that happened and plans of what is going to happen."""

from daifuku.activities.models.plan import Plan
from daifuku.activities.models.talk import Talk

__all__ = ["Plan", "Talk"]
