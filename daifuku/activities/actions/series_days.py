"""A series moves to another day of the week or of the month, from one of its plans on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.activities import repetition
from daifuku.activities.models import Plan, Series
from daifuku.activities.repetition import Kept
from daifuku.foundation.calendar import last_of_month
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.repeating import MONTH, WEEK, planned_of, rested


@dataclass(frozen=True)
class Moved:
    """The repetition as it will be, and where each day that was made goes; None where it is left out, being a day of
    rest."""

    kept: Kept
    days: dict[date, date | None]


def other_day(series: Series, made_for: date, day: date, last: date) -> Moved:
    """The plan that was made for one day is to be on another: so are those after it, up to `last`. Raises Invalid.

    Within its week or its month: what lies beyond is another rhythm, which is told anew.
    """
    rule, kept = repetition.rule_of(series.repetition), series.repetition
    planned = next((each for each in planned_of(rule, last) if rested(rule, each) == made_for), made_for)
    if rule.unit == WEEK:
        _refuse(
            planned - timedelta(days=planned.weekday()) != day - timedelta(days=day.weekday()), _OTHER_WEEK
        )
        _refuse(day.weekday() != planned.weekday() and day.weekday() in kept["weekdays"], _TAKEN)
        weekdays = sorted({*kept["weekdays"], day.weekday()} - {planned.weekday()}) or [day.weekday()]
        new = {**kept, "weekdays": weekdays}
    elif rule.unit == MONTH:
        _refuse((planned.year, planned.month) != (day.year, day.month), _OTHER_MONTH)
        new = {**kept, "day": day.day}
    else:
        raise Invalid([FieldProblem("started_at", _EVERY_DAY, code="other_day")])
    changed = repetition.rule_of(new)
    days = {
        known: rested(changed, _in_place(rule.unit, each, planned, day))
        for each in planned_of(rule, last)
        if each >= planned
        and (known := rested(rule, each)) is not None
        and (rule.unit == MONTH or each.weekday() == planned.weekday())
    }
    return Moved(new, {**days, made_for: day})


def _in_place(unit: str, each: date, planned: date, day: date) -> date:
    """The same shift in another week; the same day in another month, or its last one."""
    if unit == WEEK:
        return each + (day - planned)
    return each.replace(day=min(day.day, last_of_month(each).day))


def lay(plans: Iterable[Plan], moved: Moved) -> tuple[list[list[Any]], set[int]]:
    """Says of each plan for which day it stands now: `[key, before, now]`, and the keys of those that are left out.

    From the far end where days become later, so that none takes the day of one that has not gone yet.
    """
    held = [
        (plan.series_on, plan)
        for plan in plans
        if plan.series_on is not None and plan.series_on in moved.days
    ]
    later = bool(held) and (moved.days[held[0][0]] or date.min) > held[0][0]
    laid, out = list[list[Any]](), set[int]()
    for before, plan in sorted(held, key=lambda each: each[0], reverse=later):
        now = moved.days[before]
        if (
            now is None
            or Plan.plain.filter(series=plan.series_id, series_on=now).exclude(pk=plan.pk).exists()
        ):
            out.add(plan.pk)
            continue
        laid.append([plan.pk, before.isoformat(), now.isoformat()])
        Plan.plain.filter(pk=plan.pk).update(series_on=now)
    return laid, out


def lay_back(laid: Iterable[list[Any]]) -> None:
    for key, before, now in reversed(list(laid)):
        Plan.plain.filter(pk=key, series_on=now).update(series_on=before)


def _refuse(wrong: bool, sentence: Any) -> None:
    if wrong:
        raise Invalid([FieldProblem("started_at", sentence, code="other_day")])


_OTHER_WEEK = _(
    "まとめて移せるのは、同じ週の中のほかの曜日です。ほかの週へは、この予定だけを移すか、繰り返しを作り直してください。"
)
_OTHER_MONTH = _(
    "まとめて移せるのは、同じ月の中のほかの日です。ほかの月へは、この予定だけを移すか、繰り返しを作り直してください。"
)
_TAKEN = _("その曜日には、この繰り返しの予定がすでにあります。ほかの曜日を選んでください。")
_EVERY_DAY = _(
    "毎日・毎営業日の繰り返しは、日付をまとめて変えられません。時刻だけを変えるか、この予定だけを移してください。"
)
