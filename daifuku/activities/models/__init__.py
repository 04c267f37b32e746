"""The rows of activities: talks that happened, plans of what is going to happen, tasks that wait to be done."""

from daifuku.activities.models.feed import Feed
from daifuku.activities.models.plan import Plan
from daifuku.activities.models.series import Series
from daifuku.activities.models.talk import Talk
from daifuku.activities.models.task import Task

__all__ = ["Feed", "Plan", "Series", "Talk", "Task"]
