"""Plans that come again: one is told to, those that follow are made ahead; all from one on are changed or called off.

Whoever changes, moves or cancels a single one of them uses the verbs of every plan: the others stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.activities import repetition
from daifuku.activities.actions.calling_off import reason_of
from daifuku.activities.actions.making_ahead import make_ahead, pattern_of
from daifuku.activities.actions.series_days import Moved, lay, lay_back, other_day
from daifuku.activities.actions.turning import held_open, turn
from daifuku.activities.models import Plan, Series
from daifuku.activities.models.plan import OPEN
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment, through
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions import edit
from daifuku.records.actions.cleaning import Cleaner
from daifuku.records.actions.editing import apply, locked, stamp
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.types.moment import TOKYO
from daifuku.records.scope import sees
from daifuku.records.undoing import subject_of, take_back_effects
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

# What falls on a day of rest may stand a few days from its own.
WEEK_OVER = timedelta(days=14)
CHANGED_TOGETHER = ("subject", "started_at", "ended_at", "method", "place", "text", "owner")


def repeat_plan(plan: Plan, values: Mapping[str, Any], *, by: Person) -> Plan:
    """The plan is the first of a series; those of the next 60 days are made at once, the others night by night.

    Raises Invalid, Conflict (it is over, or comes again already), Forbidden, NotFound.
    """
    with ledger.writing():
        plan = held_open(plan, by)
        if not viewer_of(by).may("plan", "create"):
            raise Forbidden
        if plan.series is not None and plan.series.ended_at is None:
            raise Conflict(
                _("この予定はすでに繰り返しの予定です。画面を開き直してください。"), code="in_series"
            )
        day = timezone.localtime(plan.started_at).date()
        kept = repetition.clean(values, day)
        series = Series.objects.create(
            repetition=kept, pattern=pattern_of(plan), made_until=day, created_by=by, created_at=moment()
        )
        _put_into(plan, series, day)
        data = {"series": series.pk, "words": repetition.words_of(kept)}
        line = ledger.record("plan.repeated", by=by, about=_about(plan), data=data)
        series.line = line
        series.save(update_fields=["line"])
        with through(cause=line):
            make_ahead(series, timezone.localtime(moment()).date(), by)
    return plan


def undo_repeated(event: Event, by: Person) -> Undone:
    """Those that were made and not touched since go to the trash; the plan stands alone again."""
    with ledger.writing():
        series = Series.objects.select_for_update().get(pk=event.data["series"])
        _end(series)
        plan: Plan = locked(subject_of(event), viewer_of(by), "edit")
        _put_into(plan, None, None)
        return _taken_back(event, plan, by)


def cancel_following(plan: Plan, reason: str, *, by: Person) -> Plan:
    """This one and all after it are called off, and no more are made. Raises Invalid, Conflict, Forbidden, NotFound."""
    words = reason_of(reason)
    with ledger.writing():
        plan = held_open(plan, by)
        series = _series_of(plan)
        data = {"series": series.pk, "was_over": series.ended_at is not None, "words": words}
        line = ledger.record("plan.series_ended", by=by, about=_about(plan), data=data)
        _end(series)
        with through(cause=line):
            for each in _from_here_on(plan, by):
                turn(each, {"state": "cancelled", "reason": words}, "plan.cancelled", by=by)
        plan.refresh_from_db()
    return plan


def undo_ended(event: Event, by: Person) -> Undone:
    with ledger.writing():
        series = Series.objects.select_for_update().get(pk=event.data["series"])
        if not event.data["was_over"]:
            series.ended_at = None
            series.save(update_fields=["ended_at"])
        return _taken_back(event, subject_of(event), by)


def change_following(plan: Plan, changes: Mapping[str, Any], *, by: Person) -> Plan:
    """What differs is changed on this one and all after it, and on those that will be made. Another day moves the
    series to that day of the week or month; one that was moved by itself keeps its own. Raises Invalid, Conflict,
    Forbidden, NotFound.
    """
    unknown = [key for key in changes if key not in CHANGED_TOGETHER]
    if unknown:
        raise Invalid([FieldProblem(unknown[0], _("この項目はまとめて変えられません。"), code="unknown")])
    with ledger.writing():
        plan = held_open(plan, by)
        series = _series_of(plan)
        trial, done = _tried(plan, changes, by)
        if not done:
            return plan
        held, moved = list(_from_here_on(plan, by)), _moved(series, plan, trial)
        laid, out = lay(held, moved) if moved else ([], set[int]())
        pattern = {**series.pattern, **_only(pattern_of(trial), done)}
        data = {"series": series.pk, "pattern": [series.pattern, pattern]}
        if moved:
            data |= {"repetition": [series.repetition, moved.kept], "days": laid}
            series.repetition = moved.kept
        line = ledger.record("plan.series_changed", by=by, about=_about(plan), data=data)
        series.pattern = pattern
        series.save(update_fields=["pattern", "repetition"])
        now = {key: date.fromisoformat(day) for key, _before, day in laid}
        with through(cause=line):
            for each in held:
                _change_one(each, done, trial, now.get(each.pk), left_out=each.pk in out, by=by)
            if moved:
                _make_what_came_nearer(series, by)
        plan.refresh_from_db()
    return plan


def undo_changed(event: Event, by: Person) -> Undone:
    with ledger.writing():
        series = Series.objects.select_for_update().get(pk=event.data["series"])
        old, new = event.data["pattern"]
        if series.pattern == new:
            series.pattern = old
        before, after = event.data.get("repetition", [series.repetition, series.repetition])
        if series.repetition == after:
            series.repetition = before
            lay_back(event.data.get("days", ()))
        series.save(update_fields=["pattern", "repetition"])
        return _taken_back(event, subject_of(event), by)


def _about(plan: Plan) -> list[ledger.About]:
    return about(registry.get("plan"), plan)


def _put_into(plan: Plan, series: Series | None, day: date | None) -> None:
    plan.series, plan.series_on = series, day
    stamp(plan)
    plan.save(update_fields=["series", "series_on", "version", "updated_at"])


def _series_of(plan: Plan) -> Series:
    held = Series.objects.select_for_update()
    series = held.filter(pk=plan.series_id).first() if plan.series_id is not None else None
    if series is None:
        raise Conflict(_("この予定は繰り返しの予定ではありません。"), code="alone")
    return series


def _end(series: Series) -> None:
    series.ended_at = series.ended_at or moment()
    series.save(update_fields=["ended_at"])


def _from_here_on(plan: Plan, by: Person) -> Iterable[Plan]:
    """Those that are still ahead and that this person may change."""
    rows = Plan.plain.select_for_update(of=("self",), no_key=True).filter(
        series=plan.series_id, series_on__gte=plan.series_on, state__in=OPEN, trashed_at__isnull=True
    )
    viewer = viewer_of(by)
    return [each for each in rows.order_by("series_on") if sees(viewer, each, "edit")]


def _tried(plan: Plan, changes: Mapping[str, Any], by: Person) -> tuple[Plan, list[str]]:
    """The plan as it would be, unsaved, and what differs; it is as long as before unless an end was given."""
    cleaner, trial = Cleaner(registry.get("plan"), viewer_of(by)), copy(plan)
    done = list(apply(trial, cleaner.changes(changes), cleaner.fields))
    if "started_at" in done and "ended_at" not in changes and plan.ended_at is not None:
        trial.ended_at = trial.started_at + (plan.ended_at - plan.started_at)
        done.append("ended_at")
    return trial, done


def _day(plan: Plan) -> date:
    return timezone.localtime(plan.started_at).date()


def _moved(series: Series, plan: Plan, trial: Plan) -> Moved | None:
    """Where the days go; None where they stay."""
    if _day(trial) == _day(plan):
        return None
    assert plan.series_on is not None
    return other_day(series, plan.series_on, _day(trial), max(series.made_until, plan.series_on) + WEEK_OVER)


def _change_one(
    each: Plan, done: Iterable[str], trial: Plan, day: date | None, *, left_out: bool, by: Person
) -> None:
    """`day` is where it goes, unless somebody has moved it by itself."""
    if left_out:
        turn(each, {"state": "cancelled", "reason": _("休みの日のため")}, "plan.cancelled", by=by)
        return
    stays = day is None or _day(each) != each.series_on
    edit(each, _for(done, trial, _day(each) if stays or day is None else day), by=by)


def _make_what_came_nearer(series: Series, by: Person) -> None:
    """Days that were beyond what is made ahead may be within it now."""
    made = Plan.plain.filter(series=series).order_by("-series_on").values_list("series_on", flat=True).first()
    series.made_until = min(series.made_until, made or series.made_until)
    if series.ended_at is None:
        make_ahead(series, timezone.localtime(moment()).date(), by)


def _for(done: Iterable[str], trial: Plan, day: date) -> dict[str, Any]:
    """The same changes on another day: with the clock and the length of the one that was tried."""
    values = {key: getattr(trial, key) for key in done}
    if {"started_at", "ended_at"} & set(values):
        clock = timezone.localtime(trial.started_at).time()
        start = datetime.combine(day, clock, TOKYO)
        values["started_at"] = start
        values["ended_at"] = start + (trial.ended_at - trial.started_at) if trial.ended_at else None
    return values


def _only(pattern: dict[str, Any], done: Iterable[str]) -> dict[str, Any]:
    named = {"started_at": ("clock", "minutes"), "ended_at": ("minutes",)}
    keys = {name for key in done for name in named.get(key, (key,))}
    return {key: value for key, value in pattern.items() if key in keys}


def _taken_back(event: Event, plan: Plan, by: Person) -> Undone:
    line = ledger.record("plan.series_back", by=by, about=_about(plan), undoes=event)
    result = take_back_effects(event, line, by, lambda done: None)
    result.done = max(result.done, 1)
    return result
