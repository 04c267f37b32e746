"""Notes are written on their records: a comment each, with its files, and what is done is remembered note by note.

Comment and files bear numbers made of the note's own, so that what a killed worker left half done is completed and not
done twice. The note's mark stands in the transaction of its comment: the same note is never twice on a record.
"""

from __future__ import annotations

import tempfile
import uuid
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, DomainError
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.records.actions import commenting, filing, tagging
from daifuku.records.catalogue import registry
from daifuku.records.models import Attachment, Comment
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.actions.ending import end
from daifuku.transfers.models import Import, ImportedNote
from daifuku.transfers.notes.choosing import require_own
from daifuku.transfers.notes.enex import Note, Reader
from daifuku.transfers.notes.looking import NOTHING, opened
from daifuku.transfers.notes.resources import IN_MEMORY, Resource
from daifuku.transfers.notes.wording import Words, file_names, whole_name, words_of
from daifuku.transfers.progress import Progress

State = ImportedNote.State
TO_DO = (State.WAITING, State.PART)
COUNTED = {State.DONE: "new", State.KNOWN: "unchanged", State.REFUSED: "rejected"}
BEGUN = "notes.imported"
STARTS = (
    Import.State.CHECKED, Import.State.DONE, Import.State.CANCELLED, Import.State.FAILED,
)  # fmt: skip


def begin(imported: Import, *, by: Person) -> Import:
    """Writes the line that all others will name as their cause; notes that were given to records later go on under
    the same line. Call inside `writing()`. Raises Conflict."""
    require_own(imported, by)
    if not imported.notes.filter(state__in=TO_DO).exists():
        raise Conflict(
            _("取り込むノートがありません。ノートの行き先を選んでください。"), code="nothing_to_do"
        )
    begun = Import.objects.filter(pk=imported.pk, state__in=STARTS)
    if not begun.update(state=Import.State.RUNNING, finished_at=None, message=""):
        raise Conflict(_("この取り込みはもう始まっています。"), code="already_begun")
    if imported.event is None:
        with through("import"):
            imported.event = ledger.record(
                BEGUN, by=by,
                data={"import": str(imported.uid), "file": imported.name, "rows": imported.rows},
            )  # fmt: skip
    imported.state, imported.position, imported.message = Import.State.RUNNING, 0, ""
    imported.save(update_fields=["event", "position", "state", "job"])
    return imported


def run(imported: Import, *, by: Person, progress: Progress, before: int = 0) -> Import:
    """Writes what is not written yet; `before` were done by an earlier attempt at the same job."""
    if imported.state != Import.State.RUNNING:
        return imported
    require_own(imported, by)
    with through("import", cause=imported.event):
        whole = Work(imported, by, progress).do(before)
    return end(imported, whole=whole)


