"""The page of backups, and the commands at the terminal."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from daifuku.backups import actions, state_file
from daifuku.backups.models import Backup
from daifuku.backups.switching import switch
from daifuku.foundation.errors import Conflict
from daifuku.jobs.models import Job

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

PAGE = "/settings/backups/"


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.django_db
def test_first_a_key_that_is_shown_once(cast: Cast, places_of_tests: Path) -> None:
    client = signed_in(cast.mizuno)
    assert "先に復旧キーを作ってください" in text_of(client.get(PAGE))
    answer = client.post(f"{PAGE}key/")
    assert re.search(r'value="AGE-SECRET-KEY-1[0-9A-Z]+"', text_of(answer))
    again = text_of(client.get(PAGE))
    assert "AGE-SECRET-KEY" not in again
    assert "今すぐバックアップする" in again


def test_the_button_leads_to_the_job(firm: Cast, key: str) -> None:
    answer = signed_in(firm.mizuno).post(f"{PAGE}make/")
    assert answer["Location"] == f"/jobs/{Job.objects.get().uid}/"


def test_the_page_shows_what_there_is(firm: Cast, key: str) -> None:
    client = signed_in(firm.mizuno)
    backup = actions.make(by=firm.mizuno)
    assert backup.name in text_of(client.get(PAGE))
    Backup.objects.update(began_at=timezone.now() - timedelta(hours=30))
    assert "24時間以上、バックアップがありません" in text_of(client.get(PAGE))
    Path(backup.path).unlink()
    assert "ファイルが見つかりません" in text_of(client.get(PAGE))


@pytest.mark.django_db
def test_who_does_not_keep_the_settings_finds_nothing(cast: Cast) -> None:
    client = signed_in(cast.aoyama)
    answers = [client.get(PAGE), client.post(f"{PAGE}make/"), client.post(f"{PAGE}key/")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.django_db
def test_a_copy_that_does_not_follow_is_told(cast: Cast, places_of_tests: Path, settings: Any) -> None:
    settings.BACKUP_COPY = "/mnt/nas"
    client = signed_in(cast.mizuno)
    assert "写しが遅れています" in text_of(client.get(PAGE))
    state_file.write(state_file.CopyState(timezone.now().isoformat(), 1.2))
    assert "写しが遅れています" not in text_of(client.get(PAGE))
    state_file.write(state_file.CopyState(timezone.now().isoformat(), 1.2, "the disk is full"))
    assert "the disk is full" in text_of(client.get(PAGE))


def command(name: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_the_command_makes_a_key_where_there_is_none(firm: Cast, tmp_path: Path) -> None:
    said = command("backup", str(tmp_path / "daifuku.backup"))
    assert "AGE-SECRET-KEY-1" in said
    assert "バックアップしました" in said
    assert "AGE-SECRET-KEY-1" not in command("backup", str(tmp_path))
    with pytest.raises(CommandError, match="すでにあります"):
        command("backup", str(tmp_path / "daifuku.backup"))


@pytest.mark.django_db
def test_restoring_what_is_not_there(places_of_tests: Path) -> None:
    with pytest.raises(CommandError, match="がありません"):
        command("restore", str(places_of_tests / "none"), "--to", str(places_of_tests / "new"))


def test_the_restored_home_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    home, fresh = tmp_path / "var", tmp_path / "fresh"
    for folder, word in ((home, "old"), (fresh, "new")):
        folder.mkdir()
        (folder / "word").write_text(word)
    assert switch(fresh, home) == home
    assert (home / "word").read_text() == "new"
    [before] = tmp_path.glob("var.before-*")
    assert (before / "word").read_text() == "old"


def test_a_running_program_keeps_its_place(tmp_path: Path) -> None:
    import fcntl

    home, fresh = tmp_path / "var", tmp_path / "fresh"
    home.mkdir()
    fresh.mkdir()
    with (home / "up.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(Conflict, match="動いています"):
            switch(fresh, home)
    assert fresh.exists()
