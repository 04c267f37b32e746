"""Notes brought in at a terminal; and kill -9 in the middle: each note is on its record once, with all its files."""

from __future__ import annotations

import io
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from daifuku.ledger.models import Event
from daifuku.ledger.sealing import seal, verify
from daifuku.records import actions
from daifuku.records.actions import commenting, filing, tagging
from daifuku.records.models import Comment
from daifuku.transfers.models import Import, ImportedNote
from daifuku.transfers.tests.enex_files import PDF, PNG, SAMPLE, enex, note, resource
from daifuku.transfers.tests.test_killed_import import begin

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

NOTES, KILLS = 60, 2


def run(path: Path, by: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("import_records", str(path), email=by.email, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


@pytest.mark.django_db
def test_notes_are_known_by_their_file(cast: Cast, tmp_path: Path) -> None:
    account = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.mizuno)
    path = tmp_path / "営業メモ.dat"
    path.write_bytes(SAMPLE.read_bytes())
    out = run(path, cast.mizuno, dry_run=True)
    assert "青葉商事 打合せ -> 株式会社青葉商事" in out and "社員旅行の候補 -> （保留" in out
    assert not Comment.objects.exists()
    out = run(path, cast.mizuno, tags=True)
    assert "取り込んだノート 2" in out and "保留中 2" in out
    assert commenting.comments_on(account).count() == 2
    assert {tag.name for tag in tagging.tags_of(account)} >= {"打合せ", "重要"}
    assert "前に取り込み済み 2" in run(path, cast.mizuno)


@pytest.mark.django_db
def test_a_table_needs_to_be_told_what_it_is(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("会社名,備考\nA,B\n", encoding="utf-8")
    with pytest.raises(CommandError, match="--object"):
        run(path, cast.mizuno)


def done() -> int:
    return int(ImportedNote.objects.filter(state="done").count())


def kill_on_the_way(process: subprocess.Popen[bytes]) -> None:
    before = done()
    while process.poll() is None and done() <= before:
        time.sleep(0.002)
    process.kill()
    process.communicate()


@pytest.mark.django_db(transaction=True)
def test_killed_it_goes_on_without_doubles(cast: Cast, tmp_path: Path) -> None:
    account = actions.create("account", {"name": "青葉商事"}, by=cast.mizuno)
    path = tmp_path / "営業メモ.enex"
    rest = resource(PNG, "image/png", "a.png") + resource(PDF, "application/pdf", "b.pdf")
    path.write_bytes(enex(*(note("青葉商事", f"{n}番の話", rest=rest) for n in range(NOTES))))
    for _kill in range(KILLS):
        kill_on_the_way(begin(path, cast.mizuno.email))
        assert 0 < done() <= NOTES
    out, error = begin(path, cast.mizuno.email).communicate(timeout=300)
    assert "続けます" in out.decode(), error.decode()
    imported = Import.objects.get()
    assert (imported.state, imported.counts["new"]) == (Import.State.DONE, NOTES)
    texts = [comment.text.rsplit("\n", 1)[-1] for comment in commenting.comments_on(account)]
    assert sorted(texts) == sorted(f"{n}番の話" for n in range(NOTES))
    assert filing.files_of(account).count() == 2 * NOTES
    lines = Event.objects.filter(cause=imported.event)
    assert lines.filter(kind="comment.written").count() == NOTES
    assert lines.filter(kind="file.added").count() == 2 * NOTES
    seal()
    assert verify() == []
