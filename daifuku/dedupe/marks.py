"""All that people have said of two that look alike and stay two, as somebody may see it: the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language, override

from daifuku.customers.models import Separation
from daifuku.dedupe.models import Apart, Reason
from daifuku.dedupe.reading import OBJECTS
from daifuku.foundation.errors import NotFound
from daifuku.foundation.sealed import Unreadable, open_seal, seal
from daifuku.records.catalogue import registry
from daifuku.records.scope import seen_of_kinds, sees
from daifuku.staff.viewer import Viewer

SHOWN, LOOKED_AT, PURPOSE = 50, 200, "dedupe.marks"
LANGUAGES = ("ja", "en")


@dataclass(frozen=True)
class Mark:
    """`row` is a Separation, of two of one kind, or an Apart; the words tell apart two that are called the same."""

    row: Any
    first: Any
    second: Any
    first_words: str
    second_words: str
    may_edit: bool

    @property
    def kind(self) -> str:
        return parted(self.row.reason)[0]

    @property
    def note(self) -> str:
        return parted(self.row.reason)[1]


def parted(reason: str) -> tuple[str, str]:
    """What was chosen and the note beside it; it was written down in the language of whoever chose."""
    for label, kind in _labels():
        if reason == label:
            return kind, ""
        if kind != Reason.OTHER and reason.startswith(f"{label}: "):
            return kind, reason.removeprefix(f"{label}: ")
    return Reason.OTHER.value, reason


@cache
def _labels() -> list[tuple[str, str]]:
    """How each reason is called in every language of the program; asked for every mark of a page."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found += [(str(kind.label), kind.value) for kind in Reason]
    return found


def said(mark: Mark) -> str:
    """The reason in the language of whoever reads."""
    kind, note = parted(mark.row.reason)
    if kind == Reason.OTHER:
        return note or str(Reason.OTHER.label)
    return f"{Reason(kind).label}: {note}" if note else str(Reason(kind).label)


def page(viewer: Viewer, after: str = "") -> tuple[list[Mark], str]:
    """Those of which this person sees both; the way on tells nothing of the others."""
    shown: list[Mark] = []
    rows = _latest(_place(after) if after else None)
    for mark in show(rows, viewer):
        if len(shown) == SHOWN:
            return shown, _way_on(shown[-1].row)
        shown.append(mark)
    return shown, _way_on(rows[-1]) if len(rows) == LOOKED_AT else ""


def each(viewer: Viewer) -> Iterator[Mark]:
    """All of them."""
    place = None
    while rows := _latest(place):
        yield from show(rows, viewer)
        place = _place_of(rows[-1])


Place = tuple[datetime, int, int]


def _latest(place: Place | None) -> list[Any]:
    """The next rows of both tables together."""
    marks = Separation.objects.filter(object__in=OBJECTS)
    found: list[Any] = []
    for table, rows in enumerate((marks, Apart.objects.all())):
        if place is not None:
            at, other, key = place
            same_moment = (
                Q(at=at, pk__lt=key) if table == other else Q(at=at) if table > other else Q(pk__in=())
            )
            rows = rows.filter(Q(at__lt=at) | same_moment)
        found += rows.select_related("by").order_by("-at", "-pk")[:LOOKED_AT]
    found.sort(key=lambda row: (-row.at.timestamp(), isinstance(row, Apart), -row.pk))
    return found[:LOOKED_AT]


def _place_of(row: Any) -> Place:
    return row.at, int(isinstance(row, Apart)), row.pk


def _way_on(row: Any) -> str:
    at, table, key = _place_of(row)
    return seal(f"{at.isoformat()},{table},{key}", PURPOSE)


def _place(after: str) -> Place:
    try:
        at, table, key = open_seal(after, PURPOSE).split(",")
        return datetime.fromisoformat(at), int(table), int(key)
    except (ValueError, Unreadable):
        raise NotFound from None


def show(rows: Iterable[Any], viewer: Viewer) -> list[Mark]:
    rows = list(rows)
    seen = seen_of_kinds([place for row in rows for place in ends(row)], viewer)
    found = []
    for row in rows:
        first, second = (seen.get(place) for place in ends(row))
        if first is not None and second is not None:
            may = sees(viewer, first, "edit") or sees(viewer, second, "edit")
            found.append(Mark(row, first, second, _words(first, viewer), _words(second, viewer), may))
    return found


def _words(record: Any, viewer: Viewer) -> str:
    return registry.of(record).subtitle(record, viewer)


def ends(row: Any) -> tuple[tuple[str, int], tuple[str, int]]:
    if isinstance(row, Separation):
        return (row.object, row.first_id), (row.object, row.second_id)
    return (row.first_object, row.first_id), (row.second_object, row.second_id)


def words_of(values: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """What each of these is called in a file, in every language of the program, and its key itself."""
    found: dict[str, str] = {}
    for key, label in values:
        found[key] = key
        for language in (*LANGUAGES, get_language() or "ja"):
            with override(language):
                found[str(label)] = key
    return found
