"""How an entry counts, and until when it was due for somebody who is not always there."""

from __future__ import annotations

from django.utils import timezone

from daifuku.duties.models import Duty, State
from daifuku.duties.working import Calendar

# Away, and nobody knows until when: `Duty.why` says it in words.
AWAY = "away"


def judge(duty: Duty) -> State:
    """On time or late, once something was entered."""
    entered = duty.entered
    if entered is None:
        return State.OPEN
    return State.ON_TIME if entered <= duty.due_at else State.LATE


def set_due(duty: Duty, calendar: Calendar) -> None:
    """Puts the deadline where the owner is at work; without an end of his absence nothing is expected of him."""
    due = calendar.due(duty.owner_id, duty.first_due_at)
    duty.due_at = due or duty.first_due_at
    duty.due_on = timezone.localdate(duty.due_at)
    if due is None and duty.state == State.OPEN:
        duty.state, duty.reason = State.EXCUSED, AWAY
    elif due is not None and duty.state == State.EXCUSED and duty.reason == AWAY:
        duty.state, duty.reason = judge(duty), ""
