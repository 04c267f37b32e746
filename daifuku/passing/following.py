"""What else happens to a lead that waits for an answer: somebody takes it, gives it to another, begins trading."""

from __future__ import annotations

from typing import Any

from daifuku.ledger.channel import moment
from daifuku.passing.actions.answering import note_answer
from daifuku.passing.models import Handing, State
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person


def follow_owners(saved: Saved, by: Person | None) -> None:
    """After a save by hand: who takes it out of the queue has accepted it; given to somebody else, that one must
    answer."""
    owners = {lead.pk: lead.owner_id for lead, changed in saved if "owner" in changed and lead.version > 1}
    if not owners:
        return
    for handing in Handing.objects.filter(lead__in=owners, state=State.WAITING):
        owner = owners[handing.lead_id]
        if owner == handing.person_id:
            continue
        if handing.person_id is None and by is not None and owner == by.pk:
            handing.state, handing.answered_at, handing.answered_by = State.ACCEPTED, moment(), by
        elif owner == handing.before_id:
            handing.state, handing.answered_at, handing.answered_by = State.WITHDRAWN, moment(), by
        handing.person_id = owner
        handing.save()


def follow_beginnings(saved: Saved, by: Person | None) -> None:
    """Whoever begins trading with it has taken it; whoever passed it on has taken it back."""
    begun = [
        lead.pk for lead, changed in saved if "converted_at" in changed and lead.converted_at is not None
    ]
    if not begun or by is None:
        return
    waiting = Handing.objects.filter(lead__in=begun, state=State.WAITING)
    for handing in waiting.select_related("lead", "person").order_by("pk"):
        if by.pk in {handing.by_id, handing.before_id} and by.pk != handing.person_id:
            handing.state, handing.answered_at, handing.answered_by = State.WITHDRAWN, moment(), by
            handing.save()
            continue
        handing.person = handing.person or by
        note_answer(handing, State.ACCEPTED, by, {})


def forget_words(record: Any, by: Person) -> None:
    """In the transaction of an erasure: what was written about the customer goes, the figures stay."""
    if record.object_key == "lead":
        Handing.objects.filter(lead=record).update(note="", answer="")
