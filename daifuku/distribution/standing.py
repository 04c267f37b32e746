"""Out below one limit, back only after days above another: so that nobody flaps in and out.

Pure, so that its law can be tested: below the limit a person is out at once; out, he is back after so many working
days in a row at or above the higher limit; what cannot be judged (判定なし) counts as good; newcomers have grace.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True)
class Limits:
    low: int = 80
    back: int = 90
    days: int = 5
    grace: int = 14
    on: bool = True


@dataclass(frozen=True)
class Standing:
    """`good_days` in a row up to `judged_on`, counted while he is out."""

    out: bool = False
    good_days: int = 0
    judged_on: date | None = None


def graced(grace_from: date, today: date, limits: Limits) -> bool:
    return today < grace_from + timedelta(days=limits.grace)


def judge(standing: Standing, percent: int | None, today: date, grace_from: date, limits: Limits) -> Standing:
    """How he stands now; asked any number of times a day, a day counts once. `percent` None cannot be judged."""
    if not limits.on or graced(grace_from, today, limits):
        return Standing(False, 0, today)
    if not standing.out:
        out = percent is not None and percent < limits.low
        return Standing(out, 0, today)
    good = percent is None or percent >= limits.back
    if standing.judged_on == today:
        # Of the day's answers the worst counts; what it added before is taken back.
        return replace(standing, good_days=0) if not good and standing.good_days else standing
    days = standing.good_days + 1 if good else 0
    return Standing(days < limits.days, days if days < limits.days else 0, today)
