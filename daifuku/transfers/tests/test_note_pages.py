"""The way of notes through the pages, without JavaScript, and who may go it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from daifuku.jobs.testing import work_off
from daifuku.records import actions
from daifuku.records.actions import commenting
from daifuku.transfers.models import Import
from daifuku.transfers.tests.enex_files import PNG, enex_file, note, resource, sample_file
from daifuku.transfers.tests.files import bytes_file, text_file

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(cast: Cast, client: Client) -> Client:
    client.force_login(cast.mizuno)
    return client


def sent(page: Client, *notes: str) -> Import:
    answer = page.post("/imports/notes/new/", {"file": enex_file(*notes)})
    assert answer.status_code == 302, answer.content.decode()
    imported: Import = Import.objects.latest("pk")
    assert answer["Location"] == f"/imports/{imported.uid}/notes/"
    return imported


def shown(page: Client, address: str) -> str:
    answer = page.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def test_from_the_file_to_the_records_and_back(page: Client, cast: Cast) -> None:
    aoba = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.mizuno)
    midori = actions.create("account", {"name": "緑商店"}, by=cast.mizuno)
    assert "Evernoteのノートを取り込む" in shown(page, "/imports/")
    assert "Evernoteのノートを取り込む" in shown(page, "/imports/new/")
    answer = page.post("/imports/new/", {"object": "account", "file": sample_file()})
    imported = Import.objects.get()
    notes = f"/imports/{imported.uid}/notes/"
    assert answer["Location"] == notes == page.get(imported.get_absolute_url())["Location"]
    text = shown(page, notes)
    for words in (
        "青葉商事 打合せ",
        "株式会社青葉商事",
        "社員旅行の候補",
        "行き先を選ぶ",
        "3件のノートを取り込む",
    ):
        assert words in text
    found = shown(page, f"{notes}record/?note=4&q=みどり")
    assert "社員旅行の候補" in found and str(midori.uid) in found
    page.post(f"{notes}record/", {"note": "4", "record": f"account:{midori.uid}"})
    assert "4件のノートを取り込む" in shown(page, notes)
    page.post(f"{notes}record/", {"note": ["3", "4"], "record": "", "show": "aside"})
    assert "2件のノートを取り込む" in shown(page, notes)
    assert page.post(notes, {"with_tags": "on"})["Location"] == imported.get_absolute_url()
    assert "every 1s" in shown(page, imported.get_absolute_url())
    work_off()
    text = shown(page, f"/imports/{imported.uid}/progress/")
    assert "残りのノートの行き先を選ぶ" in text and "取り込みを元に戻す" in text
    assert "電話メモ" in shown(page, f"{notes}?show=aside")
    record = shown(page, aoba.get_absolute_url())
    assert "【Evernote】青葉商事 打合せ" in record and "白板.png" in record and "重要" in record
    assert "Evernoteのノート" in shown(page, "/imports/")
    page.post(f"/imports/{imported.uid}/undo/")
    work_off()
    assert "もう一度取り込む" in shown(page, imported.get_absolute_url())
    assert not commenting.comments_on(aoba).exists()


def test_of_several_candidates_one_is_chosen_with_one_click(page: Client, cast: Cast) -> None:
    actions.create("account", {"name": "青葉商事"}, by=cast.mizuno)
    other = actions.create("account", {"name": "㈱青葉商事"}, by=cast.mizuno)
    imported = sent(page, note("青葉商事"))
    text = shown(page, f"/imports/{imported.uid}/notes/")
    assert "どれですか？" in text and f"account:{other.uid}" in text
    page.post(f"/imports/{imported.uid}/notes/record/", {"note": "1", "record": f"account:{other.uid}"})
    assert imported.notes.get().record_id == other.pk


def test_long_lists_are_leafed_through(page: Client, cast: Cast) -> None:
    imported = sent(page, *(note(f"題{n:03}") for n in range(1, 121)))
    address = f"/imports/{imported.uid}/notes/"
    first, last = shown(page, address), shown(page, f"{address}?after=100")
    assert "題050" in first and "題051" not in first and "after=50" in first and "前の50件" not in first
    assert "題101" in last and "次の50件" not in last and "after=50" in last


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "0バイト"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "ENEX"),
        ("会社名,備考\nA,B\n".encode(), "ENEX"),
        (b"<?xml version='1.0'?><html/>", "ENEX"),
        (b"<en-export></en-export>", "1件もありません"),
        (b'<!DOCTYPE en-export [<!ENTITY a "b">]><en-export><note/></en-export>', "実体宣言"),
    ],
)
def test_a_file_that_is_no_export_says_so(page: Client, data: bytes, words: str) -> None:
    answer = page.post("/imports/notes/new/", {"file": bytes_file(data, "x.enex")})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_a_broken_file_tells_how_far_it_was_read(page: Client) -> None:
    whole = enex_file(note("一"), note("二")).read()
    answer = page.post(
        "/imports/notes/new/", {"file": bytes_file(whole[: whole.index("二".encode())], "x.enex")}
    )
    text = shown(page, answer["Location"])
    assert "壊れています" in text and "1件のノートを読み取りました" in text


def test_a_script_in_a_note_runs_nowhere(page: Client, cast: Cast) -> None:
    nasty = "<img src=x onerror=alert(1)>"
    account = actions.create("account", {"name": "青葉商事"}, by=cast.mizuno)
    body = "&lt;img src=x onerror=alert(1)&gt;<script>alert(2)</script>"
    rest = resource(PNG, "image/png", f"{nasty}.png")
    imported = sent(page, note(f"青葉商事 {nasty}", body, tags=[nasty], rest=rest))
    pages = [shown(page, f"/imports/{imported.uid}/notes/")]
    pages.append(shown(page, f"/imports/{imported.uid}/notes/record/?note=1&q={nasty}"))
    page.post(f"/imports/{imported.uid}/notes/", {"with_tags": "on"})
    work_off()
    pages += [shown(page, imported.get_absolute_url()), shown(page, account.get_absolute_url())]
    for text in pages:
        assert "<img src=x" not in text
        assert "alert(2)" not in text


def test_odd_addresses_are_answered_with_sentences(page: Client, cast: Cast) -> None:
    account = actions.create("account", {"name": "緑商店"}, by=cast.mizuno)
    imported = sent(page, note("一"))
    record = f"/imports/{imported.uid}/notes/record/"
    for query in ("", "?note=x", "?note=-1", "?note=99999999999999999999"):
        assert page.get(record + query).status_code == 302
    for sent_record in (
        "account",
        "account:x",
        "person:1",
        f"contact:{account.uid}",
        f"nobody:{account.uid}",
    ):
        assert page.post(record, {"note": "1", "record": sent_record}).status_code == 404
    assert page.get(f"/imports/{imported.uid}/notes/?show=x&after=x").status_code == 200
    assert page.post(f"/imports/{imported.uid}/notes/").status_code == 409
    assert page.get(f"/imports/{imported.uid}/columns/").status_code == 302
    assert page.get(f"/imports/{imported.uid}/preview/?column=0").status_code == 404
    assert page.get(f"/imports/{imported.uid}/rejected/").status_code == 200


def test_what_others_noted_nobody_sees(cast: Cast, client: Client) -> None:
    client.force_login(cast.osaki)
    imported = sent(client, note("内緒の話"))
    paths = [f"/imports/{imported.uid}/notes/", f"/imports/{imported.uid}/notes/record/?note=1"]
    for person in (cast.mizuno, cast.aoyama, cast.senda, cast.eguchi):
        client.force_login(person)
        for path in paths:
            assert client.get(path).status_code == 404, (person, path)
            assert client.post(path, {"note": "1"}).status_code == 404
    client.force_login(cast.aoyama)
    assert client.get("/imports/notes/new/").status_code == 403
    client.force_login(cast.mizuno)
    assert "内緒の話" not in shown(client, imported.get_absolute_url())
    assert client.post(f"/imports/{imported.uid}/start/").status_code == 404


def test_a_table_is_still_a_table(page: Client) -> None:
    answer = page.post("/imports/new/", {"object": "account", "file": text_file("会社名,備考\nA,B\n")})
    assert "/columns/" in answer["Location"]
