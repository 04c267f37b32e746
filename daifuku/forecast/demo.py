"""The targets of シャチホコ商事 for this fiscal year and the last, and how its forecast moved in the last weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from random import Random

from daifuku.customers.demo.stage import Stage, Step
from daifuku.forecast import booking, keeping, reading
from daifuku.forecast.actions import Cell, edit_setting, enter_targets
from daifuku.foundation import calendar
from daifuku.staff.models import Membership, Person
from daifuku.staff.models.role import Scope
from daifuku.staff.viewer import viewer_of

# What a rep is to sell in each month of the year, in ten thousand yen.
BASE, WEEKS = 220, 16
SEASON = (0.9, 0.8, 1.0, 1.0, 0.7, 1.2, 1.0, 1.0, 1.2, 0.8, 0.9, 1.5)


def targets(random: Random) -> Iterator[Step]:
    for years_ago in (1, 0):
        yield Step(365 * years_ago + 1, 9 * 60, partial(_enter, years_ago, Random(f"targets {years_ago}")))  # noqa: S311
    yield Step(1, 8 * 60 + 5, _begin)
    for week in range(WEEKS, 0, -1):
        yield Step(7 * week, 7 * 60, _keep)


def _begin(stage: Stage) -> None:
    booking.fill()
    edit_setting({"basis": "won"}, by=stage.people["makoto"])


def _keep(stage: Stage) -> None:
    keeping.keep(stage.now.date())


def _reps(stage: Stage) -> list[Person]:
    """Whoever sells: those whose role is no wider than their own."""
    people = {person.pk: person for person in stage.people.values()}.values()
    sellers = [p for p in people if viewer_of(p).scope("target", "view") == Scope.OWN]
    return [p for p in sellers if Membership.objects.filter(person=p).exists()]


def _enter(years_ago: int, random: Random, stage: Stage) -> None:
    begin = reading.fiscal_year(reading.year_of(stage.today) - years_ago).begin
    cells = []
    for person in _reps(stage):
        factor = random.choice((0.9, 1.0, 1.0, 1.2))
        for place in range(12):
            month = calendar.add_months(begin, place)
            amount = round(BASE * factor * SEASON[month.month - 4] * (1 - 0.1 * years_ago)) * 10_000
            cells.append(Cell(f"{person.pk}.{place}", month, amount, owner=person))
    if cells:
        enter_targets(cells, by=stage.people["makoto"])
    _groups(begin, stage)


def _groups(begin: date, stage: Stage) -> None:
    cells = [
        Cell(f"{group}.{place}", calendar.add_months(begin, place), amount * 10_000, group=group)
        for group, amount in (("goods", 400), ("supplies", 60), ("work", 80))
        for place in range(12)
    ]
    enter_targets(cells, by=stage.people["makoto"])
