"""vCard (.vcf), as phones and mail programs write it: versions 2.1 (of 1996), 3.0 (RFC 2426) and 4.0 (RFC 6350).

Our own, because the library that was tried cannot read what Japanese phones write: version 2.1 with names in
Shift_JIS as quoted-printable, and readings in SOUND;X-IRMC-N.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import csv
from daifuku.foundation.japanese import split_name
from daifuku.transfers.reading.refused import refused

BEGIN = re.compile(rb"\s*(\xef\xbb\xbf)?BEGIN:VCARD", re.IGNORECASE)
# The columns that a card fills; they are called so that the fields of contacts and leads are found by themselves.
COLUMNS = (
    "姓", "名", "セイ", "メイ", "会社名", "部署", "役職", "電話番号", "携帯電話", "FAX", "メール", "メール（予備）",
    "郵便番号", "都道府県", "市区町村", "町域・番地", "建物", "Webサイト", "誕生日", "備考",
)  # fmt: skip
LINE = re.compile(r'((?:[^":]|"[^"]*")*):(.*)', re.DOTALL)
ESCAPED = re.compile(r"\\(.)")
DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)")
LONGEST_HEAD = 1000
READINGS = {
    "X-PHONETIC-LAST-NAME": "セイ",
    "X-PHONETIC-FIRST-NAME": "メイ",
    "TITLE": "役職",
    "URL": "Webサイト",
}


@dataclass
class Property:
    """One line of a card: its name, its types (WORK, CELL ...), the parts of its value."""

    name: str
    types: set[str]
    parts: list[str]

    @property
    def text(self) -> str:
        return ";".join(self.parts).strip()


@dataclass
class CardRows:
    """Cards as a table: a heading, and a row for each card with the line at which it begins."""

    cards: list[tuple[int, dict[str, str]]]
    encoding: str

    def __iter__(self) -> Iterator[tuple[int, list[Any]]]:
        columns = [column for column in COLUMNS if any(values.get(column) for _line, values in self.cards)]
        yield 0, list(columns)
        for line, values in self.cards:
            yield line, [values.get(column, "") for column in columns]


def is_card(head: bytes) -> bool:
    return bool(BEGIN.match(head))


def read_cards(data: bytes, encoding: str = "") -> CardRows:
    """Raises Invalid when the characters cannot be read, or no card ends."""
    chosen = encoding or csv.detect(data)
    try:
        text = csv.decode(data, chosen)
    except (UnicodeError, LookupError, ValueError) as error:
        raise refused(_("文字コードを一覧から選んでください。"), "encoding", "encoding") from error
    cards = [(line, _values(card)) for line, card in _cards(text)]
    if not cards:
        raise refused(_("vCardの中に名刺が1枚もありません。書き出し直してください。"), "empty")
    return CardRows(cards, chosen)


def _cards(text: str) -> Iterator[tuple[int, list[Property]]]:
    start, card = 0, list[Property]()
    for number, line in _unfolded(text):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            start, card = number, []
        elif word == "END:VCARD":
            if card:
                yield start, card
            card = []
        elif (found := _property(line)) is not None:
            card.append(found)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """A line goes on where the next one begins with a blank, or, as quoted-printable, where it ends with "="."""
    whole = _Whole(0)
    for number, line in enumerate(text.splitlines(), 1):
        if whole.is_soft:
            whole.go_on_softly(line)
        elif whole.pieces and line[:1] in {" ", "\t"}:
            whole.go_on(line[1:])
        else:
            if whole.pieces:
                yield whole.first, "".join(whole.pieces)
            whole = _Whole(number)
            whole.go_on(line)
    if whole.pieces:
        yield whole.first, "".join(whole.pieces)


@dataclass
class _Whole:
    """A line in its pieces: putting them together each time would take hours for a long one."""

    first: int
    pieces: list[str] = field(default_factory=list)
    head: str = ""

    @property
    def is_soft(self) -> bool:
        before, _colon, _value = self.head.partition(":")
        return bool(self.pieces) and self.pieces[-1].endswith("=") and "QUOTED-PRINTABLE" in before.upper()

    def go_on(self, text: str) -> None:
        if text:
            self.pieces.append(text)
        if len(self.head) < LONGEST_HEAD and ":" not in self.head:
            self.head += text[:LONGEST_HEAD]

    def go_on_softly(self, text: str) -> None:
        """Without the "=" that said so."""
        if rest := self.pieces.pop()[:-1]:
            self.pieces.append(rest)
        self.go_on(text)


def _property(line: str) -> Property | None:
    """None for what is no text: pictures, sounds, keys."""
    found = LINE.fullmatch(line)
    if found is None:
        return None
    name, *parameters = [each.strip() for each in found[1].split(";")]
    words = {word.strip('" ').upper() for each in parameters for word in each.rpartition("=")[2].split(",")}
    if words & {"BASE64", "B"}:
        return None
    value = found[2]
    if "QUOTED-PRINTABLE" in words:
        value = _from_quoted(value, _charset(parameters))
        parts = value.split(";")
    else:
        parts = [ESCAPED.sub(_plain, part) for part in re.split(r"(?<!\\);", value)]
    return Property(name.rpartition(".")[2].upper(), words, [part.strip() for part in parts])


def _plain(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]


def _charset(parameters: list[str]) -> str:
    for each in parameters:
        name, _equals, value = each.partition("=")
        if name.upper() == "CHARSET":
            return "cp932" if value.upper().replace("-", "_") in {"SHIFT_JIS", "SJIS"} else value
    return "utf-8"


def _from_quoted(value: str, charset: str) -> str:
    data = quopri.decodestring(value.encode("ascii", "replace"))
    try:
        return csv.decode(data, charset)
    except (ValueError, LookupError):
        return data.decode(csv.detect(data), "replace")


def _values(card: list[Property]) -> dict[str, str]:
    """What the card says, by column; what has no column of its own, as a third number, goes into the note."""
    values: dict[str, str] = {}
    notes: list[str] = []
    for each in card:
        for column, value in _told(each, values):
            value = value.strip()
            if not value:
                continue
            if column == "備考" or values.get(column, value) != value:
                notes.append(value if column == "備考" else f"{column}: {value}")
            else:
                values[column] = value
    if not values.get("姓") and not values.get("名"):
        full = next((each.text for each in card if each.name == "FN"), "")
        values["姓"], values["名"] = split_name(full)
    return {**values, "備考": "\n".join(notes)}


def _told(each: Property, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    parts = [*each.parts, *[""] * 7]
    if each.name == "N":
        yield from (("姓", parts[0]), ("名", parts[1]))
    elif each.name == "SOUND" and "X-IRMC-N" in each.types:
        yield from (("セイ", parts[0]), ("メイ", parts[1]))
    elif each.name in READINGS:
        yield READINGS[each.name], each.text
    elif each.name == "ORG":
        yield from (("会社名", parts[0]), ("部署", " ".join(filter(None, parts[1:]))))
    elif each.name == "TEL":
        kinds = (("携帯電話", {"CELL", "MOBILE"}), ("FAX", {"FAX"}))
        column = next((column for column, words in kinds if words & each.types), "電話番号")
        yield column, re.sub(r"^tel:", "", each.text, flags=re.IGNORECASE)
    elif each.name == "EMAIL":
        taken = values.get("メール", each.text) != each.text
        yield "メール（予備）" if taken else "メール", each.text
    elif each.name == "ADR":
        names = ("建物", "町域・番地", "市区町村", "都道府県", "郵便番号")
        yield from zip(names, parts[1:6], strict=True)
    elif each.name == "BDAY" and (day := DAY.match(each.text)):
        yield "誕生日", "-".join(day.groups())
    elif each.name == "NOTE":
        yield "備考", each.text
