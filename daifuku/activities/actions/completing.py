"""A task is done, or is not done any more."""

from __future__ import annotations

from daifuku.activities.models import Task
from daifuku.activities.models.task import DONE
from daifuku.records.actions import edit
from daifuku.staff.models import Person


def complete(task: Task, *, by: Person, done: bool = True) -> Task:
    """What stands so already is left as it is, so that the same once more changes nothing.

    Raises Forbidden, NotFound, Invalid (a rule of the firm wants something first).
    """
    if task.is_done == done:
        return task
    changed: Task = edit(task, {"state": DONE if done else "open"}, by=by)
    return changed
