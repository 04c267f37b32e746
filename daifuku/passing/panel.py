"""On a lead's page: pass it on, answer, what became of it; in 「今日」 what waits for oneself; the ways there."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.activities import today
from daifuku.customers.objects.lead import LEAD
from daifuku.distribution.clock import worked
from daifuku.distribution.models.setup import setup as distribution_setup
from daifuku.duties.working import Calendar
from daifuku.foundation import menu
from daifuku.ledger.models import Event
from daifuku.messages.sharing import own
from daifuku.passing.models import Handing, setup
from daifuku.passing.readiness import condition_of, is_ready
from daifuku.passing.report import in_words
from daifuku.passing.who import for_me, may_answer
from daifuku.records import undoing
from daifuku.records.actions.taking import may_take
from daifuku.records.catalogue.panel import Panel
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

MOST, SHOWN = 10, 10


def register() -> None:
    LEAD.panels += [
        Panel("handed", _("引き渡された見込み客"), "passing/handed.html", handed, "head", 1),
        Panel("passing", _("営業への引き渡し"), "passing/panel.html", of_lead, "main", 2),
    ]
    LEAD.tools.append(menu.Entry("main", _("営業への引き渡し"), "passing:list", "send", 60, object="lead"))
    menu.add(
        menu.Entry(
            "settings.records", _("営業への引き渡し"), "passing:settings", "send", 20, power="settings",
            help=_("見込み客をいつ、だれに引き渡すか、返事がないときに知らせる時間"),
        )
    )  # fmt: skip
    today.parts.append(("passing/parts/today.html", for_today))
    own.PERSONAL |= {
        "passing.passed": _("見込み客が引き渡されたとき"),
        "passing.answered": _("引き渡した見込み客に返事があったとき"),
    }


def handed(lead: Any, viewer: Viewer) -> dict[str, Any] | None:
    """On top, also on the phone: what this person must answer. Out of a queue it is taken by the button for that."""
    waiting = next((each for each in _of(lead, viewer) if each.is_waiting), None)
    if waiting is None or not may_answer(viewer, waiting):
        return None
    queued = lead.owner_id is None and may_take(viewer, lead)
    return {"each": waiting, "queued": queued, "undo": _undo(waiting, viewer)}


def of_lead(lead: Any, viewer: Viewer) -> dict[str, Any] | None:
    """What waits for others, what there was, whether it may be passed on; nothing where the firm does not use it."""
    rules, found = setup(), _of(lead, viewer)
    waiting = next((each for each in found if each.is_waiting), None)
    editable = lead.trashed_at is None and sees(viewer, lead, "edit")
    ready = rules.on and waiting is None and is_ready(lead, rules, timezone.localdate())
    past = [(each, in_words(each.minutes)) for each in found if not each.is_waiting]
    if waiting is not None and may_answer(viewer, waiting):
        waiting = None
    if waiting is None and not past and not (ready and editable):
        return None
    return {
        "waiting": waiting, "undo": _undo(waiting, viewer) if waiting else None, "may_pass": ready and editable,
        "past": past, "condition": condition_of(rules).sentence(),
    }  # fmt: skip


def _of(lead: Any, viewer: Viewer) -> list[Handing]:
    """The last ones of this lead; both panels ask once."""
    key = f"passing {lead.pk}"
    if key not in viewer.memo:
        rows = Handing.objects.filter(lead=lead.pk).order_by("-pk")
        people = rows.select_related("person", "team", "by", "before", "answered_by")
        viewer.memo[key] = list(people[:MOST])
    return cast("list[Handing]", viewer.memo[key])


def _undo(waiting: Handing, viewer: Viewer) -> Event | None:
    """The line that takes it back, for whoever passed it on or had it."""
    if viewer.pk not in {waiting.by_id, waiting.before_id} and not viewer.has_power("staff"):
        return None
    event = Event.objects.filter(pk=waiting.line or 0).first()
    return event if event is not None and undoing.may_be_undone(event) else None


def for_today(viewer: Viewer, plans: Any, now: datetime) -> dict[str, Any] | None:
    """What this person must answer, the oldest first, each with its working time so far."""
    if not setup().on or not viewer.may("lead", "view"):
        return None
    found = list(for_me(viewer)[: SHOWN + 1])
    if not found:
        return None
    hours, calendar = distribution_setup(), Calendar([], timezone.localdate(now))
    rows = [
        (each, in_words(int(worked(hours, calendar, None, each.at, now).total_seconds() // 60)))
        for each in found[:SHOWN]
    ]
    return {"rows": rows, "more": len(found) > SHOWN}
