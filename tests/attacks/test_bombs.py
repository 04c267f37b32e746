"""A small file that would become a huge table is refused, and takes nothing away from the others."""

from __future__ import annotations

import io
import re
import resource
import struct
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
import rustpy_xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from daifuku.foundation import csv
from daifuku.foundation.errors import Invalid
from daifuku.records.files.kinds import kind_of
from daifuku.records.files.previews import TooLarge, shrink
from daifuku.transfers.actions.uploading import upload
from daifuku.transfers.reading.unpacking import check_workbook

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"
FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
ROW = "<c><v>1</v></c>" * 16384
SHEETS = {
    "other quotes": "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "blanks": f'{FIRST}<row r="1048576"><c r = "XFD1048576"><v>1</v></c></row>',
    "small letters": f'{FIRST}<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "zeros": f'{FIRST}<row r="1048576"><c r="XFD000000001048576"><v>1</v></c></row>',
    "no addresses": f'<row r="1"><c><v>1</v></c></row><row r="1048576">{ROW}</row>',
}


def workbook(sheet: str, place: str = "worksheets/sheet1.xml") -> bytes:
    """A real workbook whose only sheet is this one."""
    real, made = io.BytesIO(), io.BytesIO()
    rustpy_xlsxwriter.write_worksheet([{"会社名": "青葉商事"}], real, sheet_name="Sheet1")
    with zipfile.ZipFile(real) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                name, data = f"xl/{place}", f"{HEAD}{sheet}{END}".encode()
            if name.endswith("workbook.xml.rels"):
                data = re.sub(b"worksheets/sheet1.xml", place.encode(), data)
            target.writestr(name, data)
    return made.getvalue()


def code_of(cast: Cast, data: bytes, name: str = "爆弾.xlsx") -> str:
    with pytest.raises(Invalid) as refused:
        upload(SimpleUploadedFile(name, data), by=cast.mizuno, object_key="account")
    return refused.value.problems[0].code


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_that_hides_how_wide_it_is_is_refused(cast: Cast, kind: str) -> None:
    begun = time.monotonic()
    assert code_of(cast, workbook(SHEETS[kind])) == "too_large"
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize("place", ["sheets/s.xml", "worksheets/sheet1.XML", "worksheets/sheet1.dat"])
def test_a_sheet_that_lies_elsewhere_is_refused(cast: Cast, place: str) -> None:
    assert code_of(cast, workbook(SHEETS["zeros"], place)) == "too_large"


def test_an_old_excel_file_is_read_with_limits_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from daifuku.transfers.reading import weighing

    monkeypatch.setattr(weighing, "MEMORY_LIMIT", 1024**2)
    assert code_of(cast, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096, "古い.xls") in {
        "too_large",
        "damaged",
    }


def test_a_healthy_file_is_taken(cast: Cast) -> None:
    cell = '<c t="inlineStr"><is><t>%s</t></is></c>'
    sheet = f'<row r="1">{cell % "会社名"}</row><row>{cell % "青葉"}</row>'
    data = workbook(sheet)
    check_workbook(io.BytesIO(data))
    before = resource.getrlimit(resource.RLIMIT_AS)
    imported = upload(SimpleUploadedFile("表.xlsx", data), by=cast.mizuno, object_key="account")
    assert (imported.headers, imported.rows) == (["会社名"], 1)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def table_of_contents(parts: int) -> bytes:
    """An archive that is a table of contents and nothing else; every part has the same name of one letter."""
    entry = b"PK\x01\x02" + struct.pack("<6H3I5H2I", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, *[0] * 4, 0, 0) + b"a"
    first = b"PK\x03\x04" + struct.pack("<5H3I2H", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    size, at = len(entry) * parts, len(first)
    end = b"PK\x06\x06" + struct.pack("<Q2H2I4Q", 44, 45, 45, 0, 0, parts, parts, size, at)
    end += b"PK\x06\x07" + struct.pack("<IQI", 0, at + size, 1)
    end += b"PK\x05\x06" + struct.pack("<4H2IH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return first + entry * parts + end


def test_an_archive_with_a_million_parts_is_not_counted_through(cast: Cast) -> None:
    data = table_of_contents(200_000)
    assert kind_of(io.BytesIO(table_of_contents(20))) == "application/zip"
    begun = time.process_time()
    assert kind_of(io.BytesIO(data)) == "application/zip"
    assert code_of(cast, data) == "too_large"
    assert time.process_time() - begun < 0.5


def test_a_row_without_end_does_not_fill_the_memory(cast: Cast) -> None:
    for row in ("," * 3_000_000, '"\n",' * 300_000):
        text = f"会社名,電話\n{row}\n"
        tracemalloc.start()
        with pytest.raises(csv.TooWide):
            list(csv.rows(text))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 8 * len(text)
        assert code_of(cast, text.encode(), "広い.csv") == "too_many_columns"


def test_a_cell_with_many_commas_is_one_cell() -> None:
    row = '"' + "," * 90_000 + '",x\n'
    assert [len(cells) for _line, cells in csv.rows(row * 3)] == [2, 2, 2]


def test_a_large_picture_in_several_passes_is_not_held_in_memory() -> None:
    """Row by row it needs 2 MB."""
    for progressive in (False, True):
        target = io.BytesIO()
        Image.new("L", (7000, 6000)).save(target, "JPEG", progressive=progressive)
        if progressive:
            with pytest.raises(TooLarge):
                shrink(target)
        else:
            assert shrink(target)
