"""Which customer a note may be about: its title, its tags or its notebook are compared with names and readings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from daifuku.records.catalogue import registry
from daifuku.records.models import DuplicateKey
from daifuku.staff.viewer import Viewer
from daifuku.transfers.finding import Finder
from daifuku.transfers.models import ImportedNote

# What most likely owns notes comes first.
OBJECTS = ("account", "contact", "lead")
BETWEEN = re.compile(
    r"[\s　、,，/／|｜:：;；・()（）\[\]［］【】「」『』<>＜＞_＿~〜]+|様|御中|さん(?![^\s　])|殿"
)
LONGEST, WORDS, FEW = 80, 8, 5
MOST = 10


class Namesakes(Finder):
    """All records that are called so, by the normalised name and then by the reading; a code is no name.

    Whoever notes 「青葉商事」 may well mean 青葉商事株式会社: that one is called exactly so tells nothing.
    """

    def all(self, texts: Iterable[str]) -> dict[str, list[Any]]:
        missing = {text for text in texts if text}
        found: dict[str, list[Any]] = {}
        stages = [self._by_key, *([self._by_kana] if "kana" in self.seen else [])]
        for stage in stages:
            if missing:
                found |= {text: _once(records) for text, records in stage(missing).items() if records}
                missing -= found.keys()
        return found

    def _by_key(self, texts: set[str]) -> dict[str, list[Any]]:
        keys = {text: self._name_keys(text) for text in texts}
        rows = DuplicateKey.objects.filter(
            object=self.object_type.key, kind__in=["name", "person", "email"],
            key__in={key for each in keys.values() for _kind, key in each if key},
        )  # fmt: skip
        holders: dict[tuple[str, str], set[int]] = {}
        for kind, key, record_id in rows.values_list("kind", "key", "record_id"):
            holders.setdefault((kind, key), set()).add(record_id)
        records = self._rows().in_bulk(set().union(*holders.values()) if holders else [])
        return {
            text: [records[pk] for pair in pairs for pk in sorted(holders.get(pair, ())) if pk in records]
            for text, pairs in keys.items()
        }


class Proposer:
    """Proposes records that this person sees, for many notes at once."""

    def __init__(self, viewer: Viewer, notebook: str) -> None:
        self._notebook = notebook
        known = [each.key for each in registry.known_to(viewer)]
        self._finders = {key: Namesakes(key, viewer) for key in OBJECTS if key in known}

    def propose(self, notes: Sequence[ImportedNote]) -> None:
        """One record that is meant is chosen; of several the person chooses; without any the note is put aside."""
        clues = [clues_of(note, self._notebook) for note in notes]
        wanted = {clue for each in clues for clue in each}
        found = {key: finder.all(wanted) for key, finder in self._finders.items()}
        for note, each in zip(notes, clues, strict=True):
            records = _first(each, found)
            note.candidates = [[record.object_key, record.pk] for record in records[:MOST]]
            if len(records) == 1:
                note.object, note.record_id = records[0].object_key, records[0].pk
                note.state = ImportedNote.State.WAITING


def clues_of(note: ImportedNote, notebook: str) -> list[str]:
    """The texts that may name the customer, the most certain first: the whole title, its beginning, other words."""
    title = note.title.strip()
    words = [word for word in BETWEEN.split(title)[: WORDS * 2] if word][:WORDS]
    begun = [" ".join(words[:count]) for count in range(min(len(words), FEW), 0, -1)]
    texts = [title, *begun, *words[1:], *note.tags, notebook]
    kept = dict.fromkeys(text.strip() for text in texts)
    return [text for text in kept if 2 <= len(text) <= LONGEST and not text.isdecimal()]


def notebook_of(file_name: str) -> str:
    """Evernote names its file after the notebook."""
    stem = file_name.rsplit(".", 1)[0].strip()
    return re.sub(r"[ _]?\(?\d{0,4}\)?\Z", "", stem) or stem


def _first(clues: Iterable[str], found: dict[str, dict[str, list[Any]]]) -> list[Any]:
    for clue in clues:
        for key in OBJECTS:
            if records := found.get(key, {}).get(clue):
                return records
    return []


def _once(records: Iterable[Any]) -> list[Any]:
    return list(islice({record.pk: record for record in records}.values(), MOST + 1))
