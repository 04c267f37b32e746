"""The way of a file through the pages, with and without JavaScript, and who may go it."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.customers.models import Account
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.transfers.models import Import
from daifuku.transfers.tests.files import bytes_file, text_file, uploaded

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TEXT = "会社名,TEL,ランク\n青葉商事,0312345678,A\n緑商店,03-1234-5678,特A\n,03-1234-5678,A\n"


@pytest.fixture
def page(cast: Cast, client: Client) -> Client:
    client.force_login(cast.mizuno)
    return client


def sent(page: Client, text: str = TEXT, **change: Any) -> Import:
    answer = page.post(
        "/imports/new/", {"object": "account", "file": text_file(text, encoding="cp932")} | change
    )
    assert answer.status_code == 302, answer.content.decode()
    imported: Import = Import.objects.latest("pk")
    assert answer["Location"] == f"/imports/{imported.uid}/columns/"
    return imported


def columns(imported: Import, **change: Any) -> dict[str, Any]:
    chosen: dict[str, Any] = {f"target-{n}": target for n, target in enumerate(imported.targets)}
    return chosen | {"mode": "create", "key": "", "blanks": "keep", "doubles": "take", "name": ""} | change


def test_from_the_file_to_the_records_and_back(page: Client, cast: Cast) -> None:
    assert "取り込むもの" in page.get("/imports/new/?object=account").content.decode()
    imported = sent(page)
    text = page.get(f"/imports/{imported.uid}/columns/").content.decode()
    assert "→ 03-1234-5678" in text
    assert "は選択肢にありません" in text
    answer = page.post(f"/imports/{imported.uid}/columns/", columns(imported))
    assert answer["Location"] == f"/imports/{imported.uid}/"
    text = page.get(answer["Location"]).content.decode()
    assert "会社名を入力してください。" in text
    assert "1件を取り込む" in text
    assert not Account.plain.exists()
    page.post(f"/imports/{imported.uid}/start/")
    assert "hx-get" in page.get(f"/imports/{imported.uid}/").content.decode()
    work_off()
    text = page.get(f"/imports/{imported.uid}/progress/").content.decode()
    assert "取り込みを元に戻す" in text
    assert Account.plain.get().phone == "03-1234-5678"
    assert Event.objects.get(kind="account.imported").via == "import"
    file = b"".join(page.get(f"/imports/{imported.uid}/rejected/"))
    assert file.decode("utf-8-sig").count("\n") == 3
    assert imported.name in page.get("/imports/").content.decode()
    page.post(f"/imports/{imported.uid}/undo/")
    work_off()
    assert "取り消し済み" in page.get(f"/imports/{imported.uid}/").content.decode()
    assert not Account.objects.visible_to(cast.mizuno).exists()


def test_a_refused_file_says_why_and_keeps_nothing(page: Client) -> None:
    for file, words in (
        (bytes_file(b""), "0バイト"),
        (bytes_file(b"\x89PNG\r\n\x1a\n" + bytes(200)), "画像（PNG）"),
        (text_file("会社名,会社名\nA,B\n"), "見出しが2つ"),
    ):
        answer = page.post("/imports/new/", {"object": "account", "file": file})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert page.post("/imports/new/", {"object": "account"}).status_code == 422
    assert (
        page.post("/imports/new/", {"object": "person", "file": text_file("a,b\n1,2\n")}).status_code == 422
    )
    assert not Import.objects.exists()


def test_another_encoding_is_shown_at_once(page: Client) -> None:
    imported = sent(page, "会社名,備考\n点検連番,型式\n")
    address = f"/imports/{imported.uid}/columns/"
    answer = page.post(address, {"reread": "1", "encoding": "cp1252"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422 or "点検連番" not in answer.content.decode()
    answer = page.post(address, {"reread": "1", "encoding": "cp932"}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "点検連番" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert page.post(address, {"reread": "1", "encoding": "no-such"}).status_code == 422
    assert page.post(address, {"reread": "1", "header_line": "99"}).status_code == 422
    assert page.post(address, {"reread": "1", "header_line": "1"}).status_code == 302


def test_a_column_shows_how_another_field_would_read_it(page: Client) -> None:
    imported = sent(page)
    address = f"/imports/{imported.uid}/preview/"
    text = page.get(address, {"column": "1", "target-1": "employees"}).content.decode()
    assert "整数" not in text or "数字" in text
    assert 'id="column-1"' in text
    assert page.get(address, {"column": "1", "target-1": "no_such"}).status_code == 200
    for column in ("9", "x", "-1", ""):
        assert page.get(address, {"column": column}).status_code == 404


def test_wrong_columns_and_options_are_said_beside_them(page: Client) -> None:
    imported = sent(page)
    address = f"/imports/{imported.uid}/columns/"
    for change in (
        {"target-0": "created_at"},
        {"target-0": "phone"},
        {"mode": "all"},
        {"mode": "update", "key": "code"},
        {"mode": "update", "key": "no_such"},
        {"target-0": "", "target-1": "", "target-2": ""},
    ):
        assert page.post(address, columns(imported, **change)).status_code == 422, change
    assert Import.objects.get().state == Import.State.UPLOADED


def test_a_script_in_every_cell_runs_nowhere(page: Client) -> None:
    nasty = '"<img src=x onerror=alert(1)>"'
    imported = sent(page, f"{nasty},会社名,ランク\n{nasty},{nasty},{nasty}\n")
    pages = [page.get(f"/imports/{imported.uid}/columns/").content.decode()]
    page.post(f"/imports/{imported.uid}/columns/", columns(imported))
    pages.append(page.get(f"/imports/{imported.uid}/").content.decode())
    page.post(f"/imports/{imported.uid}/start/")
    work_off()
    pages.append(page.get(f"/imports/{imported.uid}/").content.decode())
    pages.append(page.get("/imports/").content.decode())
    for text in pages:
        assert "<img src=x" not in text
        assert not re.search(r"\son\w+=\"", text)


def test_who_may_not_import_and_strangers(cast: Cast, client: Client) -> None:
    imported = uploaded("会社名,備考\nA,\n", cast.osaki)
    paths = [
        f"/imports/{imported.uid}/{rest}"
        for rest in ("", "columns/", "progress/", "rejected/", "preview/?column=0")
    ]
    for person in (cast.aoyama, cast.eguchi):
        client.force_login(person)
        assert client.get("/imports/").status_code == client.get("/imports/new/").status_code == 403
        for path in paths:
            assert client.get(path).status_code == 404, path
        for path in ("start/", "undo/", "columns/"):
            assert client.post(f"/imports/{imported.uid}/{path}").status_code == 404
    imported.refresh_from_db()
    assert imported.state == Import.State.UPLOADED
    client.force_login(cast.osaki)
    assert client.get(f"/imports/{uuid.uuid4()}/").status_code == 404
    assert client.get(paths[1]).status_code == 200
    client.force_login(cast.mizuno)
    assert client.get(paths[1]).status_code == 200


def test_the_preview_is_shown_to_nobody_but_whose_import_it_is(cast: Cast, client: Client) -> None:
    actions.create("account", {"name": "青葉商事", "privacy": "private"}, by=cast.osaki)
    client.force_login(cast.osaki)
    imported = sent(client, "会社名,備考\n株式会社青葉商事,\n")
    page, columns_page = f"/imports/{imported.uid}/", f"/imports/{imported.uid}/columns/"
    client.post(columns_page, columns(imported))
    assert "登録済みの取引先「" in client.get(page).content.decode()
    client.force_login(cast.mizuno)
    text = client.get(page).content.decode()
    assert "このように取り込まれます" in text
    assert "青葉商事" not in text


def test_what_somebody_else_checks_is_only_counted(cast: Cast, client: Client) -> None:
    """水野 may look into imports of others; what he would be shown is not for 大崎."""
    actions.create("account", {"name": "青葉商事", "privacy": "private"}, by=cast.mizuno)
    client.force_login(cast.osaki)
    imported = sent(client, "会社名,備考\n株式会社青葉商事,\n")
    client.force_login(cast.mizuno)
    client.post(f"/imports/{imported.uid}/columns/", columns(imported))
    client.force_login(cast.osaki)
    text = client.get(f"/imports/{imported.uid}/").content.decode()
    assert "このように取り込まれます" in text
    assert "登録済みの取引先「" not in text


def test_a_long_file_is_checked_in_the_background(page: Client) -> None:
    imported = sent(page, "会社名,備考\n" + "".join(f"会社{n},\n" for n in range(2_100)))
    page.post(f"/imports/{imported.uid}/columns/", columns(imported))
    assert Import.objects.get().state == Import.State.CHECKING
    assert 'hx-trigger="every 1s"' in page.get(f"/imports/{imported.uid}/").content.decode()
    work_off()
    assert "2100件を取り込む" in page.get(f"/imports/{imported.uid}/").content.decode().replace(",", "")


def test_an_import_that_was_cancelled_before_it_began_is_over(page: Client) -> None:
    imported = sent(page)
    page.post(f"/imports/{imported.uid}/columns/", columns(imported))
    page.post(f"/imports/{imported.uid}/start/")
    imported.refresh_from_db()
    page.post(f"/jobs/{imported.job}/cancel/")
    assert "every 1s" not in page.get(f"/imports/{imported.uid}/").content.decode()
    imported.refresh_from_db()
    assert imported.state == Import.State.CANCELLED
    assert not Account.plain.exists()


def test_a_file_with_codes_is_meant_to_change_what_is_there(page: Client) -> None:
    imported = sent(page, "得意先コード,会社名\nA-1,青葉商事\n")
    assert (imported.mode, imported.key) == (Import.Mode.BOTH, "code")
    other = sent(page, "会社名,備考\n青葉商事,\n")
    assert other.mode == Import.Mode.CREATE


def test_the_check_shows_what_new_records_will_hold(page: Client) -> None:
    imported = sent(page, "会社名,電話番号,備考\n青葉商事,０５２-111-2222,\n")
    page.post(f"/imports/{imported.uid}/columns/", columns(imported))
    shown = page.get(f"/imports/{imported.uid}/").content.decode()
    assert "電話番号: 052-111-2222" in shown
    assert "備考: " not in shown
