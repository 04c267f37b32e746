"""Deals as cards: the columns are the stages of one process, each card tells its next step and how long it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from daifuku.customers.models import Lead
from daifuku.deals import processes, workdays
from daifuku.deals.models import Deal
from daifuku.deals.processes import Stage
from daifuku.foundation.errors import DomainError
from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.object_type import BoardWay
from daifuku.records.list_state import ListState
from daifuku.records.saved_views import Shipped
from daifuku.staff.viewer import Viewer

ASKING = {"reason_needed", "proof_needed", "needed_in_stage", "needs_document"}
RUNNING = {"all": [{"field": "state", "op": "any_of", "value": ["open", "won"]}]}
OF_ALONE = ("name", "account", "alone", "alone_since", "stage", "amount", "step_on", "owner")
VIEWS = (
    Shipped("running", gettext_lazy("進行中"), condition=RUNNING, look={"layout": "board", "by": "stage"}),
    Shipped(
        "alone",
        gettext_lazy("放置"),
        sort="alone_since",
        condition={"all": [{"field": "alone", "op": "filled"}]},
        columns=tuple({"field": key} for key in OF_ALONE),
    ),
)


OF_LEADS_ALONE = (
    "family_name", "company", "alone", "alone_since", "ask_again_on", "ask_again_note", "status", "owner",
)  # fmt: skip
LEAD_VIEWS = (
    Shipped(
        "alone",
        gettext_lazy("放置"),
        sort="alone_since",
        condition={"all": [{"field": "alone", "op": "filled"}]},
        columns=tuple({"field": key} for key in OF_LEADS_ALONE),
    ),
)


def process_of(state: ListState) -> processes.Process:
    """The one that the list is narrowed down to, else the usual one."""
    return processes.process(state.quick.get("process", "")) or processes.book().usual


def columns(state: ListState) -> Iterable[str]:
    return [stage.key for stage in process_of(state).stages]


def context(state: ListState, viewer: Viewer) -> dict[str, Any]:
    """The processes to change over to, and what the colours mean."""
    now = process_of(state)
    tabs = [
        (each.label, state.address(**{"f.process": each.key}), each.key == now.key)
        for each in processes.book().offered
    ]
    return {"processes": tabs if len(tabs) > 1 else [], "purpose": now.purpose}


def mark(deal: Deal, viewer: Viewer, today: date) -> str:
    """Words and a picture besides the colour: colour is never the only sign."""
    seen = vocabulary.fields_for(viewer, "deal")
    parts = [_step(deal, today)] if deal.is_running and "step_on" in seen else []
    stage = processes.stage(deal.stage)
    if stage is not None and deal.is_running and "stage_since" in seen:
        parts.append(_stay(deal, stage, today))
    return _line([*parts, *_alone(deal, seen)])


def mark_lead(lead: Lead, viewer: Viewer, today: date) -> str:
    """Why it is left alone, with the day on which somebody wanted to ask again."""
    seen = vocabulary.fields_for(viewer, "lead")
    parts = _alone(lead, seen)
    if lead.ask_again_on and lead.ask_again_on > today and "ask_again_on" in seen:
        day = f"{lead.ask_again_on.month}/{lead.ask_again_on.day}"
        parts.append(f"<span>{escape(_('また声をかける %(day)s') % {'day': day})}</span>")
    return _line(parts)


def _alone(record: Any, seen: dict[str, Any]) -> list[str]:
    if not record.alone or "alone" not in seen:
        return []
    option = seen["alone"].type.option(record.alone)
    return [f'<span class="deal-alone">{escape(option.name)}</span>']


def _line(parts: list[str]) -> str:
    return f'<p class="deal-marks">{"".join(parts)}</p>' if parts else ""


def step_kind(deal: Deal, today: date) -> str:
    """none, planned or late."""
    if deal.step_on is None:
        return "none"
    return "late" if deal.step_on < today else "planned"


def _step(deal: Deal, today: date) -> str:
    kind, day = step_kind(deal, today), deal.step_on
    if day is None:
        words = _("次の予定なし")
    else:
        words = (_("期限切れ %(day)s") if kind == "late" else _("次 %(day)s")) % {
            "day": f"{day.month}/{day.day}"
        }
    sign = {"none": "○", "planned": "●", "late": "▲"}[kind]
    return (
        f'<span class="deal-step" data-step="{kind}"><i aria-hidden="true">{sign}</i>{escape(words)}</span>'
    )


def _stay(deal: Deal, stage: Stage, today: date) -> str:
    days = workdays.since(deal.stage_since, today)
    over = pace(days, stage.target_days)
    words = _("%(days)s日目") % {"days": days + 1}
    if stage.target_days:
        words = _("%(days)s日目／目安%(target)s日") % {"days": days + 1, "target": stage.target_days}
    late = pgettext("deal", "超過") if over == "over" else ""
    return f'<span class="deal-stay" data-pace="{over}">{escape(words)}{" " + escape(late) if late else ""}</span>'


def pace(days: int, target: int | None) -> str:
    """ok, near (three quarters of the target are over) or over."""
    if not target:
        return "ok"
    if days > target:
        return "over"
    return "near" if days * 4 >= target * 3 else "ok"


def ask(deal: Deal, choice: str, error: DomainError) -> str:
    """The page of the move, where the process asks for something on this way."""
    if any(problem.code in ASKING for problem in error.problems):
        return f"{url_of('deals:move', deal.uid)}?{urlencode({'stage': choice, 'from': 'board'})}"
    return ""


WAY = BoardWay(
    "stage", sum="amount", more=("expected",), shows=("account", "amount", "close_on"), columns=columns,
    tools="deals/parts/board_tools.html",
    context=context, mark=mark, ask=ask,
)  # fmt: skip
LEADS = BoardWay("status", shows=("company", "rating", "owner"), mark=mark_lead)
