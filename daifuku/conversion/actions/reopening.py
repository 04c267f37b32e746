"""再見込み: after a pause somebody is a lead again, a new one that knows the one from before."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from daifuku.conversion import history
from daifuku.conversion.mapping import fitting
from daifuku.conversion.mapping.rules import PLAIN, Rule, version
from daifuku.conversion.models import Conversion
from daifuku.conversion.models.setup import setup
from daifuku.conversion.who import need_converting
from daifuku.conversion.writing import make
from daifuku.customers.models import Lead
from daifuku.foundation.errors import Conflict, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records.actions.editing import locked
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Refused
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

# They tell of how it went the last time.
NOT_AGAIN = ("status", "first_contact_on", "owner")


def reopen(lead: Lead, *, by: Person) -> Lead:
    """The new lead, with what is known today of the person and the firm. Pressed twice it is the same one.

    Raises Conflict (never converted), Forbidden, NotFound.
    """
    viewer = viewer_of(by)
    need_converting(viewer, setup())
    with ledger.writing():
        lead = locked(lead, viewer, "edit")
        known = history.of_lead(lead)
        if known is None:
            raise Conflict(_("取引を開始していない見込み客です。"), code="not_converted")
        again: Lead | None = Lead.plain.filter(
            earlier=lead, converted_at__isnull=True, trashed_at__isnull=True
        ).first()
        if again is not None:
            return again
        about = [ledger.About("lead", lead.pk)]
        event = ledger.record("lead.reopened", by=by, about=about)
        with through(cause=event):
            new: Lead = make("lead", _values(lead, known, viewer), {}, by=by, viewer=viewer)
            new.earlier = lead
            new.save(update_fields=["earlier"])
    return new


def made_by(event: Event) -> Lead:
    """The lead that this reopening made. Raises NotFound."""
    found: Lead | None = (
        Lead.plain.filter(earlier_id__in=event.subjects.values("record_id")).order_by("-pk").first()
    )
    if found is None:
        raise NotFound
    return found


def _values(lead: Lead, known: Conversion, viewer: Viewer) -> dict[str, Any]:
    """The old lead's, and over them what account and contact say today."""
    fields = vocabulary.fields_of("lead")
    values = {
        key: field.get(lead)
        for key, field in fields.items()
        if field.editable and key not in NOT_AGAIN and not field.type.is_empty(field.get(lead))
    }
    book = version(known.mapping)
    for rule in reversed(book.rules if book else ()):
        value = _today(rule, known, viewer)
        if value is not None:
            values[rule.source] = value
    owner = known.account.owner if known.account else known.contact.owner if known.contact else None
    return {**values, "owner": owner or lead.owner}


def _today(rule: Rule, known: Conversion, viewer: Viewer) -> Any:
    """What the customer's record says now, where that is the same kind of thing; only of what this person may see."""
    record = known.record(rule.object) if rule.object != "deal" else None
    if record is None or record.trashed_at is not None or rule.how != PLAIN or rule.values or rule.broken:
        return None
    if not sees(viewer, record, "view"):
        return None
    source, target = vocabulary.fields_of("lead")[rule.source], vocabulary.fields_of(rule.object)[rule.target]
    value = target.get(record)
    if target.type.is_empty(value) or not fitting.fit(target, source).possible:
        return None
    try:
        return fitting.carried(Rule(rule.target, "lead", rule.source), target, source, value)
    except Refused:
        return None