class Work:
    """One attempt."""

    def __init__(self, imported: Import, by: Person, progress: Progress) -> None:
        self.imported, self.by, self.progress = imported, by, progress

    def do(self, before: int) -> bool:
        """False when the person wanted it to stop."""
        rows = self.imported.notes.filter(state__in=TO_DO)
        left = set(rows.values_list("number", flat=True))
        self.imported.counts = dict(self.imported.counts) | _counted(self.imported)
        self.progress.expect(before + len(left))
        if not left:
            return True
        with opened(self.imported) as file:
            for note in Reader(file, wanted=left.__contains__):
                if note.number not in left:
                    continue
                if self.progress.cancelled:
                    return False
                self.take_in(self.imported.notes.get(number=note.number), note)
                left.discard(note.number)
                if not left:
                    break
        return True

    def take_in(self, row: ImportedNote, note: Note) -> None:
        """What cannot be taken in is told with its reason and stops no other."""
        try:
            state = self._write(row, note)
        except DomainError as error:
            row.reason, state = error.message, State.REFUSED
        with ledger.writing():
            row.state = state
            row.save(update_fields=["state", "reason", "comment_id"])
            self._keep_place(note.number, COUNTED[State(state)])

    def _write(self, row: ImportedNote, note: Note) -> str:
        record = self._record(row)
        words, names = words_of(note), file_names(note)
        self._check(record, note, words)
        if row.state != State.PART and not self._comment(row, record, words.comment):
            return State.KNOWN
        if words.whole:
            self._whole(row, record, note, words.whole)
        seen: set[str] = set()
        for number, (resource, name) in enumerate(zip(note.resources, names, strict=True), start=1):
            if not resource.problem and resource.digest not in seen:
                seen.add(resource.digest)
                self._file(record, uuid.uuid5(row.uid, f"file {number}"), resource, note, name)
        if self.imported.with_tags:
            for tag in note.tags:
                self._tag(record, tag)
        row.reason = ""
        return State.DONE

    def _record(self, row: ImportedNote) -> Any:
        model = registry.get(row.object).model
        found = model.objects.visible_to(viewer_of(self.by)).filter(pk=row.record_id).first()
        if found is None:
            raise DomainError(_("記録が見つかりません。行き先を選び直してください。"), code="gone")
        return found

    def _check(self, record: Any, note: Note, words: Words) -> None:
        """Before anything is written: half a note is worse than none."""
        files = [resource for resource in note.resources if not resource.problem]
        if (files or words.whole) and not sees(viewer_of(self.by), record, "edit"):
            raise DomainError(
                _("この記録にファイルを追加する権限がありません。行き先を選び直してください。"),
                code="read_only",
            )
        if any(resource.size > settings.UPLOAD_LIMIT for resource in files):
            raise filing.TooLarge(
                _("添付が大きすぎます。%(limit)sMBまでにしてください。")
                % {"limit": settings.UPLOAD_LIMIT // 1024 // 1024}
            )

    def _comment(self, row: ImportedNote, record: Any, text: str) -> bool:
        """Together with the mark that says so. False where the note is on the record already."""
        same = ImportedNote.objects.filter(
            digest=row.digest, object=row.object, record_id=row.record_id, state__in=(State.DONE, State.PART)
        )
        try:
            with ledger.writing():
                for other in same.exclude(pk=row.pk):
                    if (
                        other.comment_id
                        and Comment.objects.filter(pk=other.comment_id, removed_at__isnull=True).exists()
                    ):
                        return False
                    ImportedNote.objects.filter(pk=other.pk).update(state=State.UNDONE)
                # A note that was taken back and comes again gets a number of its own.
                uid = row.uid if not Comment.objects.filter(uid=row.uid).exists() else None
                comment = commenting.write_comment(record, text, by=self.by, uid=uid)
                row.comment_id, row.state = comment.pk, State.PART
                row.save(update_fields=["comment_id", "state"])
        except IntegrityError:
            row.refresh_from_db()
            return False
        return True

    def _whole(self, row: ImportedNote, record: Any, note: Note, text: str) -> None:
        uid = uuid.uuid5(row.uid, "whole")
        if not Attachment.objects.filter(uid=uid).exists():
            content = ContentFile(text.encode("utf-8-sig"), name=whole_name(note))
            filing.add_file(record, content, by=self.by, uid=uid)

    def _file(self, record: Any, uid: uuid.UUID, resource: Resource, note: Note, name: str) -> None:
        if Attachment.objects.filter(uid=uid).exists():
            return
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as content:
            note.store.copy(resource, content)
            content.seek(0)
            filing.add_file(record, _as_file(content, name, resource.size), by=self.by, uid=uid)

    def _tag(self, record: Any, name: str) -> None:
        """A tag that is too long for one stays in the words of the note alone; so does one on what may only be read."""
        try:
            tagging.put_tag(record, name, by=self.by)
        except DomainError:
            return

    def _keep_place(self, number: int, what: str) -> None:
        """Counts, place and progress, in the transaction of the note's mark."""
        self.imported.counts[what] += 1
        self.imported.position = number
        self.imported.save(update_fields=["counts", "position"])
        self.progress.advance(1)


def _as_file(content: IO[bytes], name: str, size: int) -> File[bytes]:
    file = File(content, name=name)
    file.size = size
    return file


def _counted(imported: Import) -> dict[str, int]:
    found = dict(NOTHING)
    for state, name in COUNTED.items():
        found[name] = imported.notes.filter(state=state).count()
    return found
