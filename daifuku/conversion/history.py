"""What became of a lead, and of which leads a customer came."""

from __future__ import annotations

from typing import Any

from daifuku.conversion.models import Conversion
from daifuku.customers.models import Lead
from daifuku.foundation.sql.prepared import Prepared
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
    shown = record is not None and record.trashed_at is None and sees(viewer, record, "view")
    return record if shown else None
