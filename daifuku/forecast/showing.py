"""The rows of the tables: a name, its figures, and the address behind each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from daifuku.forecast import opening, reading
from daifuku.forecast.asking import WHOLE_YEAR
from daifuku.forecast.reading import Asked, Figures, Span, Told
from daifuku.forecast.whose import TEAM, Seen
from daifuku.foundation import calendar
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Line:
    """`address` narrows the page down to it; `links` open the records; `kind` is what a row is: "", "sum", "now"."""

    name: str
    figures: Figures
    links: Mapping[str, str]
    address: str = ""
    kind: str = ""
    key: str = ""

    @property
    def aims(self) -> str:
        """The address of the targets that the number adds up."""
        return opening.of_targets(self.figures.targets)


def query(asked: Asked, **other: str) -> str:
    """The address of the same page with something else asked."""
    span = asked.period
    words = {
        "year": str(asked.year.begin.year), "basis": asked.basis.key, "who": asked.whose.key,
        "month": WHOLE_YEAR if span == asked.year else f"{span.begin:%Y-%m}", **other,
    }  # fmt: skip
    return urlencode({name: value for name, value in words.items() if value})


def month_name(span: Span) -> str:
    return _("%(year)s年%(month)s月") % {"year": span.begin.year, "month": span.begin.month}


def period_name(asked: Asked) -> str:
    return year_name(asked.year) if asked.period == asked.year else month_name(asked.period)


def year_name(year: Span) -> str:
    return _("%(year)s年度") % {"year": year.begin.year}


def months(told: Told, asked: Asked, seen: Seen) -> list[Line]:
    """Twelve months, after each half its sum, and the year at the end."""
    owners, found = opening.owners_of(asked, seen), []
    halves = [
        (_("上期"), Span(asked.year.begin, calendar.add_months(asked.year.begin, 5))),
        (_("下期"), Span(calendar.add_months(asked.year.begin, 6), asked.year.end)),
    ]
    for name, half in halves:
        for month in half.months():
            span = Span(month, month)
            found.append(
                Line(
                    month_name(span), told.months[month], opening.links(asked, span, owners),
                    query(asked, month=f"{month:%Y-%m}"), "now" if month == asked.month else "", f"{month:%Y-%m}",
                )
            )  # fmt: skip
        found.append(Line(name, told.of_span(half), opening.links(asked, half, owners), "", "sum"))
    whole = query(asked, month=WHOLE_YEAR)
    links = opening.links(asked, asked.year, owners)
    return [*found, Line(_("年度計"), told.of_span(asked.year), links, whole, "sum", WHOLE_YEAR)]


def people(told: Told, asked: Asked, seen: Seen) -> list[Line]:
    """Who has a target or anything else, in the order of the fifty sounds; then whoever is not here any more."""
    found, known = [], {person.pk: person for person in seen.people}
    for key, person in known.items():
        if key in told.people:
            found.append(_of_person(person, told.people[key], asked))
    if asked.whose.people is not None:
        return found
    others = [key for key in told.people if key is not None and key not in known]
    gone = Person.objects.filter(pk__in=others) if others else []
    found += [_of_person(person, told.people[person.pk], asked, narrow=False) for person in gone]
    if None in told.people:
        links = opening.links(asked, asked.period, [])
        found.append(Line(_("担当者なし"), told.people[None], links))
    return found


def _of_person(person: Person, figures: Figures, asked: Asked, *, narrow: bool = True) -> Line:
    links = opening.links(asked, asked.period, [str(person.uid)])
    address = query(asked, who=str(person.uid)) if narrow and asked.whose.person is None else ""
    return Line(str(person), figures, links, address, key=str(person.uid))


def teams(told: Told, asked: Asked, viewer: Viewer, seen: Seen) -> list[Line]:
    uids = {person.pk: str(person.uid) for person in seen.people}
    found = []
    for team, figures in reading.team_figures(told, asked, viewer, seen):
        owners = [uids[key] for key in seen.members[team.pk] if key in uids]
        key = f"{TEAM}{team.pk}"
        links = opening.links(asked, asked.period, sorted(owners))
        found.append(
            Line(str(team), figures, links, query(asked, who=key) if key != asked.whose.key else "", key=key)
        )
    return found


def groups(told: Told, asked: Asked, seen: Seen) -> list[Line]:
    """In the order in which the firm offers them; goods without a group come last."""
    owners, found = opening.owners_of(asked, seen), []
    options: Any = vocabulary.fields_of("product")["group"].type
    order = [option.key for option in options.options]
    for key in sorted(told.groups, key=lambda each: order.index(each) if each in order else len(order)):
        name = options.option(key).name if key else _("グループなし・その他")
        links = opening.links(asked, asked.period, owners, key)
        if not key or not asked.basis.group:
            links = {name: address for name, address in links.items() if name == "nothing"}
        found.append(Line(str(name), told.groups[key], links, key=key))
    return found
