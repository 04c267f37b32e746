"""A deal goes from one stage to another: won, lost, taken up again, or just one step on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.deals import processes
from daifuku.deals.models import Deal
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.records.actions import edit
from daifuku.staff.models import Person


def move(
    deal: Deal,
    stage: str,
    *,
    by: Person,
    reason: str = "",
    values: Mapping[str, Any] | None = None,
    version: int | None = None,
) -> Deal:
    """Into the stage with this key (or name within the deal's process), with what it asks for in `values`.

    The same rules count for every edit of the field 「段階」; this verb is the short way. Raises Invalid (a way that is
    not allowed, a reason or a field that is missing), Stale, Forbidden, NotFound.
    """
    changes: dict[str, Any] = {**(values or {}), "stage": _key(deal, stage)}
    if reason:
        changes["stage_note"] = reason
    moved: Deal = edit(deal, changes, by=by, version=version)
    return moved


def lose(deal: Deal, values: Mapping[str, Any], *, by: Person, reason: str = "") -> Deal:
    """With the reason, who got it, and when to ask again. Raises Conflict where its process knows no lost deals."""
    process = processes.process(deal.process)
    if process is None or process.lost is None:
        raise Conflict(
            _("この営業プロセスには失注の段階がありません。管理者にご相談ください。"), code="no_stage"
        )
    return move(deal, process.lost.key, by=by, reason=reason, values=values)


def _key(deal: Deal, wanted: str) -> str:
    process = processes.process(deal.process)
    found = process and (process.stage(wanted) or process.named(wanted))
    if found:
        return found.key
    known = processes.stage(wanted)
    if known is not None:
        return known.key
    raise Invalid(
        [FieldProblem("stage", _("その段階はありません。画面を開き直してください。"), code="choice")]
    )
