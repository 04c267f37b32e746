"""What the worker does for imports and exports."""

from __future__ import annotations

from django.urls import reverse

from daifuku.foundation.errors import DomainError
from daifuku.jobs import handlers, queue
from daifuku.jobs.models import Job
from daifuku.jobs.running import Running
from daifuku.ledger import writing as ledger
from daifuku.staff.models import Person
from daifuku.transfers.actions import taking_back
from daifuku.transfers.actions.checking import check
from daifuku.transfers.actions.choosing import require_open
from daifuku.transfers.actions.running import begin, run
from daifuku.transfers.models import Import

CHECK, RUN, UNDO = "transfers.check", "transfers.import", "transfers.undo"


def enqueue_check(imported: Import, *, by: Person) -> Job:
    """Puts the dry run of a large file into the queue."""
    require_open(imported)
    with ledger.writing():
        imported.state = Import.State.CHECKING
        job = _enqueue(CHECK, imported, by, f"{imported.name} の確認")
        imported.save(update_fields=["state", "job"])
    return job


def enqueue_import(imported: Import, *, by: Person) -> Job:
    """Begins the import; the worker goes on with it. Raises Conflict when it was begun already."""
    with ledger.writing():
        begin(imported, by=by)
        job = _enqueue(RUN, imported, by, f"{imported.name} の取り込み")
        imported.save(update_fields=["job"])
    return job


def enqueue_undo(imported: Import, *, by: Person) -> Job:
    with ledger.writing():
        taking_back.begin_undo(imported, by=by)
        job = _enqueue(UNDO, imported, by, f"{imported.name} の取り込みの取り消し")
        imported.save(update_fields=["job"])
    return job


def _enqueue(kind: str, imported: Import, by: Person, title: str) -> Job:
    job = queue.enqueue(kind, {"import": imported.pk}, by=by, title=title)
    imported.job = job.uid
    return job


def register() -> None:
    handlers.register(CHECK, _check)
    handlers.register(RUN, _run, undo_url=_undo_url)
    handlers.register(UNDO, _undo)


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
    person: Person = running.by
    return person


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
    running.result.update(_numbers(imported))


def _run(running: Running) -> None:
    imported = _of(running)
    try:
        run(imported, by=_person(running), progress=running)
    except DomainError as error:
        _failed(imported, error, Import.State.FAILED)
        raise
    running.result.update(_numbers(imported))


def _undo(running: Running) -> None:
    running.result.update(taking_back.take_back(_of(running), by=_person(running), progress=running))


def _numbers(imported: Import) -> dict[str, int]:
    return {key: value for key, value in imported.counts.items() if isinstance(value, int)}
