"""What follows from many saves follows once for all of them, where one verb makes many records one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from daifuku.ledger import channel
from daifuku.ledger import writing as ledger
from daifuku.ledger.writing import Line

if TYPE_CHECKING:
    from daifuku.staff.models import Person

_open: ContextVar[Gathered | None] = ContextVar("records_following", default=None)


class Gathered:
    """Saves whose consequences, search rows and lines are still to come, in their order."""

    def __init__(self) -> None:
        self.saves: list[tuple[Any, Any]] = []
        self.found: list[tuple[Any, Any, bool]] = []
        self.lines: list[Line] = []

    def save(self, object_type: Any, saved: Any) -> None:
        self.saves += [(object_type, each) for each in saved]

    def find(self, object_type: Any, records: Sequence[Any], new: bool) -> None:
        self.found += [(object_type, record, new) for record in records]

    def line(self, line: Line) -> None:
        self.lines.append(replace(line, cause=channel.current().cause))

    @contextmanager
    def unless_refused(self) -> Iterator[None]:
        """What was saved inside and is rolled back, as something was refused, has no consequences."""
        kept: tuple[list[Any], ...] = (self.saves, self.found, self.lines)
        places = [len(each) for each in kept]
        try:
            yield
        except BaseException:
            for each, place in zip(kept, places, strict=True):
                del each[place:]
            raise

    def by_type(self) -> list[tuple[Any, list[Any]]]:
        """Each record once, as it stands at last, with all that was changed."""
        types: dict[str, Any] = {}
        rows: dict[str, dict[int, Any]] = {}
        for object_type, (record, changed) in self.saves:
            types[object_type.key] = object_type
            kept = rows.setdefault(object_type.key, {})
            before = kept[record.pk][1] if record.pk in kept else frozenset()
            kept[record.pk] = (record, before | changed)
        return [(types[key], list(found.values())) for key, found in rows.items()]

    def by_rows(self) -> list[tuple[Any, list[Any], bool]]:
        """Each record once, as it stands at last; those that have no search row yet apart from the others."""
        types: dict[str, Any] = {}
        fresh: set[tuple[str, int]] = set()
        last: dict[tuple[str, int], Any] = {}
        for object_type, record, new in self.found:
            types[object_type.key] = object_type
            last[object_type.key, record.pk] = record
            if new:
                fresh.add((object_type.key, record.pk))
        rows: dict[tuple[str, bool], list[Any]] = {}
        for (kind, key), record in last.items():
            rows.setdefault((kind, (kind, key) in fresh), []).append(record)
        return [(types[kind], records, new) for (kind, new), records in rows.items()]


def waiting() -> Gathered | None:
    """Asked by `ObjectType.follow`, `derived.keep` and whoever tells of a new record."""
    return _open.get()


def tell(line: Line, *, by: Person) -> None:
    """Writes the line of a record, or lets it wait for those of the others."""
    if (gathered := _open.get()) is not None:
        gathered.line(line)
    else:
        ledger.record_many([line], by=by)


@contextmanager
def together(by: Person) -> Iterator[Gathered]:
    """Call inside `ledger.writing()`; at its end all consequences are drawn, in the same transaction."""
    from daifuku.records.search import index

    gathered = Gathered()
    token = _open.set(gathered)
    try:
        yield gathered
    finally:
        _open.reset(token)
    for object_type, records, new in gathered.by_rows():
        index.put(object_type, records, new=new)
    for object_type, saved in gathered.by_type():
        object_type.follow(saved, by)
    if gathered.lines:
        ledger.record_many(gathered.lines, by=by)
