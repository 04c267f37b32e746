"""What became of a lead, and of which leads a customer came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from daifuku.conversion.models import Conversion
from daifuku.customers.models import Lead
from daifuku.foundation.portions import portions
from daifuku.foundation.sql.prepared import Prepared
from daifuku.records.absorbing import survivor_of, survivors
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

MOST = 5
_LINKED = ("lead", "account", "contact", "deal", "by")
OF_LEAD = Prepared(
    lambda lead: Conversion.objects.filter(lead_id=lead, undone_at__isnull=True).select_related(*_LINKED)
)
OF = {
    key: Prepared(
        lambda record, key=key: (
            Conversion.objects.filter(**{f"{key}_id": record}, undone_at__isnull=True)
            .select_related(*_LINKED)
            .order_by("-at", "-pk")[: MOST + 1]
        )
    )
    for key in Conversion.OBJECTS
}


def of_lead(lead: Lead) -> Conversion | None:
    """The one that counts."""
    found: Conversion | None = OF_LEAD.first(lead.pk)
    return found


def was_taken_back(lead: Lead) -> bool:
    """Whoever presses twice is told so, and not that there is nothing."""
    return Conversion.objects.filter(lead=lead, undone_at__isnull=False).exists()


def of(record: Any) -> list[Conversion]:
    """The latest of those by which this account, contact or deal came, or was added to."""
    rows: list[Conversion] = OF[record.object_key](record.pk)
    return rows


def before_the_pause(lead: Lead, object_key: str, viewer: Viewer) -> Any:
    """The account or contact that it was before it became a lead again; None where there is none to be seen."""
    if lead.earlier_id is None:
        return None
    known = Conversion.objects.filter(lead_id=lead.earlier_id, undone_at__isnull=True)
    row = known.select_related(object_key).first()
    record = row.record(object_key) if row else None
    if record is not None and record.trashed_at is not None:
        record = survivor_of(record)
    shown = record is not None and record.trashed_at is None and sees(viewer, record, "view")
    return record if shown else None


def customers_before(leads: Collection[int] | None) -> Iterator[tuple[int, str, int]]:
    """Of these leads, or of all, those that are leads again: (lead, object, key) of every account and contact that they
    have been, however many pauses ago; of merged ones what they went into."""
    again = Lead.plain.filter(earlier__isnull=False, converted_at__isnull=True, trashed_at__isnull=True)
    rows = again if leads is None else again.filter(pk__in=leads)
    for portion in portions(list(rows.order_by("pk").values_list("pk", "earlier_id"))):
        found = list(_customers(portion))
        for key in ("account", "contact"):
            now = survivors(key, {record for _lead, kind, record in found if kind == key})
            yield from ((lead, key, now[record]) for lead, kind, record in found if kind == key)


def _customers(again: Collection[tuple[int, int]]) -> Iterator[tuple[int, str, int]]:
    met = set[int]()
    while again:
        leads = defaultdict[int, list[int]](list)
        for lead, before in again:
            leads[before].append(lead)
        rows = Conversion.objects.filter(lead_id__in=leads, undone_at__isnull=True)
        for before, account, contact in rows.values_list("lead_id", "account_id", "contact_id"):
            for lead in leads[before]:
                yield from ((lead, "account", account),) if account else ()
                yield from ((lead, "contact", contact),) if contact else ()
        met |= leads.keys()
        older = Lead.plain.filter(pk__in=leads, earlier__isnull=False).exclude(earlier__in=met)
        again = [
            (lead, earliest)
            for before, earliest in older.values_list("pk", "earlier_id")
            for lead in leads[before]
        ]
