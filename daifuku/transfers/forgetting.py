"""When a person is erased, what imports and exports keep about her goes as well: files, previews, refused rows.

The file of an import that has ended is read by nobody any more, so it goes whoever is in it. One that has not ended is
looked through; is she in it, it goes as well, and its owner is told to bring a file without her. So it is with files of
her own kind and of every kind that can name her: old talks and daily reports, plans, deals.

There may be a million refused rows: they are read in batches, files as well, before the transaction of the erasure,
which then looks only at what has come since. So nobody who writes meanwhile has to wait for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from daifuku.foundation.errors import DomainError
from daifuku.foundation.japanese.person import person_key
from daifuku.foundation.phone import digits
from daifuku.ledger.channel import moment
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Email, FieldType, Phone, RecordLink
from daifuku.records.files.sweeping import sweep
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.actions.opening import reopen
from daifuku.transfers.models import Export, Import, ImportedNote, RejectedRow

State = Import.State
ENDED = frozenset({State.DONE, State.UNDONE})
# A longer file is not looked through while others wait for the database: it goes.
LOOKED_THROUGH = 20_000
BATCH = 1000
# So many rows before the newest are looked at again: on PostgreSQL a smaller number may be committed later, by another
# import that was just writing a batch of rows.
LATE = 5000


class Traces:
    """A row is about the person if it has an e-mail of hers, her whole name, or her family name and a number."""

    def __init__(self, record: Any) -> None:
        fields = [f for f in vocabulary.fields_of(record.object_key).values() if f.personal or f.custom]
        self.emails = {person_key(value, "") for value in _values(record, fields, Email)}
        self.numbers = {digits(value) for value in _values(record, fields, Phone)}
        self.family, self.given = (
            person_key(getattr(record, name, "") or "", "") for name in ("family_name", "given_name")
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Traces) and vars(self) == vars(other)

    def in_row(self, cells: Iterable[Any]) -> bool:
        written = [str(cell) for cell in cells if cell is not None and cell != ""]
        texts = {person_key(text, "") for text in written}
        if self.emails & texts or self.given and self.family + self.given in texts:
            return True
        if self.family not in texts:
            return False
        return self.given in texts or bool(self.numbers & {digits(text) for text in written})

    def in_talk(self, cells: Iterable[Any]) -> bool:
        """A row of what happened with her may name her in the middle of its words."""
        written = [str(cell) for cell in cells if cell is not None and cell != ""]
        return self.in_row(written) or self.in_words("\n".join(written))

    def in_words(self, text: str) -> bool:
        """What somebody noted down is about her where her whole name or an e-mail of hers stands in it."""
        words = "".join(person_key(text, "").split())
        name = "".join(f"{self.family}{self.given}".split()) if self.given else ""
        return bool(name and name in words) or any(email and email in words for email in self.emails)


class Seen:
    """What was found about her so far; asked again it goes on from there. `kinds` are those that may name her."""

    def __init__(self, traces: Traces, object_key: str) -> None:
        self.traces, self.hers, self._after = traces, set[int](), 0
        self.object_key, self.kinds = object_key, kinds_about(object_key)
        self._told: dict[tuple[Any, ...], bool] = {}

    def is_in(self, object_key: str, cells: Iterable[Any]) -> bool:
        return self.traces.in_row(cells) if object_key == self.object_key else self.traces.in_talk(cells)

    def read_rows(self) -> None:
        """The refused rows, a batch at a time."""
        rows = RejectedRow.objects.filter(imported__object__in=self.kinds).order_by("pk")
        self._after = max(0, self._after - LATE)
        while batch := rows.filter(pk__gt=self._after).values_list("pk", "imported__object", "cells")[:BATCH]:
            self.hers.update(pk for pk, kind, cells in batch if self.is_in(kind, cells))
            self._after = batch[len(batch) - 1][0]

    def told_in(self, imported: Import, by: Person) -> bool:
        """Is she in the file of an import that has not ended? The answer holds as long as it is read that way."""
        how = (imported.pk, imported.file, imported.encoding, imported.sheet, imported.header_line)
        if how not in self._told:
            self._told[how] = self._look_into(imported, by)
        return self._told[how]

    def _look_into(self, imported: Import, by: Person) -> bool:
        """What cannot be read counts as if she were in it."""
        if not imported.file or imported.of_notes:
            return False
        if imported.rows > LOOKED_THROUGH:
            return True
        try:
            rows = reopen(imported, viewer_of(by)).rows()
            return any(self.is_in(imported.object, cells) for _line, cells in rows)
        except DomainError:
            return True


def _values(record: Any, fields: Iterable[Field], kind: type[FieldType]) -> Iterator[str]:
    return (value for field in fields if isinstance(field.type, kind) and (value := field.get(record)))


def kinds_about(object_key: str) -> list[str]:
    """Her own kind of record, and those that link to it."""
    linked = [
        each.key
        for each in registry.every()
        if any(
            isinstance(field.type, RecordLink) and field.type.target == object_key
            for field in vocabulary.fields_of(each.key).values()
        )
    ]
    return sorted({object_key, *linked})


def look_through(record: Any, by: Person) -> Callable[[Any, Person], None]:
    """Outside the transaction; returns what is done in it, before her values go."""
    seen = Seen(Traces(record), record.object_key)
    seen.read_rows()
    for imported in Import.objects.filter(object__in=seen.kinds).exclude(state__in=ENDED):
        seen.told_in(imported, by)

    def forget(fresh: Any, by: Person) -> None:
        traces = Traces(fresh)
        _forget(fresh, seen if traces == seen.traces else Seen(traces, fresh.object_key), by)

    return forget


def _forget(record: Any, seen: Seen, by: Person) -> None:
    rejected = _forget_rejected(seen)
    noted = _forget_notes(record, seen.traces)
    gone = []
    imports = Import.objects.filter(Q(object__in=seen.kinds) | Q(pk__in=noted))
    for imported in imports.select_for_update(of=("self",)):
        found = imported.pk in rejected or imported.pk in noted
        if imported.state in ENDED or found or seen.told_in(imported, by):
            gone.append(imported.file)
            _forget_file(imported, rejected[imported.pk])
    exports = Export.objects.filter(object__in=seen.kinds).exclude(file="")
    gone += exports.values_list("file", flat=True)
    exports.update(file="")
    transaction.on_commit(lambda: sweep(gone))


def _forget_rejected(seen: Seen) -> Counter[int]:
    """Takes away the rows about her; returns how many there were in which import."""
    seen.read_rows()
    gone: Counter[int] = Counter()
    keys = list(seen.hers)
    for start in range(0, len(keys), 500):
        rows = RejectedRow.objects.filter(pk__in=keys[start : start + 500])
        gone.update(rows.values_list("imported_id", flat=True))
        rows.delete()
    return gone


def _forget_notes(record: Any, traces: Traces) -> set[int]:
    """Empties what is listed of notes that went to her, may be meant for her or name her; returns their imports."""
    columns = ("pk", "imported_id", "object", "record_id", "candidates", "title", "excerpt", "tags")
    hers, noted = [], set()
    for pk, imported, object_key, key, candidates, title, excerpt, tags in ImportedNote.objects.values_list(
        *columns
    ).iterator(chunk_size=1000):
        meant = [object_key, key] == [record.object_key, record.pk] or [
            record.object_key,
            record.pk,
        ] in candidates
        if meant or traces.in_words(f"{title}\n{excerpt}\n" + "\n".join(tags)):
            hers.append(pk)
            noted.add(imported)
    for start in range(0, len(hers), 500):
        rows = ImportedNote.objects.filter(pk__in=hers[start : start + 500])
        rows.update(title="", excerpt="", tags=[], written_at=None, candidates=[])
    return noted


def _forget_file(imported: Import, rows: int) -> None:
    imported.file, imported.differences = "", []
    if imported.split:
        imported.split = imported.split | {"unmatched": []}
    imported.counts = imported.counts | {"erased": imported.counts.get("erased", 0) + rows}
    if imported.state not in ENDED:
        imported.message = _(
            "個人情報の消去にともない、このファイルを削除しました。消去した人の行を除いたファイルで、もう一度取り込んでください。"
        )
        if imported.event_id is None:
            imported.state, imported.finished_at, imported.job = State.FAILED, moment(), None
    imported.save(
        update_fields=["file", "differences", "split", "counts", "message", "state", "finished_at", "job"]
    )


def named(stored: str) -> bool:
    """Does an import or export still need this file?"""
    return Import.objects.filter(file=stored).exists() or Export.objects.filter(file=stored).exists()
