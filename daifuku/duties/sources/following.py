"""At once, with the save: whoever talked with a customer has done what the list asked of him."""

from __future__ import annotations

from django.db.models import Case, F, Q, Value, When

from daifuku.duties.finding import leads, quiet
from daifuku.duties.models import Duty, State
from daifuku.ledger.channel import entered_at, moment
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

MOST = 200


def follow_talks(saved: Saved, by: Person) -> None:
    """One UPDATE for a talk. What an import brings in thousands is found by the next morning."""
    new = [talk for talk, _changed in saved if talk.version == 1]
    if not new or len(new) > MOST:
        return
    accounts = {talk.account_id for talk in new} - {None}
    people = {talk.lead_id for talk in new} - {None}
    about = Q()
    if accounts:
        about |= Q(subject_object="account", subject_id__in=accounts, kind=quiet.KIND)
    if people:
        about |= Q(subject_object="lead", subject_id__in=people, kind=leads.KIND)
    if about:
        state = Case(When(state=State.OPEN, then=Value(State.ON_TIME.value)), default=F("state"))
        Duty.objects.filter(about, done_at__isnull=True).update(
            done_at=moment(), entered_at=entered_at(), done_by=by, state=state
        )
