"""What the worker does for imports and exports."""

from __future__ import annotations

import tempfile

from django.core.files.base import File
from django.urls import reverse
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, DomainError
from daifuku.jobs import handlers, queue
from daifuku.jobs.models import Job
from daifuku.jobs.running import Running
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.transfers.actions import exporting, taking_back
from daifuku.transfers.actions.checking import check
from daifuku.transfers.actions.choosing import require_open
from daifuku.transfers.actions.running import begin, going_on, run
from daifuku.transfers.actions.uploading import require_import
from daifuku.transfers.exporting.wish import Wish
from daifuku.transfers.models import Export, Import
from daifuku.transfers.notes import running as notes
from daifuku.transfers.notes import taking_back as notes_back
from daifuku.transfers.notes.choosing import require_own
from daifuku.transfers.storing import keep_file

CHECK, RUN, UNDO, EXPORT = "transfers.check", "transfers.import", "transfers.undo", "transfers.export"

COUNTED = 10_000_000
COUNTED_ROWS = ("new", "updated", "unchanged", "rejected")
# So many rows are checked while one waits.
CHECKED_AT_ONCE = 2_000


def enqueue_check(imported: Import, *, by: Person) -> Job:
    """Puts the dry run of a large file into the queue."""
    require_open(imported)
    with ledger.writing():
        imported.state = Import.State.CHECKING
        job = _enqueue(CHECK, imported, by, _("%(file)s の確認") % {"file": imported.name})
        imported.save(update_fields=["state", "job"])
    return job


def enqueue_import(imported: Import, *, by: Person) -> Job:
    """Begins the import; the worker goes on with it. Raises Conflict when it was begun already."""
    with ledger.writing():
        (notes.begin if imported.of_notes else begin)(imported, by=by)
        job = _enqueue(RUN, imported, by, _("%(file)s の取り込み") % {"file": imported.name})
        imported.save(update_fields=["job"])
    return job


def enqueue_rest(imported: Import, *, by: Person) -> Job:
    """Lets one that was stopped go on behind its last batch. Raises Conflict when it was not stopped."""
    require_import(viewer_of(by), imported.object)
    if imported.of_notes:
        require_own(imported, by)
    with ledger.writing():
        stopped = Import.objects.filter(pk=imported.pk, state=Import.State.CANCELLED, event__isnull=False)
        if not stopped.update(state=Import.State.RUNNING, finished_at=None):
            raise Conflict(_("続きから再開できるのは、止めた取り込みだけです。"), code="not_stopped")
        imported.state = Import.State.RUNNING
        job = _enqueue(RUN, imported, by, _("%(file)s の取り込みの続き") % {"file": imported.name})
        imported.save(update_fields=["job"])
    return job


def enqueue_undo(imported: Import, *, by: Person) -> Job:
    if imported.of_notes:
        require_own(imported, by)
    with ledger.writing():
        taking_back.begin_undo(imported, by=by)
        job = _enqueue(UNDO, imported, by, _("%(file)s の取り込みの取り消し") % {"file": imported.name})
        imported.save(update_fields=["job"])
    return job


def enqueue_export(wish: Wish, *, by: Person) -> Export:
    """For files that nobody should wait for; they can be fetched later by whoever asked."""
    wish.check(viewer_of(by))
    name = exporting.file_name(wish)
    with ledger.writing():
        export: Export = Export.objects.create(
            object=wish.object, by=by, at=moment(), wish=wish.to_json(), name=name
        )
        job = queue.enqueue(
            EXPORT, {"export": export.pk}, by=by, title=_("%(file)s の書き出し") % {"file": name}
        )
        export.job = job.uid
        export.save(update_fields=["job"])
    return export


