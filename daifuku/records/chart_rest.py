"""Which records stand behind the bar of all other values, said as a condition: those that no other bar shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Date, DateTime

Test = dict[str, Any]


def others(by: Field, shown: Sequence[Test | None], *, newest: bool = False) -> Test | None:
    """What none of the `shown` tests of bars finds; None where one of them says nothing, for then nobody can tell.

    Where the bars are the `newest` periods of all there are, the rest is what was before them.
    """
    tests = [test for test in shown if test is not None]
    named = [test["value"] for test in tests if test["op"] != "empty"]
    if len(tests) < len(shown) or not named:
        return None
    filled = len(named) < len(tests)
    if isinstance(by.type, Date | DateTime):
        return _before(by, min(named)) if newest else _outside(by, sorted(named), filled=filled)
    if any(test["op"] == "is" for test in tests):
        parts = [{"field": by.key, "op": "is_not", "value": value} for value in named]
    else:
        parts = [{"field": by.key, "op": "none_of", "value": [value for (value,) in named]}]
    return {"all": [*parts, *([{"field": by.key, "op": "filled"}] if filled else [])]}


def _before(by: Field, period: list[str]) -> Test:
    return {"field": by.key, "op": "before", "value": period[0]}


def _outside(by: Field, periods: list[list[str]], *, filled: bool) -> Test:
    """Before the first period, between two that do not touch, after the last; without a day if no bar shows those."""
    parts: list[Test] = [_before(by, periods[0])]
    for earlier, later in zip(periods, periods[1:], strict=False):
        gap = [_next(earlier[1], 1), _next(later[0], -1)]
        if gap[0] <= gap[1]:
            parts.append({"field": by.key, "op": "between", "value": gap})
    parts.append({"field": by.key, "op": "after", "value": periods[-1][1]})
    if not filled:
        parts.append({"field": by.key, "op": "empty"})
    return {"any": parts}


def _next(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
