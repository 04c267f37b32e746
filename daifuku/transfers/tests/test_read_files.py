"""What people bring: every usual kind of table is read, everything else gets a sentence that says what to do."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import File

from daifuku.foundation.errors import Forbidden, Invalid, NotFound
from daifuku.transfers.actions.uploading import upload
from daifuku.transfers.models import Import
from daifuku.transfers.reading.table import read_table
from daifuku.transfers.reading.unpacking import UNPACKED_LIMIT
from daifuku.transfers.tests.files import bytes_file, excel_file, text_file

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"


def refusal(cast: Cast, file: File) -> Invalid:
    with pytest.raises(Invalid) as refused:
        upload(file, by=cast.mizuno, object_key="account")
    assert not Import.objects.exists()
    return refused.value


@pytest.mark.parametrize(
    ("hexadecimal", "header"),
    [
        ("8F 88 97 9D 8B E6 95 AA 2C 8C 8F 90 94 0D 0A 31 2C 32 0D 0A", ["処理区分", "件数"]),
        ("93 5F 8C 9F 98 41 94 D4 2C 8C 5E 8E AE 0D 0A 31 2C 32 0D 0A", ["点検連番", "型式"]),
    ],
)
def test_short_files_in_cp932_are_read_right(hexadecimal: str, header: list[str]) -> None:
    data = bytes.fromhex(hexadecimal)
    table = read_table(data, "text", knows=lambda heading: False)
    assert table.headers == header
    assert [cells for _line, cells in table.rows()] == [["1", "2"]]
    text = data.decode("cp932")
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "euc_jp"):
        again = read_table(text.encode(encoding), "text", knows=lambda heading: False)
        assert again.headers == header, encoding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_every_usual_encoding_is_found_by_itself(cast: Cast, encoding: str) -> None:
    marks = "" if encoding == "euc_jp" else "①㈱髙﨑～－"
    text = f"会社名,電話番号\n{marks}青葉商事,03-1234-5678\n株式会社みどり,052-123-4567\n"
    imported = upload(text_file(text, encoding=encoding), by=cast.mizuno, object_key="account")
    assert (imported.headers, imported.targets) == (["会社名", "電話番号"], ["name", "phone"])
    assert imported.rows == 2


def test_tabs_and_a_heading_in_the_third_line(cast: Cast) -> None:
    text = "顧客台帳\t\t\n\t\t令和8年11月現在\n得意先名\tＴＥＬ\t〒\n青葉商事\t03-1234-5678\t460-0001\n"
    imported = upload(text_file(text, "台帳.txt"), by=cast.mizuno, object_key="account")
    assert (imported.header_line, imported.rows) == (3, 1)
    assert imported.targets == ["name", "phone", "postal_code"]


def test_an_excel_sheet_keeps_what_excel_means(cast: Cast) -> None:
    rows = [
        {
            "会社名": "青葉商事",
            "電話": 312345678,
            "郵便番号": 600001,
            "取引開始日": date(2020, 4, 1),
            "従業員数": 12.0,
        },
        {
            "会社名": "緑商店\n本店",
            "電話": "03-9999-0000",
            "郵便番号": "460-0001",
            "取引開始日": 43922,
            "従業員数": 3,
        },
    ]
    from daifuku.customers.models import Account
    from daifuku.jobs.testing import work_off
    from daifuku.transfers.jobs import enqueue_import

    imported = upload(excel_file(rows), by=cast.mizuno, object_key="account")
    assert (imported.form, imported.sheet) == ("xlsx", "一覧")
    enqueue_import(imported, by=cast.mizuno)
    work_off()
    first, second = Account.plain.order_by("pk")
    assert (first.phone, first.postal_code, first.employees) == ("03-1234-5678", "060-0001", 12)
    assert first.traded_since == second.traded_since == date(2020, 4, 1)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "空.csv", "empty"),
        (PNG, "取引先.csv", "not_a_table"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(32)) * 20, "取引先.csv", "not_a_table"),
        (bytes(range(256)) * 40, "取引先.csv", "not_a_table"),
        (b"PK\x03\x04 not a zip", "取引先.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "取引先.xls", "damaged"),
        ("会社名,電話\n".encode(), "見出しだけ.csv", "no_rows"),
        ("なにか\n青葉商事\nみどり\n".encode(), "1列.csv", "one_column"),
        ("会社名,電話,会社名\nA,1,B\n".encode(), "重複.csv", "header_twice"),
        ("会社名,電話,ＴＥＬ,tel\nA,1,2,3\n".encode(), "重複.csv", "header_twice"),
        (b"\n\n  \n", "空行.csv", "no_header"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_said_clearly(cast: Cast, data: bytes, name: str, code: str) -> None:
    error = refusal(cast, bytes_file(data, name))
    assert (error.problems[0].code, error.status) == (code, 422)
    assert error.message.endswith("。")


def test_the_sentence_for_a_heading_that_stands_twice_names_both_columns(cast: Cast) -> None:
    error = refusal(cast, text_file("会社名,電話,会社名\nA,1,B\n"))
    assert "「会社名」" in error.message
    assert "1列目と3列目" in error.message


def test_a_broken_quote_in_row_twenty_thousand_names_its_line(cast: Cast) -> None:
    lines = [f"会社{n},03-1234-5678" for n in range(22_000)]
    lines[19_998] = '"会社19998,03-1234-5678'
    error = refusal(cast, text_file("会社名,電話番号\n" + "\n".join(lines) + "\n"))
    assert error.problems[0].code == "broken_quote"
    assert "20,000行目" in error.message


def test_a_file_that_is_too_large_is_refused(cast: Cast, settings) -> None:
    settings.UPLOAD_LIMIT = 1000
    error = refusal(cast, text_file("会社名,電話\n" + "A,1\n" * 500))
    assert error.problems[0].code == "too_large"


def bomb(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_bomb_is_not_unpacked(cast: Cast) -> None:
    data = bomb({"xl/worksheets/sheet1.xml": b"\0" * (UNPACKED_LIMIT + 1)})
    assert len(data) < 1024 * 1024
    started = time.monotonic()
    assert refusal(cast, bytes_file(data, "爆弾.xlsx")).problems[0].code == "too_large"
    assert time.monotonic() - started < 2


def test_a_bomb_that_lies_about_its_size_is_found_while_counting(cast: Cast) -> None:
    """The directory says 10 bytes, the content is three times the limit."""
    data = bytearray(bomb({"xl/worksheets/sheet1.xml": b"\0" * (UNPACKED_LIMIT + 1)}))
    true_size = struct.pack("<I", UNPACKED_LIMIT + 1)
    while (at := data.find(true_size)) >= 0:
        data[at : at + 4] = struct.pack("<I", 10)
    assert refusal(cast, bytes_file(bytes(data), "爆弾.xlsx")).problems[0].code in {"too_large", "damaged"}


def test_one_cell_at_the_end_of_the_world_does_not_fill_the_memory(cast: Cast) -> None:
    sheet = (
        '<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData>'
        "</worksheet>"
    )
    data = bomb({"xl/worksheets/sheet1.xml": sheet.encode()})
    assert refusal(cast, bytes_file(data, "広い.xlsx")).problems[0].code == "too_large"


def test_who_may_not_import_is_refused_and_unknown_kinds_are_not_found(cast: Cast) -> None:
    file = text_file("会社名,電話\nA,03-1234-5678\n")
    for person in (cast.aoyama, cast.eguchi):
        with pytest.raises(Forbidden):
            upload(file, by=person, object_key="account")
    with pytest.raises(NotFound):
        upload(file, by=cast.mizuno, object_key="person")


def test_the_name_of_the_file_is_only_a_name(cast: Cast) -> None:
    for name in ("../../etc/passwd.csv", "C:\\temp\\取引先.csv", "a\u202ecsv.exe", "長" * 300):
        file = text_file("会社名,電話\nA,03-1234-5678\n")
        file.name = name
        imported = upload(file, by=cast.mizuno, object_key="account")
        assert "/" not in imported.name
        assert "\\" not in imported.name
        assert "\u202e" not in imported.name
        assert len(imported.name) <= 200
        assert len(imported.file) == len("ab/cd/") + 64