def _export(running: Running) -> None:
    """Begins anew when it was killed: the file is there at once or not at all."""
    export = Export.objects.get(pk=running.payload["export"])
    wish, by = Wish(**export.wish), _person(running)
    if export.finished_at is None:
        with tempfile.TemporaryFile() as out:
            running.expect(exporting.count(wish, by=by, limit=COUNTED)[0])
            written = exporting.write(wish, out, by=by, told=running.advance)
            if running.cancelled:
                return
            out.seek(0)
            stored = keep_file(File(out))
        with ledger.writing():
            exporting.tell(wish, written.rows, by=by)
            export.file, export.rows, export.unsayable = stored, written.rows, written.missing
            export.finished_at = moment()
            export.save()
    running.result.update(
        {"rows": export.rows, "url": export.get_absolute_url(), "unsayable": export.unsayable}
    )


def _enqueue(kind: str, imported: Import, by: Person, title: str) -> Job:
    job = queue.enqueue(kind, {"import": imported.pk}, by=by, title=title)
    imported.job = job.uid
    return job


AFTER_CANCEL = {
    Import.State.CHECKING: Import.State.UPLOADED,
    Import.State.RUNNING: Import.State.CANCELLED,
    Import.State.UNDOING: Import.State.DONE,
}


def notice_end(imported: Import, job: Job | None) -> Import:
    """A job that was cancelled before it began tells nobody; whoever looks at the import sets it right."""
    if job is None or job.state != Job.State.CANCELLED or imported.state not in AFTER_CANCEL:
        return imported
    after = AFTER_CANCEL[Import.State(imported.state)]
    with ledger.writing():
        Import.objects.filter(pk=imported.pk, state=imported.state).update(state=after)
    imported.state = after
    return imported


def register() -> None:
    handlers.register(CHECK, _check, cancellable=True)
    handlers.register(RUN, _run, undo_url=_undo_url, cancellable=True)
    handlers.register(UNDO, _undo)
    handlers.register(EXPORT, _export, template="transfers/parts/job_export.html", cancellable=True)


def _undo_url(job: Job) -> str:
    imported = Import.objects.filter(pk=job.payload["import"]).first()
    if imported is None or not imported.may_be_undone:
        return ""
    return reverse("transfers:undo", args=[imported.uid])


def _of(running: Running) -> Import:
    found: Import = Import.objects.select_related("event").get(pk=running.payload["import"])
    return found


def _person(running: Running) -> Person:
    """Nobody imports in the program's own name."""
    if running.by is None:
        raise LookupError("an import or export belongs to somebody")
    return running.by


def _failed(imported: Import, error: DomainError, state: str) -> None:
    with ledger.writing():
        Import.objects.filter(pk=imported.pk).update(state=state, message=error.message)


def _check(running: Running) -> None:
    imported = _of(running)
    try:
        check(imported, by=_person(running), progress=running)
    except DomainError as error:
        _failed(imported, error, Import.State.UPLOADED)
        raise
    running.result.update(_numbers(imported, running))


def _run(running: Running) -> None:
    imported = going_on(_of(running))
    if imported.of_notes:
        _run_notes(running, imported)
        return
    if imported.position and running.job.total is None:
        running.expect(imported.rows)
        running.advance(sum(imported.counts[key] for key in COUNTED_ROWS))
    try:
        run(imported, by=_person(running), progress=running)
    except DomainError as error:
        _failed(imported, error, Import.State.FAILED)
        raise
    running.result.update(_numbers(imported, running))


def _run_notes(running: Running, imported: Import) -> None:
    try:
        notes.run(imported, by=_person(running), progress=running, before=running.job.done)
    except DomainError as error:
        _failed(imported, error, Import.State.FAILED)
        raise
    running.result.update(_numbers(imported, running))


def _undo(running: Running) -> None:
    imported = _of(running)
    take_back = notes_back.take_back if imported.of_notes else taking_back.take_back
    running.result.update(take_back(imported, by=_person(running), progress=running))


def _numbers(imported: Import, running: Running) -> dict[str, int]:
    counts = imported.counts_for(viewer_of(_person(running)))
    return {key: value for key, value in counts.items() if isinstance(value, int)}
