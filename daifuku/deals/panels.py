"""What stands on a deal's page: the bar of its stages, what to do in this one, its way so far, who has a say in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers.models import Lead
from daifuku.customers.objects.account import ACCOUNT
from daifuku.customers.objects.contact import CONTACT
from daifuku.customers.objects.lead import LEAD
from daifuku.deals import alone, alone_leads, board, history, processes, ways
from daifuku.deals.models import Deal
from daifuku.deals.models.deal import LOST
from daifuku.deals.objects.deal import DEAL
from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.first_rows import FirstRows
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

MOST = 20


def register() -> None:
    DEAL.panels += [
        Panel("way", _("段階"), "deals/panels/way.html", way, "head", 1),
        Panel("alone", _("放置"), "deals/panels/alone.html", left_alone, "main", 0),
        Panel("guidance", _("この段階ですること"), "deals/panels/guidance.html", guidance, "main", 1),
        Panel("people", _("お客様の関係者"), "deals/panels/people.html", people, "side", 10),
        Panel("rivals", _("競合"), "deals/panels/rivals.html", rivals, "side", 20),
        Panel("stays", _("段階の履歴"), "deals/panels/stays.html", stays, "side", 30),
    ]
    LEAD.panels.append(Panel("alone", _("放置"), "deals/panels/alone.html", lead_left_alone, "main", 0))
    for object_type in (ACCOUNT, CONTACT, LEAD):
        object_type.panels.append(
            Panel("deals", pgettext_lazy("many", "商談"), "deals/panels/deals.html", deals_of, "main", 5)
        )


@dataclass(frozen=True)
class Step:
    """One stage in the bar. `days` are the working days spent there, None where it never was; `state` is done, now or
    ahead; `open` whether this person may move the deal there at all."""

    stage: processes.Stage
    state: str
    days: int | None
    pace: str
    open: bool
    address: str


def way(deal: Deal, viewer: Viewer) -> dict[str, Any] | None:
    process, now = processes.process(deal.process), processes.stage(deal.stage)
    if process is None or now is None or "stage" not in vocabulary.fields_for(viewer, "deal"):
        return None
    today = timezone.localdate()
    told = history.of_deal(deal, today)
    movable = (
        deal.trashed_at is None
        and sees(viewer, deal, "edit")
        and "stage" in vocabulary.editable_for(viewer, "deal")
    )
    days, before = told.days, now
    if now.kind == LOST and len(told.stays) > 1:
        before = told.stays[-2].stage
    bar = [_step(deal, stage, now, before, days.get(stage.key), movable) for stage in process.way]
    lost = process.lost
    return {
        "steps": bar, "now": now, "history": told, "is_lost": now.kind == LOST, "movable": movable,
        "next": ways.next_of(now) if movable else None, "step": board.step_kind(deal, today),
        "lose": _move(deal, lost.key) if lost and movable and deal.is_running and now.kind == "open" else "",
        "reopen": _move(deal, before.key) if movable and now.kind == LOST else "",
    }  # fmt: skip


def _step(
    deal: Deal,
    stage: processes.Stage,
    now: processes.Stage,
    before: processes.Stage,
    days: int | None,
    movable: bool,
) -> Step:
    state = "now" if stage.key == now.key else "done" if stage.place < before.place else "ahead"
    if now.kind == LOST and stage.key == before.key:
        state = "stopped"
    going = stage.key != now.key and movable and ways.way(now, stage).rule != processes.FORBID
    pace = board.pace(days or 0, stage.target_days) if stage.kind in ("open", "won") else "ok"
    return Step(stage, state, days, pace, going, _move(deal, stage.key))


def _move(deal: Deal, stage: str) -> str:
    return f"{url_of('deals:move', deal.uid)}?{urlencode({'stage': stage})}"


def guidance(deal: Deal, viewer: Viewer) -> dict[str, Any] | None:
    """Purpose, what to do, what shows that it is done, and which fields the next stage will ask for."""
    now, process = processes.stage(deal.stage), processes.process(deal.process)
    if now is None or process is None or deal.trashed_at is not None:
        return None
    following = ways.next_of(now)
    fields = vocabulary.fields_for(viewer, "deal")
    missing = [
        fields[key].name
        for key in (ways.needed_in(process, following) if following else ())
        if key in fields and fields[key].type.is_empty(fields[key].get(deal))
    ]
    if not (now.purpose or now.guidance or now.proof or missing):
        return None
    return {"stage": now, "next": following, "missing": missing}


def left_alone(deal: Deal, viewer: Viewer) -> dict[str, Any] | None:
    """Why somebody should look at it, since when, and what would clear it."""
    return _left_alone(deal, viewer, alone.reasons, alone.CLEARS)


def lead_left_alone(lead: Lead, viewer: Viewer) -> dict[str, Any] | None:
    """The same of a lead, with what somebody wanted to ask it again for."""
    told = _left_alone(lead, viewer, alone_leads.reasons, alone_leads.CLEARS)
    if told is None:
        return None
    asked = any(each["key"] == "ask_again" for each in told["reasons"])
    seen = "ask_again_note" in vocabulary.fields_for(viewer, "lead")
    return {**told, "note": lead.ask_again_note if asked and seen else ""}


def _left_alone(record: Any, viewer: Viewer, ask: Callable[..., Any], clears: Any) -> dict[str, Any] | None:
    fields, today = vocabulary.fields_for(viewer, record.object_key), timezone.localdate()
    if "alone" not in fields or record.trashed_at is not None:
        return None
    found = ask([record], today, alone.limits())[record.pk]
    told = []
    for reason in found:
        option = fields["alone"].type.option(reason.key)  # type: ignore[attr-defined]
        told.append(
            {
                "key": reason.key, "name": option.name, "colour": option.colour,
                "days": max(0, (today - reason.since).days), "clears": clears.get(reason.key, ""),
            }
        )  # fmt: skip
    return {"reasons": told} if told else None


def stays(deal: Deal, viewer: Viewer) -> dict[str, Any] | None:
    if "stage" not in vocabulary.fields_for(viewer, "deal"):
        return None
    told = history.of_deal(deal, timezone.localdate())
    return {"history": told, "stays": list(reversed(told.stays))[:MOST]} if told.stays else None


def people(deal: Deal, viewer: Viewer) -> dict[str, Any] | None:
    """Those of the customer whom this person may see; the main contact is one of them without a row."""
    if not viewer.may("contact", "view"):
        return None
    rows = [row for row in deal.people.select_related("contact") if sees(viewer, row.contact, "view")]
    return {
        "rows": rows, "may_edit": deal.trashed_at is None and sees(viewer, deal, "edit"),
        "decider": any(row.role == "decider" for row in rows),
    }  # fmt: skip


def rivals(deal: Deal, viewer: Viewer) -> dict[str, Any] | None:
    may_edit = deal.trashed_at is None and sees(viewer, deal, "edit")
    rows = list(deal.rivals.all())
    return {"rows": rows, "may_edit": may_edit} if rows or may_edit else None


OF = {
    link: FirstRows(Deal, link, lambda deals: deals.order_by("-updated_at", "-id"))
    for link in ("account", "contact", "lead")
}


def deals_of(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    """The running deals of a customer, then those that were won or lost of late."""
    link = record.object_key
    if not viewer.may("deal", "view") or link not in vocabulary.fields_for(viewer, "deal"):
        return None
    rows = OF[link](record.pk, viewer, MOST + 1)[: MOST + 1]
    rows.sort(key=lambda deal: not deal.is_running)
    may_create = record.trashed_at is None and viewer.may("deal", "create")
    if not rows and not may_create:
        return None
    where = {"all": [{"field": link, "op": "any_of", "value": [str(record.uid)]}]}
    new = {link: str(record.uid)}
    if link == "contact" and record.account_id and sees(viewer, record.account, "view"):
        new["account"] = str(record.account.uid)
    today = timezone.localdate()
    fields = vocabulary.fields_for(viewer, "deal")
    return {
        "rows": [_line(deal, fields, today) for deal in rows[:MOST]],
        "every": f"{url_of('records:list', DEAL.slug)}?{urlencode({'view': 'all', 'where': json.dumps(where)})}"
        if len(rows) > MOST else "",
        "new": f"{url_of('records:new', DEAL.slug)}?{urlencode(new)}" if may_create else "",
    }  # fmt: skip


def _line(deal: Deal, fields: dict[str, Any], today: date) -> dict[str, Any]:
    stage: Callable[[str], Any] = fields["stage"].type.option if "stage" in fields else lambda key: None
    return {
        "deal": deal, "stage": stage(deal.stage),
        "amount": fields["amount"].text(deal) if "amount" in fields else "",
        "close_on": deal.close_on if "close_on" in fields else None,
        "step": board.step_kind(deal, today) if deal.is_running and "step_on" in fields else "",
        "step_on": deal.step_on,
    }  # fmt: skip
