"""Making backups: by whom, where to, how many are kept, and what is said when it does not work."""

from __future__ import annotations

import fcntl
import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from daifuku.backups import actions, duties, places
from daifuku.backups.models import Backup, RecoveryKey
from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.jobs import queue, running
from daifuku.jobs.models import Job
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast


def test_a_backup_and_its_line_in_the_ledger(firm: Cast, key: str) -> None:
    backup = actions.make(by=firm.mizuno)
    path = Path(backup.path)
    assert path.parent == places.folder()
    assert path.stat().st_size == backup.size
    assert (backup.state, backup.files) == (Backup.State.DONE, 1)
    assert Event.objects.get(kind="backup.made").data["place"] == str(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.django_db
def test_without_a_key_nothing_is_made(cast: Cast, places_of_tests: Path) -> None:
    with pytest.raises(Conflict, match="先に復旧キーを"):
        actions.make(by=cast.mizuno)
    with pytest.raises(Conflict, match="先に復旧キーを"):
        actions.ask(by=cast.mizuno)
    duties.nightly()
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_only_who_keeps_the_settings(cast: Cast) -> None:
    for person in (cast.aoyama, cast.mori, cast.eguchi):
        with pytest.raises(Forbidden):
            actions.make_key(by=person)
        with pytest.raises(Forbidden):
            actions.ask(by=person)


@pytest.mark.django_db
def test_the_half_that_opens_is_kept_nowhere(cast: Cast) -> None:
    secret = actions.make_key(by=cast.mizuno)
    kept = RecoveryKey.objects.get()
    line = Event.objects.get(kind="backup.key_made")
    assert secret.startswith("AGE-SECRET-KEY-")
    assert secret not in kept.recipient + json.dumps(line.data)
    assert line.data == {"key": kept.short}


def test_a_place_that_cannot_be_written_is_told(firm: Cast, key: str, settings: Any) -> None:
    blocked = Path(settings.BACKUP_FOLDER)
    blocked.write_text("a file where the folder should be")
    with pytest.raises(Conflict) as refusal:
        actions.make(by=firm.mizuno)
    assert str(blocked) in refusal.value.message
    backup = Backup.objects.get()
    assert backup.state == Backup.State.FAILED
    assert backup.sentence == refusal.value.message
    assert Event.objects.filter(kind="backup.failed").exists()


def test_a_file_is_never_written_over(firm: Cast, key: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.daifuku"
    path.write_text("mine")
    with pytest.raises(Conflict, match="すでにあります"):
        actions.make(by=firm.mizuno, path=path)
    assert path.read_text() == "mine"


def test_one_at_a_time(firm: Cast, key: str, settings: Any) -> None:
    with (settings.HOME / "backup.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(Conflict, match="別のバックアップ"):
            actions.make(by=firm.mizuno)


def test_what_a_killed_process_left_is_cleared_away(firm: Cast, key: str, settings: Any) -> None:
    folder = places.folder()
    folder.mkdir()
    killed = Backup.objects.create(
        began_at=timezone.now(), key=RecoveryKey.objects.get(), path=str(folder / "daifuku-1.daifuku")
    )
    (folder / ".daifuku-1.daifuku.part").write_text("half")
    (settings.HOME / ".backup-x").mkdir()
    actions.make(by=firm.mizuno)
    killed.refresh_from_db()
    assert killed.state == Backup.State.FAILED
    assert len(list(folder.iterdir())) == 1
    assert not list(settings.HOME.glob(".backup-*"))


def test_the_job_makes_one_and_tidies(firm: Cast, key: str, settings: Any) -> None:
    settings.BACKUP_KEPT = [1, 0, 0]
    old = actions.make(by=firm.mizuno, path=places.folder() / "old.daifuku")
    elsewhere = actions.make(by=firm.mizuno, path=settings.HOME / "mine.daifuku")
    Backup.objects.update(began_at=timezone.now() - timedelta(days=3))
    actions.ask(by=firm.mizuno)
    job = queue.claim()
    assert job is not None
    running.carry_out(job)
    job.refresh_from_db()
    assert (job.state, job.result["removed"]) == (Job.State.DONE, 1)
    old.refresh_from_db()
    assert old.state == Backup.State.REMOVED
    assert not Path(old.path).exists()
    assert Path(elsewhere.path).exists()


def test_a_failed_night_is_told(firm: Cast, key: str, settings: Any) -> None:
    Path(settings.BACKUP_FOLDER).write_text("a file where the folder should be")
    duties.nightly()
    job = queue.claim()
    assert job is not None
    running.carry_out(job)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert settings.BACKUP_FOLDER in str(Notice.objects.filter(person=firm.mizuno, kind="backup").get())


@pytest.mark.django_db
def test_the_administrators_hear_when_a_night_goes_by_without_one(cast: Cast, places_of_tests: Path) -> None:
    actions.make_key(by=cast.mizuno)
    assert not duties.is_late()
    RecoveryKey.objects.update(made_at=timezone.now() - timedelta(hours=27))
    assert duties.is_late()
    duties.watch()
    assert [notice.person for notice in Notice.objects.all()] == [cast.mizuno]
    assert not duties.is_late()


def test_the_night_asks_once(firm: Cast, key: str) -> None:
    duties.nightly()
    duties.nightly()
    assert Job.objects.count() == 1


@given(
    st.lists(st.integers(0, 24 * 400), max_size=60),
    st.tuples(*[st.integers(0, 8)] * 3),
)
def test_the_newest_always_stays_and_no_step_is_forgotten(
    hours: list[int], kept: tuple[int, int, int]
) -> None:
    now = timezone.now()
    moments = {now - timedelta(hours=each) for each in hours}
    spare = places.spare(moments, kept)
    stays = moments - spare
    assert not moments or max(moments) in stays
    assert len(stays) <= sum(kept) + 1
    for number, form in zip(kept, places.STEPS, strict=True):
        steps = sorted({timezone.localtime(at).strftime(form) for at in moments}, reverse=True)[:number]
        assert set(steps) <= {timezone.localtime(at).strftime(form) for at in stays}
