"""The page of the input rate: by person, by team, by week, by kind; every number leads to its items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.duties import kinds
from daifuku.duties.groups import TEAM, Group, teams_of
from daifuku.duties.models import Policy, State
from daifuku.duties.rate import Count, Rate, counts_by_day, in_words, percent, rates, together
from daifuku.duties.working import window
from daifuku.foundation.periods import period
from daifuku.foundation.reversing import url_of

PERIODS = (
    ("window", gettext_lazy("直近の営業日")), ("this_week", gettext_lazy("今週")), ("last_week", gettext_lazy("先週")),
    ("this_month", gettext_lazy("今月")), ("last_month", gettext_lazy("先月")),
)  # fmt: skip
SHOWN = (State.ON_TIME, State.LATE, State.MISSING, State.EXCUSED)
WEEKS = 8


@dataclass(frozen=True)
class Cell:
    state: State
    number: int
    address: str


@dataclass(frozen=True)
class Row:
    """`address` narrows the page to this row, where that says more."""

    name: Any
    percent: int | None
    cells: list[Cell]
    counted: Cell
    low: bool
    address: str = ""

    @property
    def words(self) -> str:
        return in_words(self.percent)


@dataclass(frozen=True)
class Span:
    key: str
    since: date
    until: date


def span_of(raw: str, today: date, rules: Policy) -> Span:
    if raw in {key for key, _words in PERIODS} and raw != "window":
        since, until = period(raw, today)
        return Span(raw, since, min(until, today))
    return Span("window", *window(today, rules))


class Page:
    """Two questions for the numbers: of the span, and of the last weeks."""

    def __init__(self, group: Group, span: Span, rules: Policy, now: datetime) -> None:
        self.group, self.span, self.rules, self.now = group, span, rules, now
        self.each = rates([person.pk for person in group.people], span.since, span.until, now=now)
        self.whole = (
            together(self.each.values()) if self.each else Rate(rules, since=span.since, until=span.until)
        )

    @property
    def total(self) -> Row:
        return self._row(self.group.name, self.whole.total, self.group.key)

    @property
    def people(self) -> list[Row]:
        """Those who had anything to enter, the lowest rate first; whoever is not judged comes last."""
        rows = [
            (self.each[person.pk].share, person)
            for person in self.group.people
            if self.each[person.pk].total.counted or self.each[person.pk].total.excused
        ]
        ordered = sorted(rows, key=lambda row: (row[0] is None, row[0] or 0))
        return [
            self._row(person, self.each[person.pk].total, str(person.uid), narrow=True)
            for _share, person in ordered
        ]

    @property
    def teams(self) -> list[Row]:
        found = []
        for key, (name, members) in teams_of(self.group.people).items():
            rate = together(self.each[member] for member in members)
            if rate.total.counted or rate.total.excused:
                found.append(self._row(name, rate.total, f"{TEAM}{key}", narrow=True))
        return found if len(found) > 1 else []

    @property
    def kinds(self) -> list[Row]:
        known = [kind for kind in kinds.every() if kind.key in self.whole.kinds]
        return [
            self._row(kind.label, self.whole.kinds[kind.key], self.group.key, kind=kind.key) for kind in known
        ]

    @property
    def weeks(self) -> list[Row]:
        """The newest first."""
        monday = self.span.until - timedelta(days=self.span.until.weekday())
        first = monday - timedelta(weeks=WEEKS - 1)
        found = {first + timedelta(weeks=n): Count() for n in range(WEEKS)}
        people = [person.pk for person in self.group.people]
        rows = counts_by_day(people, first, monday + timedelta(days=6), self.now)
        for day, state, number, weight in rows:
            found[day - timedelta(days=day.weekday())].add(state, number, weight)
        return [
            self._row(
                _("%(first)s〜%(last)s") % {"first": _short(week), "last": _short(week + timedelta(days=6))}, count,
                self.group.key, since=week, until=week + timedelta(days=6),
            )
            for week, count in sorted(found.items(), reverse=True)
            if count.counted or count.excused
        ]  # fmt: skip

    def _row(
        self, name: Any, count: Count, who: str, *, kind: str = "", narrow: bool = False,
        since: date | None = None, until: date | None = None,
    ) -> Row:  # fmt: skip
        reached = percent(self.whole.share_of(count))
        asked = {
            "who": who,
            "since": since or self.span.since,
            "until": until or self.span.until,
            "kind": kind,
        }
        cells = [Cell(state, count.number[state], items_address(asked, state)) for state in SHOWN]
        low = reached is not None and reached < self.rules.low_percent
        address = (
            f"{url_of('duties:rate')}?{urlencode({'who': who, 'span': self.span.key})}" if narrow else ""
        )
        return Row(
            name, reached, cells, Cell(State.OPEN, count.counted, items_address(asked, "")), low, address
        )


def items_address(asked: dict[str, Any], state: str) -> str:
    told = {**asked, "state": state}
    given = {
        key: value.isoformat() if isinstance(value, date) else value for key, value in told.items() if value
    }
    return f"{url_of('duties:items')}?{urlencode(given)}"


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"


def named(rows: Iterable[tuple[str, Any]], chosen: str) -> list[tuple[str, Any, bool]]:
    return [(key, words, key == chosen) for key, words in rows]
