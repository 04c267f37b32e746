"""On a lead's page: who has it and why, who was passed over; in the menu: where distribution is found."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.customers.objects.lead import LEAD
from daifuku.distribution.models import Decision
from daifuku.distribution.models.decision import State
from daifuku.distribution.views.verbs import ask_many
from daifuku.distribution.who import may_distribute
from daifuku.distribution.words import lines_of, state_colour
from daifuku.foundation import menu
from daifuku.foundation.sql.prepared import Prepared
from daifuku.messages.sharing import own
from daifuku.records.catalogue.panel import Panel
from daifuku.records.views import many
from daifuku.staff.viewer import Viewer

LATEST = Prepared(
    lambda lead: (
        Decision.objects.filter(lead_id=lead).select_related("person", "team", "rule").order_by("-pk")[:1]
    )
)


def register() -> None:
    LEAD.panels.append(
        Panel(
            "distribution", _("振り分け"), "distribution/panel.html", distribution, "side", 15,
            lambda lead, viewer: [LATEST.told(lead.pk)],
        )
    )  # fmt: skip
    many.offer(many.More("distribute", "lead", _("振り分ける"), "send", may_distribute), ask_many)
    menu.add(
        menu.Entry(
            "main", _("リードの振り分け"), "distribution:queue", "send", 75, object="lead", action="edit"
        ),
        menu.Entry(
            "settings.records", _("リードの振り分け"), "distribution:settings", "send", 19, power="settings",
            help=_("だれに渡すか、入力率で外す基準、順番待ちと戻すまでの時間"),
        ),
    )  # fmt: skip
    own.PERSONAL |= {
        "distribution.given": _("リードが自分に振り分けられたとき"),
        "distribution.standing": _("入力率で割り当てが止まったとき・再開したとき"),
    }


def distribution(lead: Any, viewer: Viewer) -> dict[str, Any] | None:
    over = lead.trashed_at is not None or lead.converted_at is not None
    rows, may = LATEST(lead.pk), may_distribute(viewer) and not over
    if over and rows and rows[0].state == State.WAITING:
        rows = []
    if not rows and not may:
        return None
    lines = lines_of(rows, viewer) if rows else []
    line = lines[0] if lines else None
    return {"line": line, "may": may, "colour": state_colour(line.decision) if line else ""}
