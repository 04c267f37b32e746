"""Finds records for one viewer: names that are the same first, then those that begin so, then all that have it.

Candidates come from the index in portions and pass the read door before anybody sees or counts them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from daifuku.foundation.sql import gram_index
from daifuku.foundation.sql.gram_index import Found, Match, Word
from daifuku.foundation.sql.gram_index.shape import parted
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.models import SearchRow
from daifuku.records.search.explaining import explain, wholly_open
from daifuku.records.search.words import whole_of, words_of
from daifuku.staff.viewer import Viewer

FIRST_PORTION, LARGEST_PORTION, SMALLEST_LOOK = 200, 2000, 20
# Rows of a list that are looked at one by one, because something of them is hidden. Beyond it fewer are found.
MOST_EXPLAINED = 5000
NOT_IN_THE_NAME = 1000


@dataclass(frozen=True)
class Hit:
    """A record, and in which field what was looked for stands (empty where it is the name's reading)."""

    record: Any
    object_type: ObjectType
    matched_field: str = ""
    matched_text: str = ""
    # Which of several 佐藤 it is, as far as whoever looks may know.
    subtitle: str = ""


def search(text: str, viewer: Viewer, objects: Sequence[str] | None = None, limit: int = 20) -> list[Hit]:
    """At most `limit` records that this viewer may see, the best first."""
    wanted = [each.key for each in registry.every() if each.everywhere] if objects is None else objects
    allowed = [key for key in wanted if viewer.may(key, "view")]
    words = words_of(text)
    if not words or not allowed:
        return []
    hits: list[Hit] = []
    seen: set[int] = set()
    for match in matches(text, words):
        for portion in _portions(match, allowed):
            fresh = [found for found in portion if found.id not in seen]
            seen.update(found.id for found in fresh)
            hits += _seen_by(viewer, _ranked(fresh, whole_of(text)), words, limit - len(hits))
            if len(hits) >= limit:
                return hits
    return hits


def narrow(rows: Any, text: str, object_key: str, viewer: Viewer) -> Any:
    """The rows of a list in which every word stands somewhere, as far as this viewer may look."""
    words = words_of(text)
    if not words:
        return rows.none()
    found = rows.filter(gram_index.among(Match("anywhere", words), object_key, rows))
    object_type = registry.get(object_key)
    open_rows = wholly_open(object_type, viewer)
    if open_rows is None:
        return found
    doubtful = found.exclude(pk__in=found.filter(open_rows).values("pk"))
    asked = list(doubtful.select_related(*object_type.related).order_by("pk")[:MOST_EXPLAINED])
    return found.filter(open_rows | Q(pk__in=_explained(object_type, asked, words, viewer)))


def _explained(
    object_type: ObjectType, records: Sequence[Any], words: tuple[Word, ...], viewer: Viewer
) -> list[int]:
    """The keys of those in which the words stand where this viewer may look."""
    keys = [record.pk for record in records]
    kept = {
        row.record_id: row for row in SearchRow.objects.filter(object=object_type.key, record_id__in=keys)
    }
    return [
        record.pk
        for record in records
        if record.pk in kept and explain(record, kept[record.pk], words, viewer) is not None
    ]


def matches(text: str, words: tuple[Word, ...]) -> list[Match]:
    whole = whole_of(text)
    return [Match("exact", (whole,)), Match("starts", (whole,)), Match("anywhere", words)]


def _portions(match: Match, objects: Sequence[str]) -> Iterator[list[Found]]:
    last, passed, size = 0, 0, FIRST_PORTION
    while portion := gram_index.find(match, objects, after=last, passed=passed, limit=size):
        yield portion
        if len(portion) < size:
            return
        last, passed, size = portion[-1].id, passed + size, min(size * 2, LARGEST_PORTION)


def _ranked(found: list[Found], whole: Word) -> list[Found]:
    """Found in the name before found elsewhere, near its beginning before further on, short names before long ones; of
    two with one name always the same one first, in whatever order the index tells them."""
    number = whole.folded.isdecimal()

    def rank(row: Found) -> tuple[int, int, str, str, int]:
        texts = (row.name, row.reading, row.romaji)
        sought = (whole.folded, whole.folded, *whole.romaji)
        places = [at for part, text in zip(sought, texts, strict=False) if (at := text.find(part)) >= 0]
        elsewhere = _place_in_number(row, whole.folded) if number else NOT_IN_THE_NAME
        return (min(places, default=elsewhere), len(row.name), row.name, row.object, row.record_id)

    return sorted(found, key=rank)


def _place_in_number(row: Found, digits: str) -> int:
    """A telephone is known by its last digits, any number by its first ones; the middle comes last."""
    numbers = list(parted(row.others))
    if any(number.endswith(digits) for number in numbers):
        return NOT_IN_THE_NAME
    return NOT_IN_THE_NAME + (1 if any(number.startswith(digits) for number in numbers) else 2)


def _seen_by(viewer: Viewer, found: list[Found], words: tuple[Word, ...], limit: int) -> list[Hit]:
    """The first `limit` of these that this viewer may see; looked at a few at a time, as most are seen by all."""
    hits: list[Hit] = []
    size = max(limit, SMALLEST_LOOK)
    for start in range(0, len(found), size):
        hits += _looked_at(viewer, found[start : start + size], words)
        if len(hits) >= limit:
            break
    return hits[:limit]


def _looked_at(viewer: Viewer, found: list[Found], words: tuple[Word, ...]) -> list[Hit]:
    records: dict[tuple[str, int], Any] = {}
    for key in {row.object for row in found}:
        object_type = registry.get(key)
        keys = [row.record_id for row in found if row.object == key]
        rows = object_type.model.objects.visible_to(viewer).select_related(*object_type.related)
        records |= {(key, record.pk): record for record in rows.filter(pk__in=keys)}
    hits = []
    for row in found:
        record = records.get((row.object, row.record_id))
        explained = explain(record, row, words, viewer) if record is not None else None
        if explained is not None:
            object_type = registry.get(row.object)
            hits.append(Hit(record, object_type, *explained, object_type.subtitle(record, viewer)))
    return hits
