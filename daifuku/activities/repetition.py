"""How a repetition is typed, kept and said: of a task, whose next one comes when it is done, and of plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.repeating import (
    DAY,
    LAST_DAY,
    LEAVE,
    MONTH,
    MOST_EVERY,
    RESTS,
    UNITS,
    WEEK,
    WORKDAY,
    Rule,
)
from daifuku.foundation.whole import whole
from daifuku.records.catalogue.types import Date, Refused

MOST_TIMES = 999
Kept = dict[str, Any]


def clean(values: Mapping[str, Any], start: date) -> Kept:
    """What was typed, as it is kept; days are counted from `start`. Raises Invalid."""
    problems: list[FieldProblem] = []
    unit, rest = str(values.get("unit") or ""), str(values.get("rest") or LEAVE)
    if unit not in UNITS:
        problems.append(FieldProblem("unit", _("繰り返し方を選んでください。"), code="choice"))
    if rest not in RESTS:
        problems.append(FieldProblem("rest", _("休みの日にどうするかを選んでください。"), code="choice"))
    every = _number(values, "every", MOST_EVERY, problems)
    count = _number(values, "count", MOST_TIMES, problems)
    kept: Kept = {"unit": unit, "every": every or 1, "rest": rest, "start": start.isoformat(), "count": count}
    kept["weekdays"] = _weekdays(values.get("weekdays") or (), start, problems) if unit == WEEK else []
    kept["day"] = _day(values.get("day"), start, problems) if unit == MONTH else LAST_DAY
    until = _until(values.get("until"), start, problems)
    kept["until"] = until.isoformat() if until else None
    if problems:
        raise Invalid(problems)
    return kept


def _number(values: Mapping[str, Any], name: str, most: int, problems: list[FieldProblem]) -> int | None:
    raw = values.get(name)
    if raw is None or str(raw).strip() == "":
        return None
    number = whole(raw)
    if number is None or not 1 <= number <= most:
        sentence = _("1から%(most)sまでの数を入力してください。") % {"most": most}
        problems.append(FieldProblem(name, sentence, code="range"))
        return None
    return number


def _weekdays(raw: Iterable[Any], start: date, problems: list[FieldProblem]) -> list[int]:
    numbers = (
        {whole(each) for each in raw}
        if not isinstance(raw, str)
        else {whole(each) for each in raw.split(",")}
    )
    if any(number is None or number > 6 for number in numbers):
        problems.append(FieldProblem("weekdays", _("曜日を選び直してください。"), code="choice"))
        return []
    return sorted(number for number in numbers if number is not None) or [start.weekday()]


def _day(raw: Any, start: date, problems: list[FieldProblem]) -> int:
    if raw is None or str(raw).strip() == "":
        return start.day
    number = whole(raw)
    if number is None or number > 31:
        problems.append(FieldProblem("day", _("1日から31日か、末日を選んでください。"), code="range"))
        return LAST_DAY
    return number


def _until(raw: Any, start: date, problems: list[FieldProblem]) -> date | None:
    try:
        until = Date().clean(raw)
    except Refused as error:
        problems.append(FieldProblem("until", error.message, code=error.code))
        return None
    if until is not None and until < start:
        problems.append(FieldProblem("until", _("終わりの日が始まりより前です。"), code="ends_before"))
    return until


def rule_of(kept: Kept) -> Rule:
    return Rule(
        kept["unit"], date.fromisoformat(kept["start"]), kept["every"], tuple(kept["weekdays"]), kept["day"],
        kept["rest"], date.fromisoformat(kept["until"]) if kept["until"] else None,
    )  # fmt: skip


def words_of(kept: Kept) -> str:
    """毎週 月・木、祝日は前の営業日、2027/3/31まで."""
    parts = [_often(kept)]
    if kept["rest"] != LEAVE and kept["unit"] != WORKDAY:
        parts.append(dict(rests())[kept["rest"]])
    if kept["until"]:
        parts.append(_("%(day)sまで") % {"day": Date().display(date.fromisoformat(kept["until"]))})
    if kept["count"]:
        parts.append(_("あと%(n)s回") % {"n": kept["count"]})
    return _("、").join(parts)


def _often(kept: Kept) -> str:
    every, many = kept["every"], kept["every"] > 1
    named = {"n": every}
    if kept["unit"] == DAY:
        return _("%(n)s日ごと") % named if many else _("毎日")
    if kept["unit"] == WORKDAY:
        return _("%(n)s営業日ごと") % named if many else _("毎営業日")
    if kept["unit"] == WEEK:
        days = "・".join(str(weekdays()[number][1]) for number in kept["weekdays"])
        return f"{_('%(n)s週間ごと') % named if many else _('毎週')} {days}"
    day = _("末日") if kept["day"] == LAST_DAY else _("%(day)s日") % {"day": kept["day"]}
    return f"{_('%(n)sか月ごと') % named if many else _('毎月')} {day}"


def units() -> list[tuple[str, str]]:
    return [(DAY, _("毎日")), (WORKDAY, _("営業日")), (WEEK, _("毎週")), (MONTH, _("毎月"))]


def weekdays() -> list[tuple[str, str]]:
    words = (
        pgettext("weekday", "月"), pgettext("weekday", "火"), pgettext("weekday", "水"), pgettext("weekday", "木"),
        pgettext("weekday", "金"), pgettext("weekday", "土"), pgettext("weekday", "日"),
    )  # fmt: skip
    return [(str(number), word) for number, word in enumerate(words)]


def rests() -> list[tuple[str, str]]:
    return [
        ("leave", _("休みの日もそのまま")), ("skip", _("休みの日は飛ばす")),
        ("before", _("休みの日は前の営業日")), ("after", _("休みの日は次の営業日")),
    ]  # fmt: skip
