"""The wording by which customers are told of the new person in charge."""

from __future__ import annotations

from daifuku.foundation.errors import ChangedSince
from daifuku.handover import notice
from daifuku.handover.actions.arranging import about, held_for
from daifuku.handover.models import Handover
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.staff.models import Person


def write_notice(handover: Handover, text: str, *, by: Person, undoes: Event | None = None) -> Handover:
    """Empty is the shipped wording again. Raises Invalid, Forbidden, NotFound."""
    words = notice.cleaned(text)
    with ledger.writing():
        held = held_for(handover, by)
        old, held.notice = held.notice, words
        if old == words and undoes is None:
            return held
        held.save(update_fields=["notice"])
        data = {"handover": str(held.uid), "old": old, "text": words}
        ledger.record("handover.notice_written", by=by, about=about(held), data=data, undoes=undoes)
    return held


def undo_notice(event: Event, by: Person) -> Undone:
    held = Handover.objects.get(uid=event.data["handover"])
    if held.notice != event.data["text"]:
        raise ChangedSince
    write_notice(held, event.data["old"], by=by, undoes=event)
    return Undone(1)
