"""An import that is stopped on the way: what came in stays, the rest comes in later, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from daifuku.customers.models import Account
from daifuku.foundation.errors import Conflict
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off
from daifuku.transfers import jobs
from daifuku.transfers.actions import running
from daifuku.transfers.models import Import
from daifuku.transfers.tests.files import brought_in, checked

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
ROWS = 600
TEXT = "会社名,備考\n" + "".join(f"会社{n:03},\n" for n in range(ROWS)) + ",名前のない行\n"


def stopped_on_the_way(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Import:
    """In small batches; the person says stop as soon as the first one is in."""
    monkeypatch.setattr(running, "BATCH_SECONDS", 0.000001)
    imported = checked(TEXT, cast.mizuno)
    job = jobs.enqueue_import(imported, by=cast.mizuno)
    take_in = running.Work._take_in

    def and_stop(work: running.Work, *arguments: object, **options: object) -> None:
        take_in(work, *arguments, **options)  # type: ignore[arg-type]
        Job.objects.filter(pk=job.pk).update(cancel_wanted=True)

    with monkeypatch.context() as patched:
        patched.setattr(running.Work, "_take_in", and_stop)
        work_off()
    imported.refresh_from_db()
    return imported


def test_it_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = stopped_on_the_way(cast, monkeypatch)
    there = Account.plain.count()
    assert 0 < there < ROWS
    assert (imported.state, imported.may_go_on, imported.may_be_undone) == (
        Import.State.CANCELLED,
        True,
        True,
    )
    page = Client()
    page.force_login(cast.mizuno, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "続きから再開する" in page.get(imported.get_absolute_url()).content.decode()
    page.post(f"/imports/{imported.uid}/resume/")
    work_off()
    imported.refresh_from_db()
    assert imported.state == Import.State.DONE
    assert sorted(Account.plain.values_list("name", flat=True)) == [f"会社{n:03}" for n in range(ROWS)]
    assert (imported.counts["new"], imported.counts["rejected"]) == (ROWS, 1)
    job = Job.objects.latest("pk")
    assert (job.done, job.total) == (ROWS + 1, ROWS + 1)


def test_the_whole_can_be_taken_back_afterwards(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = stopped_on_the_way(cast, monkeypatch)
    jobs.enqueue_rest(imported, by=cast.mizuno)
    work_off()
    imported.refresh_from_db()
    jobs.enqueue_undo(imported, by=cast.mizuno)
    work_off()
    assert not Account.objects.visible_to(cast.mizuno).exists()


def test_only_what_was_stopped_goes_on(cast: Cast) -> None:
    imported = brought_in("会社名\n青葉商事\n", cast.mizuno)
    with pytest.raises(Conflict, match="止めた取り込みだけ"):
        jobs.enqueue_rest(imported, by=cast.mizuno)
    assert queue.claim() is None
