"""The text of a Word file: its paragraphs, its headings as 【headings】. Macros and pictures are never looked at.

ECMA-376 part 1, 17.3: w:p is a paragraph, w:pStyle names its style, w:numPr puts it into a list, w:t is text; w:delText
under change tracking is no text any more. A document that defines entities of its own is refused.
"""

from __future__ import annotations

import re
import zipfile
from typing import IO
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.encodings import decode, detect
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.zips import TooManyParts, opened

LARGEST_FILE, LARGEST_TEXT_FILE = 20 * 1024 * 1024, 2 * 1024 * 1024
LARGEST_PART, CHUNK, LONGEST_TEXT = 30 * 1024 * 1024, 64 * 1024, 100_000
DOCUMENT = "word/document.xml"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TOO_LARGE = _("このファイルは大きすぎます。文章だけを別のファイルに保存してください。")
HEADING = re.compile(r"(?:heading|見出し)?\s*[1-9]", re.IGNORECASE)


class _Refused(Exception):
    """A document type declaration: no word processor writes one."""


def text_of(file: IO[bytes], size: int) -> str:
    """Of a Word file (.docx) or a text file. Raises Invalid with what to do instead."""
    if size > LARGEST_FILE:
        raise refused(_("20MBまでのファイルを選んでください。"))
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        return _of_word(file)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(_("古い形式のWordファイル（.doc）は読み取れません。.docx で保存し直してください。"))
    if size > LARGEST_TEXT_FILE:
        raise refused(_("テキストファイルは2MBまでです。"))
    data = file.read()
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(_("テキストファイルか、Wordファイル（.docx）を選んでください。"))
    return decode(data, detect(data))[:LONGEST_TEXT]


def _of_word(file: IO[bytes]) -> str:
    try:
        with opened(file) as archive, archive.open(DOCUMENT) as part:
            if archive.getinfo(DOCUMENT).file_size > LARGEST_PART:
                raise refused(TOO_LARGE)
            return _Paragraphs().read(part)
    except (KeyError, zipfile.BadZipFile, TooManyParts, NotImplementedError, RuntimeError, OSError) as error:
        sentence = _("Wordのファイルとして読み取れません。開いて、.docx で保存し直してください。")
        raise refused(sentence) from error
    except (expat.ExpatError, _Refused, UnicodeDecodeError) as error:
        raise refused(_("ファイルの中身が壊れています。開いて、保存し直してください。")) from error


def refused(sentence: object) -> Invalid:
    return Invalid([FieldProblem("file", sentence, code="unreadable")])


class _Paragraphs:
    """Collects the lines of a document while it goes by, so that no more of it than its text is ever held."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._pieces: list[str] = []
        self._style, self._in_list, self._in_text, self._length = "", False, False, 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._forbid
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._take

    def read(self, part: IO[bytes]) -> str:
        """That its table of contents says it is small is not believed."""
        read = 0
        while (data := part.read(CHUNK)) and self._length <= LONGEST_TEXT:
            read += len(data)
            if read > LARGEST_PART:
                raise refused(TOO_LARGE)
            self._parser.Parse(data, False)
        return "\n".join(self.lines)[:LONGEST_TEXT]

    def _forbid(self, *_told: object) -> None:
        raise _Refused

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        space, _blank, tag = name.rpartition(" ")
        if space != MAIN:
            return
        if tag == "p":
            self._pieces, self._style, self._in_list = [], "", False
        elif tag == "pStyle":
            self._style = attributes.get(f"{MAIN} val", "")
        elif tag == "numPr":
            self._in_list = True
        elif tag in {"tab", "br"}:
            self._pieces.append(" " if tag == "tab" else "\n")
        self._in_text = tag == "t"

    def _end(self, name: str) -> None:
        self._in_text = False
        if name != f"{MAIN} p":
            return
        text = "".join(self._pieces).strip()
        if text and HEADING.fullmatch(self._style) and not text.startswith("【"):
            text = f"【{text[:40]}】"
        elif text and self._in_list and not text.startswith("・"):
            text = f"・{text}"
        self.lines.append(text)
        self._length += len(text) + 1
        self._pieces = []

    def _take(self, text: str) -> None:
        if self._in_text:
            self._pieces.append(text)
