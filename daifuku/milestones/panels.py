"""What stands on the pages of deals and orders: their milestones, and the sets that fit them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.deals.objects.deal import DEAL
from daifuku.foundation.reversing import url_of
from daifuku.milestones import plans
from daifuku.milestones.ahead import described
from daifuku.milestones.models import Milestone
from daifuku.orders.objects.order import ORDER
from daifuku.records.catalogue.panel import Panel
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer


def register() -> None:
    for object_type, place in ((DEAL, 6), (ORDER, 4)):
        object_type.panels.append(
            Panel("milestones", _("節目"), "milestones/panels/milestones.html", of_record, "main", place)
        )


def of_record(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    """Of a deal also those of its orders, of an order also those of its deal."""
    if not viewer.may("milestone", "view"):
        return None
    today = timezone.localdate()
    of = Q(order=record) if record.object_key == "order" else Q(deal=record)
    if record.object_key == "order" and record.deal_id is not None:
        of |= Q(deal=record.deal_id, order__isnull=True)
    rows = Milestone.objects.visible_to(viewer).filter(of).select_related("account", "deal", "order", "owner")
    found = described(list(rows.order_by("due_on", "pk")[:60]), viewer, today)
    may = record.trashed_at is None and viewer.may("milestone", "create") and sees(viewer, record, "edit")
    if not found and not may:
        return None
    words = {record.object_key: str(record.uid)}
    if record.owner is not None:
        words["owner"] = str(record.owner.uid)
    return {
        "lines": found, "today": today, "done": sum(1 for line in found if line.milestone.done_on), "record": record,
        "plans": plans.for_record(record) if may else [], "may": may,
        "lay": url_of("milestones:lay", record.object_key, record.uid),
        "new": f"{url_of('records:new', 'milestones')}?{urlencode(words)}",
    }  # fmt: skip
