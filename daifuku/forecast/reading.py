"""予実: what was to be reached, what was reached, where a month lands, and what it was a year ago.

The figures come from the sums of `booking`, as far as the viewer sees the records behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, Sum

from daifuku.forecast import sources
from daifuku.forecast.models import Booked, Summed, Target
from daifuku.forecast.sources import BACKLOG, OPEN_DEALS, UNCOUNTED, Source
from daifuku.forecast.whose import Seen, Whose
from daifuku.foundation import calendar
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.models.record import scope_of_sums, sight_of
from daifuku.staff.models import Company
from daifuku.staff.viewer import Viewer

COMMIT, BEST = ("commit", "closed"), "best"


@dataclass(frozen=True)
class Span:
    """Months from the first day of one to the first day of another, both meant."""

    begin: date
    end: date

    def __contains__(self, month: date) -> bool:
        return self.begin <= month <= self.end

    def months(self) -> list[date]:
        found, month = [], self.begin
        while month <= self.end:
            found.append(month)
            month = calendar.add_months(month, 1)
        return found

    @property
    def last_day(self) -> date:
        return calendar.last_of_month(self.end)

    def year_before(self) -> Span:
        return Span(calendar.add_months(self.begin, -12), calendar.add_months(self.end, -12))


@dataclass(frozen=True)
class Asked:
    """Which fiscal year, counted by what, of whom, and for which months people and groups are told."""

    year: Span
    period: Span
    basis: Source
    whose: Whose
    today: date

    @property
    def month(self) -> date:
        return sources.first_of(self.today)


@dataclass
class Figures:
    """In yen. `open` is what open deals come to by their probability, `sure` and `best` those that are said to be so,
    in full; `ahead` is what was ordered, delivered or billed and is still to come."""

    target: int | None = None
    actual: int = 0
    lines: int = 0
    open: int = 0
    deals: int = 0
    sure: int = 0
    best: int = 0
    ahead: int = 0
    last: int = 0
    targets: list[Target] = field(default_factory=list)

    @property
    def landing(self) -> int:
        return self.actual + self.ahead + self.open

    @property
    def committed(self) -> int:
        return self.actual + self.ahead + self.sure

    @property
    def best_case(self) -> int:
        return self.committed + self.best

    @property
    def rate(self) -> int | None:
        """Per cent of the target, cut off: 99.9 is not yet reached."""
        return None if not self.target else self.actual * 100 // self.target

    @property
    def gap(self) -> int | None:
        return None if self.target is None else self.landing - self.target

    @property
    def difference(self) -> int:
        """To the year before."""
        return self.landing - self.last

    @property
    def growth(self) -> int | None:
        """Per cent of the year before."""
        return None if self.last <= 0 else self.landing * 100 // self.last

    def add(self, other: Figures) -> None:
        for name in ("actual", "lines", "open", "deals", "sure", "best", "ahead", "last"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.aim(other.targets)

    def aim(self, targets: Iterable[Target]) -> None:
        """The targets that count here, of which the number is the sum."""
        for row in targets:
            self.target = (self.target or 0) + row.amount
            self.targets.append(row)


@dataclass
class Told:
    """All that a page says."""

    months: dict[date, Figures] = field(default_factory=dict)
    people: dict[int | None, Figures] = field(default_factory=dict)
    groups: dict[str, Figures] = field(default_factory=dict)
    overdue: Figures = field(default_factory=Figures)

    def of_span(self, span: Span) -> Figures:
        total = Figures()
        for month, figures in self.months.items():
            if month in span:
                total.add(figures)
        return total


class Sums(NamedTuple):
    month: date
    owner: int | None
    part: str
    amount: int
    weighted: int
    records: int


def fiscal_year(year: int) -> Span:
    begin = date(year, Company.objects.values_list("fiscal_start_month", flat=True).first() or 4, 1)
    return Span(begin, calendar.add_months(begin, 11))


def year_of(day: date) -> int:
    return calendar.fiscal_year(
        day, Company.objects.values_list("fiscal_start_month", flat=True).first() or 4
    )


def offered(viewer: Viewer) -> list[Source]:
    """What this viewer may count by: he sees those records, and the fields that the figures are of."""
    return [source for source in sources.every() if source.basis and _open_to(source, viewer)]


def _open_to(source: Source, viewer: Viewer) -> bool:
    objects = {source.object, *(each for each, _key in source.fields)}
    if not all(viewer.may(each, "view") for each in objects):
        return False
    return all(key in vocabulary.fields_for(viewer, each) for each, key in source.fields)


def sums(source: Source, span: Span, viewer: Viewer, people: frozenset[int] | None) -> Iterator[Sums]:
    """By month, person and part, of all that the viewer sees."""
    if not _open_to(source, viewer):
        return
    within = Q(source=source.key, month__gte=span.begin, month__lte=span.end)
    if people is not None:
        within &= Q(owner__in=sorted(people))
    alike = scope_of_sums(viewer, source.object)
    yield from _counted(Summed.objects.filter(within).filter(alike))
    if single := _single(source, viewer):
        yield from _counted(Booked.objects.filter(within, record_id__in=single).exclude(alike))


def _counted(rows: Any) -> Iterator[Sums]:
    counted = rows.order_by().values_list("month", "owner_id", "part").annotate(
        a=Sum("amount"), w=Sum("weighted"), n=Sum("count")
    )  # fmt: skip
    return (Sums(*row) for row in counted if any(row[3:]))


def _single(source: Source, viewer: Viewer) -> list[int]:
    """Records that the viewer sees one by one."""
    sight, model = sight_of(viewer, source.object, "view"), registry.get(source.object).model
    found = set(sight.shared)
    for name, keys in sight.followed:
        found |= set(model.plain.filter(**{f"{name}_id__in": keys}).values_list("pk", flat=True))
    return sorted(found)


def read(asked: Asked, viewer: Viewer, seen: Seen) -> Told:
    """The months of the year, and people and product groups in the period."""
    told = Told({month: Figures() for month in asked.year.months()})
    before = asked.year.year_before()
    for row in sums(asked.basis, Span(before.begin, asked.year.end), viewer, asked.whose.people):
        if row.month in asked.year:
            _add(told, asked, row, row.month, Figures(actual=row.amount, lines=row.records), group=True)
        else:
            month = calendar.add_months(row.month, 12)
            _add(told, asked, row, month, Figures(last=row.amount), group=True)
    for key in asked.basis.ahead:
        _read_ahead(told, asked, viewer, sources.get(key))
    _put_targets(told, asked, viewer, seen)
    return told


def _read_ahead(told: Told, asked: Asked, viewer: Viewer, source: Source) -> None:
    """What is still to come, from this month on; deals whose day has passed land in no month."""
    far = Span(date(1900, 1, 1), asked.year.end)
    for row in sums(source, far, viewer, asked.whose.people):
        figures = _figures_ahead(source, row)
        if figures is None:
            continue
        month = max(row.month, asked.month) if source.at_once else row.month
        if month < asked.month:
            told.overdue.add(figures)
        elif month in asked.year:
            _add(told, asked, row, month, figures, group=source.key == BACKLOG)


def _figures_ahead(source: Source, row: Sums) -> Figures | None:
    if source.key != OPEN_DEALS:
        return Figures(ahead=row.amount)
    if row.part == UNCOUNTED:
        return None
    return Figures(
        open=row.weighted, deals=row.records, sure=row.amount if row.part in COMMIT else 0,
        best=row.amount if row.part == BEST else 0,
    )  # fmt: skip


def _add(told: Told, asked: Asked, row: Sums, month: date, figures: Figures, *, group: bool) -> None:
    told.months[month].add(figures)
    if month not in asked.period:
        return
    told.people.setdefault(row.owner, Figures()).add(figures)
    if group and asked.basis.parts:
        told.groups.setdefault(row.part, Figures()).add(figures)


def _put_targets(told: Told, asked: Asked, viewer: Viewer, seen: Seen) -> None:
    rows = list(targets(asked.year, viewer))
    for month, figures in told.months.items():
        figures.aim(targets_of(rows, asked.whose, Span(month, month), seen))
    for person in asked.whose.people if asked.whose.people is not None else (p.pk for p in seen.people):
        if own := [row for row in _of(rows, "", owner=person) if row.month in asked.period]:
            told.people.setdefault(person, Figures()).aim(own)
    for group in {row.group for row in rows if row.group and asked.basis.parts}:
        if found := targets_of(rows, asked.whose, asked.period, seen, group):
            told.groups.setdefault(group, Figures()).aim(found)


def targets(span: Span, viewer: Viewer) -> Iterable[Target]:
    rows = Target.objects.visible_to(viewer).filter(month__gte=span.begin, month__lte=span.end, amount__gt=0)
    of = ("month", "owner__uid", "team_id", "group", "amount", "uid", "version")
    return rows.select_related("owner").only(*of)  # type: ignore[no-any-return]


def targets_of(rows: list[Target], whose: Whose, span: Span, seen: Seen, group: str = "") -> list[Target]:
    """Month by month its own target, where it has one; else those of its people together."""
    return [row for month in span.months() for row in _targets_in(rows, whose, month, seen, group)]


def _targets_in(rows: list[Target], whose: Whose, month: date, seen: Seen, group: str) -> list[Target]:
    rows = [row for row in rows if row.month == month]
    if whose.person is not None:
        return _of(rows, group, owner=whose.person.pk)
    own: list[Target] = []
    if whose.team is not None:
        own = _of(rows, group, team=whose.team.pk)
    elif whose.people is None:
        own = _of(rows, group)
    if own:
        return own
    of_people = [
        row
        for row in rows
        if row.group == group and row.owner_id is not None
        and (whose.people is None or row.owner_id in whose.people)
    ]  # fmt: skip
    if of_people:
        return of_people
    return _of_teams(rows, seen, group) if whose.people is None else []


def _of_teams(rows: list[Target], seen: Seen, group: str) -> list[Target]:
    """Of the uppermost teams that have one: what a department is to reach is not counted again for its sections."""
    own = {row.team_id: row for row in rows if row.group == group and row.team_id}
    above = {team.pk: team.parent_id for team in seen.teams}
    return [row for team, row in own.items() if above.get(team) not in own]


def _of(rows: list[Target], group: str, *, owner: int | None = None, team: int | None = None) -> list[Target]:
    return [row for row in rows if row.group == group and row.owner_id == owner and row.team_id == team]


def team_figures(told: Told, asked: Asked, viewer: Viewer, seen: Seen) -> list[tuple[Any, Figures]]:
    """Each team with all of its people, also those of the teams below."""
    rows, found = list(targets(asked.period, viewer)), []
    for team in seen.teams:
        people = seen.members[team.pk]
        if asked.whose.people is not None and not people <= asked.whose.people:
            continue
        total = Figures()
        for person in people & told.people.keys():
            total.add(told.people[person])
        total.target, total.targets = None, []
        total.aim(targets_of(rows, Whose("", "", people, team=team), asked.period, seen))
        if total != Figures():
            found.append((team, total))
    return found
