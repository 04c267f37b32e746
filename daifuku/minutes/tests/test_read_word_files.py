"""Word files that people bring: their words come in, nothing else does, and traps are refused in a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from daifuku.foundation.errors import Invalid
from daifuku.minutes.docx import text_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LISTED = "<w:pPr><w:numPr/></w:pPr>"


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def headed(text: str, style: str = "Heading1") -> str:
    return paragraph(text, f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>')


def word(body: str, more: dict[str, bytes] | None = None, prologue: str = "") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"{prologue}<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return file.getvalue()


def text(data: bytes) -> str:
    return text_of(io.BytesIO(data), len(data))


def test_headings_and_lists_become_those_of_minutes() -> None:
    body = (
        headed("課題") + paragraph("箱が大きい", LISTED) + headed("決定事項", "2") + paragraph("小箱にする")
    )
    assert text(word(body)) == "【課題】\n・箱が大きい\n【決定事項】\n小箱にする"


def test_what_was_deleted_under_change_tracking_is_no_text() -> None:
    body = "<w:p><w:del><w:r><w:delText>50円</w:delText></w:r></w:del><w:r><w:t>80円</w:t></w:r></w:p>"
    assert text(word(body)) == "80円"


def test_macros_are_never_looked_at() -> None:
    macros = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0AutoOpen", "word/media/a.png": b"\x89PNG"}
    assert text(word(paragraph("議題"), macros)) == "議題"


@pytest.mark.parametrize(
    "data",
    [
        word(paragraph("&a;"), prologue='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        word(paragraph("&b;"), prologue='<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>'),
        word("<w:p>"),
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0an old .doc",
        b"\x7fELF\x00\x00",
    ],
    ids=["an external entity", "entities of entities", "cut off", "no archive", "an old file", "a program"],
)
def test_what_is_no_document_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        text(data)
    assert "。" in str(refused.value.problems[0].message)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Invalid):
        text(word(f"<w:p><!--{' ' * 40_000_000}--></w:p>"))


def test_a_text_file_of_windows_is_read_as_it_was_written() -> None:
    assert text("【課題】髙橋様".encode("cp932")) == "【課題】髙橋様"
