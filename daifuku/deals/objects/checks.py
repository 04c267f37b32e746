"""What every save of a deal is asked, by whichever way it came in: the form, the board, the API, an import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from daifuku.deals import processes, ways
from daifuku.deals.models import Deal
from daifuku.deals.processes import Stage
from daifuku.foundation.errors import FieldProblem
from daifuku.records.catalogue import vocabulary
from daifuku.records.undoing import taking_back
from daifuku.staff.viewer import Viewer

LARGEST_SHARE = 100


def with_somebody(deal: Deal, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if deal.account_id is None and deal.lead_id is None:
        yield FieldProblem("account", _("取引先か見込み客を選んでください。"), code="required")


def in_bounds(deal: Deal, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if "amount" in changed and deal.amount is not None and deal.amount < 0:
        yield FieldProblem("amount", _("金額は0以上で入力してください。"), code="range")
    share = deal.probability
    if "probability" in changed and share is not None and not 0 <= share <= LARGEST_SHARE:
        yield FieldProblem("probability", _("受注確度は0から100までで入力してください。"), code="range")


def by_the_process(deal: Deal, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """The stage is one of its process, the way to it is allowed, and what it needs is there."""
    process, stage = processes.process(deal.process), processes.stage(deal.stage)
    if process is None or stage is None or stage.process != process.key:
        if changed & {"process", "stage"}:
            yield _strange(process, stage)
        return
    old = processes.stage(deal.was.get("stage") or "")
    moved = deal.pk is None or (old is not None and old.key != stage.key)
    if deal.pk is not None and moved and old is not None and not (ways.free() or taking_back()):
        problem = _by_hand(stage, deal, viewer) or ways.refused(ways.way(old, stage), deal.stage_note)
        if problem is not None:
            yield problem
            return
    if not (ways.free() or taking_back()):
        yield from _missing(deal, process, stage, changed, moved=moved)
    deal.was = {"process": deal.process, "stage": deal.stage, "state": deal.state}


def _strange(process: Any, stage: Stage | None) -> FieldProblem:
    if process is None:
        return FieldProblem("process", _("営業プロセスを選んでください。"), code="choice")
    offered = _("、").join(each.label for each in process.stages)
    sentence = _("「%(stage)s」は「%(process)s」の段階ではありません。選べるもの: %(offered)s")
    words = {"stage": stage.label if stage else "", "process": process.label, "offered": offered}
    return FieldProblem("stage", sentence % words, code="choice")


def _by_hand(stage: Stage, deal: Deal, viewer: Viewer) -> FieldProblem | None:
    """Into some stages a deal comes by its document, wherever the firm makes them here."""
    opener = ways.openers.get(stage.follows)
    if opener is None or opener(deal, viewer) is None:
        return None
    sentence = _("「%(stage)s」へは、書類を登録すると自動で移ります。商談の画面から書類を登録してください。")
    return FieldProblem("stage", sentence % {"stage": stage.label}, code="needs_document")


def _missing(
    deal: Deal, process: Any, stage: Stage, changed: frozenset[str], *, moved: bool
) -> Iterable[FieldProblem]:
    """All that the stage needs where the deal comes into it; later only what is emptied now."""
    fields = vocabulary.fields_of("deal")
    for key in ways.needed_in(process, stage):
        field = fields.get(key)
        if field is None or not (moved or key in changed):
            continue
        if field.type.is_empty(field.get(deal)):
            sentence = _("「%(stage)s」の段階では、%(field)sを入力してください。")
            yield FieldProblem(
                key, sentence % {"stage": stage.label, "field": field.name}, code="needed_in_stage"
            )
