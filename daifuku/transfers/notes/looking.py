"""The first look at a file of notes: every note is read to its end and listed, and nothing is registered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Unavailable
from daifuku.staff.viewer import Viewer
from daifuku.transfers.models import Import, ImportedNote
from daifuku.transfers.models.note import EXCERPT, TITLE
from daifuku.transfers.notes.enex import Note, Reader
from daifuku.transfers.notes.proposing import Proposer, notebook_of
from daifuku.transfers.notes.wording import digest_of, words_of
from daifuku.transfers.reading.refused import refused
from daifuku.transfers.storing import erased

TOGETHER = 500
NOTHING = {"new": 0, "updated": 0, "unchanged": 0, "rejected": 0}


def look_into(imported: Import, viewer: Viewer) -> None:
    """Counts the notes and proposes a record for each; they are saved with the import. Raises Invalid."""
    with opened(imported) as file:
        reader = Reader(file)
        notes = [note for some in _portions(reader, imported, viewer) for note in some]
    if not notes:
        raise refused(
            _("読めるノートが1件もありません。Evernoteでノートを選び、ENEX形式で書き出し直してください。"),
            "no_notes",
        )
    imported.rows, imported.headers, imported.targets = len(notes), [], []
    imported.state = Import.State.CHECKED
    imported.counts = NOTHING | ({"broken": reader.broken} if reader.broken else {})
    imported.found = notes


def opened(imported: Import) -> Any:
    """Raises Conflict when it went with somebody who was erased, Unavailable."""
    if not imported.file:
        raise erased()
    try:
        return default_storage.open(imported.file, "rb")
    except FileNotFoundError as error:
        raise Unavailable(_("ファイルが見つかりません。もう一度ファイルを選んでください。")) from error


def _portions(reader: Reader, imported: Import, viewer: Viewer) -> Iterator[list[ImportedNote]]:
    proposer = Proposer(viewer, notebook_of(imported.name))
    read: Iterator[Any] = (_listed(note, imported) for note in reader)
    while some := list(islice(read, TOGETHER)):
        proposer.propose([note for note in some if note.state != ImportedNote.State.REFUSED])
        yield some


def _listed(note: Note, imported: Import) -> ImportedNote:
    words = words_of(note)
    listed = ImportedNote(
        imported=imported, number=note.number, title=note.title[:TITLE], written_at=note.created,
        excerpt=" ".join(words.text[: EXCERPT * 4].split())[:EXCERPT], tags=note.tags,
        files=sum(not each.problem for each in note.resources), digest=digest_of(note, words.text),
    )  # fmt: skip
    if note.too_long:
        listed.state = ImportedNote.State.REFUSED
        listed.reason = _("大きすぎるノートです。Evernoteでいくつかに分けてから書き出してください。")
    return listed
