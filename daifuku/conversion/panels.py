"""On a lead: begin, or what became of it; on account, contact and deal: of which lead they came."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.conversion import history
from daifuku.conversion.actions.taking_back import may_take_back
from daifuku.conversion.by_rule import KIND
from daifuku.conversion.history import MOST, OF, OF_LEAD
from daifuku.conversion.models.setup import setup
from daifuku.conversion.who import may_begin, may_convert
from daifuku.customers.models import Lead
from daifuku.foundation.reversing import url_of
from daifuku.messages.sharing import own
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.panel import Panel
from daifuku.records.saved_views import Shipped, more
from daifuku.records.scope import seen_by_keys, sees
from daifuku.staff.viewer import Viewer

CONVERTED = Shipped(
    "converted", _("取引を開始したもの"), "-converted_at",
    {"all": [{"field": "converted_at", "op": "filled"}]}, late=True,
)  # fmt: skip


def register() -> None:
    registry.get("lead").panels.append(
        Panel(
            "conversion", _("取引の開始"), "conversion/panels/lead.html", of_lead, "head", 2,
            lambda lead, viewer: [OF_LEAD.told(lead.pk)] if lead.converted_at else [],
        )
    )  # fmt: skip
    for key in ("account", "contact", "deal"):
        registry.get(key).panels.append(
            Panel(
                "from_lead", _("元の見込み客"), "conversion/panels/from_lead.html", from_lead, "side", 65,
                lambda record, viewer: [OF[record.object_key].told(record.pk)],
            )
        )  # fmt: skip
    own.PERSONAL |= {KIND: _("見込み客の取引が自動で開始されたとき")}
    if CONVERTED not in more.get("lead", ()):
        more["lead"] = (*more.get("lead", ()), CONVERTED)


def of_lead(lead: Lead, viewer: Viewer) -> dict[str, Any] | None:
    earlier = lead.earlier if lead.earlier_id and sees(viewer, lead.earlier, "view") else None
    if lead.converted_at is None:
        begin = url_of("conversion:convert", lead.uid) if may_convert(lead, viewer, setup()) else ""
        return {"begin": begin, "earlier": earlier} if begin or earlier else None
    conversion = history.of_lead(lead)
    if conversion is None:
        return None
    again = Lead.plain.filter(earlier=lead, trashed_at__isnull=True).order_by("-pk").first()
    may = may_begin(viewer, setup()) and sees(viewer, lead, "edit")
    return {
        "conversion": conversion, "results": _results(conversion, viewer), "earlier": earlier,
        "may_back": may and may_take_back(conversion, viewer), "may_again": may,
        "again": again if again is not None and sees(viewer, again, "view") else None,
    }  # fmt: skip


def _results(conversion: Any, viewer: Viewer) -> list[tuple[str, Any]]:
    """Each with its kind; None in the place of what this person may not see."""
    found = []
    for key in conversion.OBJECTS:
        record = conversion.record(key)
        if record is not None and viewer.may(key, "view"):
            found.append((registry.get(key).name, record if sees(viewer, record, "view") else None))
    return found


def from_lead(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    rows = history.of(record)
    if not rows or not viewer.may("lead", "view"):
        return None
    seen = seen_by_keys(Lead, [row.lead_id for row in rows], viewer, trashed=True)
    return {"rows": [(row, seen.get(row.lead_id)) for row in rows[:MOST]], "more": len(rows) > MOST}
