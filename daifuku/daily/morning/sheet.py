"""朝の一枚: what one looks at together of a day, and the registry of its parts, which areas above fill.

It is read anew whenever it is opened, with the rights of whoever opens it. What happened on the day stays the same;
what was written down afterwards is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from daifuku.activities.showing import who as who_of
from daifuku.daily import days, recorded, who
from daifuku.daily.days import Span
from daifuku.daily.models.habit import Habits
from daifuku.duties.working import Calendar
from daifuku.ledger import kinds
from daifuku.records.scope import seen_of_kinds
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

MOST = 20


@dataclass(frozen=True)
class Line:
    """`object` and `uid` name the record that it opens, and that can be shared; `chips` are (word, colour)."""

    text: str
    url: str = ""
    person: Any = None
    at: datetime | None = None
    note: str = ""
    chips: Sequence[tuple[Any, str]] = ()
    who: Sequence[tuple[str, str]] = ()
    object: str = ""
    uid: Any = None


@dataclass(frozen=True)
class Found:
    """`total` may be more than the lines that are shown; `more` leads to all of them."""

    lines: Sequence[Line]
    total: int
    more: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the sheet. `find` gives None where the part is not for this reader or the firm does not use it;
    one without lines is left out, unless `nothing` says what that means."""

    key: str
    label: Any
    find: Callable[[Morning], Found | None]
    order: int = 50
    nothing: Any = ""


@dataclass
class Part:
    section: Section
    found: Found


@dataclass
class Morning:
    """One day as `viewer` may know it: of the people whose reports he reads, up to the next working day."""

    viewer: Viewer
    day: date
    now: datetime
    rules: Habits
    people: list[Person] = field(default_factory=list)

    @cached_property
    def keys(self) -> list[int]:
        return [person.pk for person in self.people]

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar(self.keys, timezone.localdate(self.now))

    @cached_property
    def span(self) -> Span:
        """With the days off behind it: what somebody did on Saturday is not lost on Monday."""
        following = days.next_working(self.day, self.calendar)
        return Span(self.day, days.span(self.day, self.rules).start, days.span(following, self.rules).start)

    @property
    def until(self) -> datetime:
        """The evening as of which the sheet tells how things stand; of a day that is not over yet, now."""
        return min(self.span.end, self.now)

    @cached_property
    def leads(self) -> list[recorded.Entry]:
        """All that the ledger says of leads on this day."""
        told = [
            kind.key
            for kind in kinds.every()
            if kind.key.startswith("lead.") and not kind.quiet and "bulk" not in kind.key
        ]
        return recorded.entries(self.span, told, alone=False)

    @cached_property
    def lead_records(self) -> dict[tuple[str, int], Any]:
        return seen_of_kinds(((entry.object, entry.key) for entry in self.leads), self.viewer)

    @cached_property
    def parts(self) -> list[Part]:
        found = [(section, section.find(self)) for section in every()]
        return [
            Part(section, lines)
            for section, lines in found
            if lines is not None and (lines.total or section.nothing)
        ]


_sections: dict[str, Section] = {}


def register(*sections: Section) -> None:
    """From `apps.ready()` of whoever has something to tell in the morning."""
    for section in sections:
        _sections[section.key] = section


def every() -> list[Section]:
    return sorted(_sections.values(), key=lambda section: (section.order, section.key))


def morning_of(viewer: Viewer, day: date, now: datetime, rules: Habits) -> Morning:
    return Morning(viewer, day, now, rules, who.seen_by(viewer, who.writers(rules)))


def line_of(record: Any, viewer: Viewer, **told: Any) -> Line:
    """A line that opens this record, with whom it is about."""
    about = who_of(record, viewer, ()) if hasattr(record, "account_id") else ()
    return Line(
        str(record), record.get_absolute_url(), who=about, object=record.object_key, uid=record.uid, **told
    )
