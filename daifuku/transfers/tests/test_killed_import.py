"""kill -9 in the middle of an import (F21): it goes on where it stopped, no row is there twice and none is missing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from daifuku.customers.models import Account
from daifuku.ledger.models import Event, Subject
from daifuku.ledger.sealing import seal, verify
from daifuku.records.models import DuplicateKey
from daifuku.transfers.models import Import, RejectedRow

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

ROWS, KILLS = 3000, 3
PROJECT = Path(__file__).parents[3]
START = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "daifuku.settings"
import django
django.setup()
from django.core.management import call_command
call_command("import_records", *sys.argv[1:])
"""


def begin(path: Path, email: str) -> subprocess.Popen[bytes]:
    """A terminal of its own, on the database of this test."""
    database = connection.settings_dict
    place = str(database["NAME"])
    if connection.vendor == "postgresql":
        place = f"postgresql://{database['USER']}@localhost/{place}?host={database['HOST']}"
    command = [sys.executable, "-c", START, str(path), "--object", "account", "--as", email]
    environment = os.environ | {"DAIFUKU_DATABASE": place}
    return subprocess.Popen(
        command, env=environment, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def position() -> int:
    return Import.objects.values_list("position", flat=True).first() or 0


def kill_after_the_next_batch(process: subprocess.Popen[bytes]) -> None:
    before = position()
    while process.poll() is None and position() <= before:
        time.sleep(0.005)
    process.kill()
    process.communicate()


def table() -> str:
    """Every tenth row belongs to the first one, every hundredth has a rank that there is not."""
    lines = ["会社名,上位組織,ランク", "会社0,,A"]
    for n in range(1, ROWS):
        lines.append(f"会社{n},{'会社0' if n % 10 == 0 else ''},{'Z' if n % 100 == 0 else 'A'}")
    return "\n".join(lines)


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_goes_on_where_it_stopped_without_doubles(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "多い.csv"
    path.write_text(table(), encoding="utf-8")
    for _kill in range(KILLS):
        kill_after_the_next_batch(begin(path, cast.mizuno.email))
        assert 0 < position() <= ROWS
    out, error = begin(path, cast.mizuno.email).communicate(timeout=120)
    assert "続けます" in out.decode(), error.decode()

    imported = Import.objects.get()
    refused = ROWS // 100 - 1
    assert imported.state == Import.State.DONE
    assert imported.counts["new"] == Account.plain.count() == ROWS - refused
    assert imported.counts["rejected"] == RejectedRow.objects.count() == refused
    assert Account.plain.values("name").distinct().count() == ROWS - refused
    assert Account.plain.filter(parent__name="会社0").count() == ROWS // 10 - 1 - refused
    lines = Event.objects.filter(kind="account.created", cause=imported.event)
    assert lines.count() == Subject.objects.filter(event__in=lines, role="main").count() == ROWS - refused
    keyed = set(DuplicateKey.objects.values_list("record_id", flat=True))
    assert keyed == set(Account.plain.values_list("pk", flat=True))
    seal()
    assert verify() == []
