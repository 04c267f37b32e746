"""What was expected was entered. It follows from the entry, whose line stands in the ledger: none is written here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from daifuku.duties.judging import judge
from daifuku.duties.models import Duty, State
from daifuku.foundation.errors import NotFound
from daifuku.foundation.sql.updating import update_many
from daifuku.ledger import channel
from daifuku.ledger import writing as ledger
from daifuku.staff.models import Person

DONE = ["done_at", "entered_at", "done_by", "state"]


def fulfil(
    duty: Duty | str, *, by: Person | None, at: datetime | None = None, entered_at: datetime | None = None
) -> Duty:
    """Entered at `at` (now), which the phone's own time replaces where it had no signal. Once: the first entry counts.

    Of an excused duty the entry is noted, and it stays excused. Raises NotFound for a key that is not known.
    """
    key = duty if isinstance(duty, str) else duty.key
    with ledger.writing():
        held = Duty.objects.select_for_update().filter(key=key).first()
        if held is None:
            raise NotFound
        if held.done_at is None:
            _put(held, by, at, entered_at)
            held.save(update_fields=DONE)
    return held


def fulfil_many(
    keys: Iterable[str], *, by: Person | None, at: datetime | None = None, entered_at: datetime | None = None
) -> int:
    """Those of these keys that are not entered yet; what is not known is passed over."""
    with ledger.writing():
        held = list(Duty.objects.select_for_update().filter(key__in=list(keys), done_at__isnull=True))
        for duty in held:
            _put(duty, by, at, entered_at)
        update_many(held, DONE)
    return len(held)


def reopen(keys: Iterable[str]) -> int:
    """The entry was taken back: it is expected as before."""
    with ledger.writing():
        rows = Duty.objects.filter(key__in=list(keys), done_at__isnull=False)
        rows.filter(state__in=(State.ON_TIME, State.LATE)).update(state=State.OPEN)
        return int(
            Duty.objects.filter(key__in=list(keys)).update(done_at=None, entered_at=None, done_by=None)
        )


def _put(duty: Duty, by: Any, at: datetime | None, entered_at: datetime | None) -> None:
    duty.done_at = at or channel.moment()
    duty.entered_at = entered_at or channel.entered_at()
    duty.done_by = by
    if duty.state == State.OPEN:
        duty.state = judge(duty)
