"""A QR code on a card that holds a vCard or a MECARD is taken exactly, letter by letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import cv2

from daifuku.cards.reading.results import Box, Proposal

if TYPE_CHECKING:
    from daifuku.cards.reading.engine import Pixels

_LONGEST = 4000


def on_card(pixels: Pixels) -> dict[str, Proposal]:
    """What the codes on a card say; a code that is only an address of a page fills nothing."""
    found: dict[str, Proposal] = {}
    try:
        _ok, texts, corners, _codes = cv2.QRCodeDetector().detectAndDecodeMulti(pixels)
    except cv2.error:
        return found
    height, width = pixels.shape[:2]
    for text, quad in zip(texts, corners if corners is not None else (), strict=False):
        (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
        box = Box(
            *(
                round(min(1.0, max(0.0, float(part))), 4)
                for part in (left / width, top / height, right / width, bottom / height)
            )
        )
        found |= {key: Proposal(value, box, 1.0) for key, value in fields_of(text[:_LONGEST]).items()}
    return found


def fields_of(text: str) -> dict[str, str]:
    """The fields of a vCard (RFC 6350 and its elders) or of a MECARD; none of anything else."""
    start = text.lstrip().upper()
    if start.startswith("BEGIN:VCARD"):
        return _vcard(text)
    if start.startswith("MECARD:"):
        return _mecard(text.lstrip()[7:])
    return {}


def _vcard(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in re.sub(r"\r?\n[ \t]", "", text).splitlines():
        head, _colon, value = line.partition(":")
        name, *marks = head.upper().split(";")
        name = name.rpartition(".")[2]
        kinds = ",".join(marks)
        parts = [_plain(part) for part in re.split(r"(?<!\\);", value)]
        if any(parts):
            _take(found, name, kinds, parts)
    return {key: value for key, value in found.items() if value}


def _take(found: dict[str, str], name: str, kinds: str, parts: list[str]) -> None:
    parts += [""] * (7 - len(parts))
    whole = ";".join(part for part in parts if part)
    if name == "N":
        found.update(family_name=parts[0], given_name=parts[1])
        found.setdefault("name", " ".join(part for part in parts[:2] if part))
    elif name == "FN" and "name" not in found:
        found["name"] = whole
    elif name in {"X-PHONETIC-LAST-NAME", "X-PHONETIC-FIRST-NAME"}:
        key = "family_kana" if "LAST" in name else "given_kana"
        found[key] = whole
        found["kana"] = " ".join(found[each] for each in ("family_kana", "given_kana") if each in found)
    elif name == "ORG":
        found["company"] = parts[0]
        found["department"] = " ".join(part for part in parts[1:] if part)
    elif name == "TITLE":
        found.setdefault("title", whole)
    elif name == "TEL":
        found.setdefault(
            "fax" if "FAX" in kinds else "mobile" if "CELL" in kinds else "tel", whole.removeprefix("tel:")
        )
    elif name == "EMAIL":
        found.setdefault("email", whole)
    elif name == "URL":
        found.setdefault("url", whole)
    elif name == "ADR" and "address" not in found:
        found["postal_code"] = parts[5]
        found["address"] = parts[4] + parts[3] + parts[2] + parts[1]


def _mecard(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    names = {"ORG": "company", "EMAIL": "email", "URL": "url", "ADR": "address", "TEL": "tel"}
    for part in re.split(r"(?<!\\);", text):
        name, _colon, value = part.partition(":")
        value = _plain(value)
        if name.upper() == "N":
            family, _comma, given = value.partition(",")
            found.update(name=f"{family} {given}".strip(), family_name=family, given_name=given)
        elif name.upper() == "SOUND":
            found["kana"] = value.replace(",", " ")
        elif name.upper() == "TEL" and re.match(r"0[789]0", value):
            found.setdefault("mobile", value)
        elif key := names.get(name.upper()):
            found.setdefault(key, value)
    return {key: value for key, value in found.items() if value}


def _plain(value: str) -> str:
    return re.sub(r"\\([;,:\\])", r"\1", value.replace("\\n", " ").replace("\\N", " ")).strip()
