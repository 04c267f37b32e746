"""A vCard, as a phone or a QR code writes it (RFC 2426, RFC 6350): taken exactly, nothing is guessed."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.cards.pictures import NoCard

MOST = 30
LONGEST = 300
# What no card needs: beyond it a file is read as if it ended there. A photo is a long line that nobody looks at.
MOST_LINES, MOST_PARAMETERS, LONGEST_VALUE, LONGEST_HEAD = 200, 20, 5000, 1000
_ESCAPED = re.compile(r"\\([\\,;:nN])")
EXACT = 1.0


def cards(data: bytes) -> list[dict[str, dict[str, Any]]]:
    """The fields of each card in the file, as a reader proposes them. Raises NoCard where there is none."""
    every = (fields for block in _blocks(_text(data)) if (fields := _fields(block)))
    found = list(islice(every, MOST))
    if not found:
        raise NoCard(_("vCardに氏名や会社名がありません。"))
    return [
        {key: {"value": value[:LONGEST], "box": [], "confidence": EXACT} for key, value in fields.items()}
        for fields in found
    ]


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _blocks(text: str) -> Iterator[list[tuple[str, dict[str, str], str]]]:
    block: list[tuple[str, dict[str, str], str]] | None = None
    for line in _unfolded(text):
        head, colon, value = line.partition(":")
        name, *parameters = head[:LONGEST_HEAD].split(";")
        name = name.rpartition(".")[2].strip().upper()
        if name == "BEGIN":
            block = []
        elif name == "END" and block is not None:
            yield block
            block = None
        elif colon and block is not None and len(block) < MOST_LINES:
            block.append((name, _parameters(parameters[:MOST_PARAMETERS]), value[:LONGEST_VALUE]))


def _unfolded(text: str) -> Iterator[str]:
    """Lines that go on in the next one are one: by a blank in front of it, or quoted-printable by = at the end."""
    pieces: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in {" ", "\t"}:
            pieces.append(line[1:])
        elif goes_on:
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        else:
            if any(pieces):
                yield "".join(pieces)
            pieces = [line]
        goes_on = pieces[-1].endswith("=") and "QUOTED-PRINTABLE" in pieces[0][:LONGEST_HEAD].upper()
    if any(pieces):
        yield "".join(pieces)


def _parameters(given: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in given:
        name, equals, value = each.partition("=")
        key = name.strip().upper() if equals else "TYPE"
        said = (value if equals else name).strip().strip('"').upper()
        found[key] = f"{found[key]},{said}" if key in found else said
    return found


def _plain(value: str, parameters: dict[str, str]) -> str:
    if parameters.get("ENCODING") == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in parameters.get("TYPE", ""):
        raw = quopri.decodestring(value.encode())
        try:
            value = raw.decode(parameters.get("CHARSET", "utf-8"))
        except (LookupError, ValueError):
            value = raw.decode("utf-8", "replace")
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()


def _parts(value: str, parameters: dict[str, str]) -> list[str]:
    return [_plain(part, parameters) for part in re.split(r"(?<!\\);", value)]


def _fields(block: list[tuple[str, dict[str, str], str]]) -> dict[str, str]:
    found: dict[str, str] = {}

    def put(key: str, value: str) -> None:
        if value and key not in found:
            found[key] = " ".join(value.split())

    for name, parameters, value in block:
        if name == "N":
            family, given, *_rest = [*_parts(value, parameters), "", ""]
            put("family_name", family)
            put("given_name", given)
        elif name == "ORG":
            company, *units = _parts(value, parameters)
            put("company", company)
            put("department", " ".join(units))
        elif name == "TEL":
            put(_number(parameters.get("TYPE", "")), _plain(value, parameters).removeprefix("tel:"))
        elif name == "ADR":
            _put_address(put, _parts(value, parameters))
        elif name in SIMPLE:
            put(SIMPLE[name], _plain(value, parameters))
    if "family_name" not in found and (full := found.pop("full", "")):
        found["name"] = full
    found.pop("full", None)
    return found


SIMPLE = {
    "FN": "full", "TITLE": "title", "EMAIL": "email", "URL": "url", "X-PHONETIC-LAST-NAME": "family_kana",
    "X-PHONETIC-FIRST-NAME": "given_kana", "NOTE": "note",
}  # fmt: skip


def _number(kinds: str) -> str:
    if "FAX" in kinds:
        return "fax"
    return "mobile" if "CELL" in kinds or "MOBILE" in kinds else "tel"


def _put_address(put: Any, parts: list[str]) -> None:
    """Post box, building, street, city, prefecture, code, country (RFC 6350, 6.3.1)."""
    _box, building, street, city, prefecture, code, *_rest = [*parts, *[""] * 7]
    put("postal_code", code)
    for key, value in zip(
        ("prefecture", "city", "street", "building"), (prefecture, city, street, building), strict=True
    ):
        put(key, value)
