"""From one stage to another: how far that is, whether the process allows it, and what it asks for on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from daifuku.deals import processes
from daifuku.deals.models.deal import LOST
from daifuku.deals.processes import ASK, FORBID, Process, Stage
from daifuku.foundation.errors import FieldProblem

ON, SKIP, BACK, LOSE, REOPEN, CROSS = "on", "skip", "back", "lose", "reopen", "cross"
# document -> (deal, viewer) -> the address at which it is opened, or None where this person opens none. Filled by the
# rooms above from `apps.ready()`: into such a stage a deal then comes by its document alone.
openers: dict[str, Callable[[Any, Any], str | None]] = {}
_carried: ContextVar[bool] = ContextVar("deals_carried", default=False)


@contextmanager
def carried() -> Iterator[None]:
    """The process itself was changed, and its deals are carried over by the administrator's mapping."""
    token = _carried.set(True)
    try:
        yield
    finally:
        _carried.reset(token)


def free() -> bool:
    """Whether the ways of the process do not count for what is written now."""
    return _carried.get()


@dataclass(frozen=True)
class Way:
    """`rule` is one of allow, ask, forbid; `passed` are the stages that would be left out or gone back over."""

    kind: str
    rule: str
    old: Stage
    new: Stage
    passed: tuple[Stage, ...] = ()

    @property
    def needs_note(self) -> bool:
        proven = self.kind in {ON, SKIP} and self.old.proof_needed
        return self.rule == ASK or proven


def way(old: Stage, new: Stage) -> Way:
    """What it means to go from one to the other. Losing is always allowed: its own stage asks for the reason."""
    if old.process != new.process:
        return Way(CROSS, ASK, old, new)
    known = processes.process(old.process)
    assert known is not None
    if new.kind == LOST:
        return Way(LOSE, processes.ALLOW, old, new)
    if old.kind == LOST:
        return Way(REOPEN, old.back, old, new)
    if new.place < old.place:
        passed = tuple(each for each in known.way if new.place < each.place < old.place)
        return Way(BACK, _narrowed(old.back, old, new), old, new, passed)
    passed = tuple(each for each in known.way if old.place < each.place < new.place)
    rule = old.skip if passed else processes.ALLOW
    return Way(SKIP if passed else ON, _narrowed(rule, old, new), old, new, passed)


def _narrowed(rule: str, old: Stage, new: Stage) -> str:
    return FORBID if old.exits and new.key not in old.exits else rule


def ways_from(old: Stage) -> list[Way]:
    """All stages of its process with what the way there means, in their order."""
    known = processes.process(old.process)
    return [way(old, new) for new in known.stages if new.key != old.key] if known else []


def next_of(stage: Stage) -> Stage | None:
    """Where it goes on without leaving anything out."""
    known = processes.process(stage.process)
    if known is None or stage.kind == LOST:
        return None
    further = [each for each in known.way if each.place > stage.place]
    if stage.exits:
        further = [each for each in further if each.key in stage.exits]
    return further[0] if further else None


def refused(way: Way, note: str) -> FieldProblem | None:
    """Why a deal may not go this way now; None where it may."""
    names = {"old": way.old.label, "new": way.new.label}
    if way.rule == FORBID:
        return FieldProblem(
            "stage", _forbidden(way) % {**names, "offered": _offered(way.old)}, code="forbidden_way"
        )
    if note or not way.needs_note:
        return None
    if way.kind == SKIP and way.rule == ASK:
        passed = _("、").join(each.label for each in way.passed)
        sentence = _(
            "「%(passed)s」を飛ばして「%(new)s」へ進む理由を「お客様の反応・理由」に入力してください。"
        )
        return FieldProblem("stage_note", sentence % {**names, "passed": passed}, code="reason_needed")
    if way.kind in {ON, SKIP}:
        sentence = _("「%(old)s」が済んだとわかるお客様の反応を「お客様の反応・理由」に入力してください。")
        return FieldProblem("stage_note", sentence % names, code="proof_needed")
    sentence = _("「%(old)s」から「%(new)s」へ戻す理由を「お客様の反応・理由」に入力してください。")
    if way.kind == CROSS:
        sentence = _(
            "「%(old)s」からほかの営業プロセスの「%(new)s」へ移す理由を「お客様の反応・理由」に入力してください。"
        )
    return FieldProblem("stage_note", sentence % names, code="reason_needed")


def _forbidden(way: Way) -> str:
    if way.kind in {BACK, REOPEN}:
        return _("「%(old)s」から「%(new)s」へは戻せません。移せる段階: %(offered)s")
    return _("「%(old)s」から「%(new)s」へは進めません。移せる段階: %(offered)s")


def _offered(old: Stage) -> str:
    return _("、").join(each.new.label for each in ways_from(old) if each.rule != FORBID) or _("なし")


def needed_in(process: Process, stage: Stage) -> list[str]:
    """The fields that must be filled in this stage: its own, and those of the stages on the way to it."""
    if stage.kind == LOST:
        return list(dict.fromkeys(stage.required))
    before = [each for each in process.way if each.place <= stage.place]
    return list(dict.fromkeys(key for each in before for key in each.required))
