"""`daifuku cards read FILE... --json`: cards as JSON, a sentence for each file that is none, and the others go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from daifuku.cards.reading import Box, NotAPicture, Proposal, Reading
from daifuku.cards.reading.results import unreadable

MODULE = "daifuku.cards.management.commands.cards"


def _read(data: bytes, name: str = "") -> list[Reading]:
    if data == b"no picture":
        raise unreadable()
    here = Box(0, 0, 1, 1)
    fields = {"name": Proposal("山田 太郎", here, 0.9), "kana": Proposal("ヤマダ タロウ", None, 0.4)}
    return [Reading(b"", [], fields)] * data.count(b"card")


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{MODULE}.read", _read)
    monkeypatch.setattr(f"{MODULE}.available", lambda: True)


def test_a_line_for_each_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = tmp_path / "one.jpg", tmp_path / "two.jpg"
    one.write_bytes(b"card")
    two.write_bytes(b"card card")
    call_command("cards", "read", str(one), str(two), "--json")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == [str(one), str(two), str(two)]
    assert lines[0]["fields"]["name"] == "山田 太郎"
    # Only what is printed: the kana were worked out.
    assert lines[0]["fields"]["kana"] == ""
    assert set(lines[0]["fields"]) >= {
        "company",
        "department",
        "title",
        "postal_code",
        "address",
        "tel",
        "email",
        "url",
    }


def test_bad_files_are_told_and_the_others_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.jpg", tmp_path / "bad.jpg"
    good.write_bytes(b"card")
    bad.write_bytes(b"no picture")
    with pytest.raises(CommandError, match="3件"):
        call_command(
            "cards", "read", str(bad), str(tmp_path / "missing.jpg"), str(tmp_path), str(good), "--json"
        )
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 1
    assert f"{bad}: 画像として読み取れません。" in printed.err
    assert "missing.jpg: 開けません（ファイルがありません）。" in printed.err
    assert f"{tmp_path}: 開けません（フォルダーです）。" in printed.err


def test_a_card_that_is_hardly_read_says_so_beside_its_fields(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{MODULE}.read", lambda data, name: [Reading(b"", [], {}, hard=True)])
    one = tmp_path / "one.jpg"
    one.write_bytes(b"card")
    call_command("cards", "read", str(one), "--json")
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 1
    assert f"{one}: 読めない文字の多い名刺です" in printed.err


def test_for_people_it_is_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = tmp_path / "one.jpg"
    one.write_bytes(b"card")
    call_command("cards", "read", str(one))
    assert capsys.readouterr().out == f"{one}\n  name: 山田 太郎\n"


def test_without_the_engine_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(f"{MODULE}.available", lambda: False)
    with pytest.raises(CommandError, match="rapidocr"):
        call_command("cards", "read", str(tmp_path / "one.jpg"))


def test_what_is_refused_is_a_refusal_of_the_house() -> None:
    assert issubclass(NotAPicture, Exception)
    assert unreadable().code == "not_a_picture"
