"""The address with its postal code: each knows what the other must be, and mends a letter that was misread."""

from __future__ import annotations

import re

from daifuku.cards.reading.extracting import numerals
from daifuku.cards.reading.extracting.pieces import Piece
from daifuku.cards.reading.results import Box, Proposal
from daifuku.foundation.address import codes_for, lookup, split
from daifuku.foundation.towns import PREFECTURES, place_key

_LABEL = re.compile(r"\A\s*(?:住所|所在地|本社|本店|Address|ADD)\s*[:：/]?\s*", re.IGNORECASE)
_BUILDING = re.compile(
    r"ビル|タワー|プラザ|マンション|ハイツ|コーポ|棟|階|号室|[0-9]+F|スクエア|センター|館|荘|メゾン|フロント|ヒルズ|[0-9]$"
)
_OTHER = re.compile(r"@|www|http|tel|fax|電話|携帯|会社|\(株\)|法人", re.IGNORECASE)
_KANA = dict.fromkeys(map(ord, "ヶケがガのノ之ツっつッ"), None)


def place(
    pieces: list[Piece], code: tuple[Proposal, Piece, int] | None
) -> tuple[Proposal | None, Proposal | None]:
    """(postal code, address)."""
    found = _behind_code(pieces, code) or _by_name(pieces)
    if found is None:
        return (code[0] if code else None), None
    first, start = found
    parts = [first.cut(start, None), *_going_on(first, pieces)]
    for piece in (first, *parts[1:]):
        piece.used = True
    if code is not None:
        code[1].used = True
    text = "".join(part.text for part in parts[:1]) + "".join(_glued(part) for part in parts[1:])
    text = _LABEL.sub("", text).strip()
    value, known = _mended(text, code[0].value if code else "", any(part.down for part in parts))
    whole = parts[0].proposal(value, doubt=1.0 if known else 0.8)
    confidence = min(each.proposal("").confidence for each in parts)
    address = Proposal(value, _around(parts), round(min(whole.confidence, confidence), 3))
    return _code(code[0] if code else None, value), address


def _glued(part: Piece) -> str:
    return " " + part.text.strip()


def _around(parts: list[Piece]) -> Box:
    boxes = [part.box for part in parts]
    return Box(
        min(box.left for box in boxes), min(box.top for box in boxes),
        max(box.right for box in boxes), max(box.bottom for box in boxes),
    )  # fmt: skip


def _behind_code(pieces: list[Piece], code: tuple[Proposal, Piece, int] | None) -> tuple[Piece, int] | None:
    """The rest of the code's line, or the line below it (the column to its left)."""
    if code is None:
        return None
    _proposal, piece, end = code
    rest = piece.text[end:].strip()
    if len(rest) > 3 and not _OTHER.search(rest):
        return piece, end
    for following in pieces:
        if (
            not following.used
            and following is not piece
            and _follows(piece, following)
            and _is_place(following.text)
        ):
            return following, 0
    return None


def _by_name(pieces: list[Piece]) -> tuple[Piece, int] | None:
    """The line that begins with a prefecture or a city, though no code stands before it."""
    for piece in pieces:
        if piece.used or _OTHER.search(piece.text):
            continue
        text = piece.text
        start = next((text.find(name) for name in PREFECTURES if 0 <= text.find(name) <= 14), -1)
        if start < 0 and _is_place(text):
            start = 0
        if start >= 0 and re.search(r"[0-9〇一二三四五六七八九十]", text[start:]):
            return piece, start
    return None


def _is_place(text: str) -> bool:
    parts = split(_LABEL.sub("", text)[:60])
    return bool(parts["city"]) or any(text.startswith(name[:-1]) for name in PREFECTURES)


def _going_on(first: Piece, pieces: list[Piece]) -> list[Piece]:
    """The lines that belong to it: directly below (to the left), of its size, and like a building or a street."""
    parts: list[Piece] = []
    last = first
    while len(parts) < 2:
        following = [each for each in pieces if not each.used and each is not last and each not in parts]
        near = next((each for each in following if _follows(last, each) and _goes_on(each.text)), None)
        if near is None:
            break
        parts.append(near)
        last = near
    return parts


def _goes_on(text: str) -> bool:
    if _OTHER.search(text) or re.fullmatch(r"[ぁ-ゖ\s]+", text):
        return False
    return bool(_BUILDING.search(text)) or bool(re.search(r"[一二三四五六七八九〇]+(?:階|号)", text))


def _follows(piece: Piece, other: Piece) -> bool:
    """Whether the other is the next line below, or the next column on the left."""
    if piece.down != other.down or not 0.6 < other.size / max(piece.size, 1) < 1.6:
        return False
    one, two = piece.box, other.box
    if piece.down:
        thick = one.right - one.left
        return -0.6 * thick < one.left - two.right < 1.5 * thick and two.top < one.bottom
    thick = one.bottom - one.top
    return -0.6 * thick < two.top - one.bottom < 1.5 * thick and two.left < one.right and two.right > one.left


def _mended(text: str, code: str, down: bool) -> tuple[str, bool]:
    """The beginning as Japan Post writes it where it is nearly that; digits for kanji behind the town of a column."""
    best: tuple[float, int, str] | None = None
    for known in lookup(code) if code and not _stands_for_itself(text, code) else ():
        for wanted in (f"{known.prefecture}{known.city}{known.town}", f"{known.city}{known.town}"):
            if wanted:
                share, end = _like(text, wanted)
                if best is None or share < best[0]:
                    best = (share, end, wanted)
    if best is None or best[0] > 0.34:
        return (numerals.in_address(_dashes(text)) if down else text), False
    share, end, wanted = best
    # ヶ and ケ are printed either way; an old kanji in a town is a misread one.
    same = place_key(text[:end]) == place_key(wanted) and text[:end].translate(_KANA) == wanted.translate(
        _KANA
    )
    head = text[:end] if share == 0 or same else wanted
    rest = text[end:]
    return head + (numerals.in_address(_dashes(rest)) if down else rest), True


def _stands_for_itself(text: str, code: str) -> bool:
    """An address whose town is known and has another code: one of them is wrong, and it need not be the address."""
    parts = split(text)
    codes = codes_for(parts["prefecture"], parts["city"], parts["street"]) if parts["city"] else []
    return code not in codes and any(place.town for each in codes for place in lookup(each))


def _dashes(text: str) -> str:
    return re.sub(r"(?<=[〇一二三四五六七八九十0-9])[ー|1lI](?=[〇一二三四五六七八九十0-9])", "-", text)


def _like(text: str, wanted: str) -> tuple[float, int]:
    """How much of the wanted beginning is otherwise in the text (0 to 1), and where it ends there."""
    plain = text[: len(wanted) + 4]
    if plain.startswith(wanted):
        return 0.0, len(wanted)
    rows = [list(range(len(plain) + 1))]
    for i, letter in enumerate(wanted, 1):
        row = [i]
        for j, other in enumerate(plain, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other)))
        rows.append(row)
    # Of ends with the same distance the one that leaves no letter of the town behind.
    end = min(range(len(plain) + 1), key=lambda each: (rows[-1][each], abs(each - len(wanted))))
    return rows[-1][end] / len(wanted), end


def _code(code: Proposal | None, address: str) -> Proposal | None:
    """A code that its address contradicts by one digit is the address's; one that is missing is proposed."""
    parts = split(address)
    if not parts["city"]:
        return code
    wanted = codes_for(parts["prefecture"], parts["city"], parts["street"])
    if code is None:
        return Proposal(wanted[0], None, 0.6) if len(wanted) == 1 else None
    if code.value in wanted or not wanted:
        return Proposal(code.value, code.box, round(1 - (1 - code.confidence) / 2, 3)) if wanted else code
    near = [each for each in wanted if sum(a != b for a, b in zip(each, code.value, strict=True)) == 1]
    if len(near) == 1 and (not lookup(code.value) or code.confidence < 0.8):
        return Proposal(near[0], code.box, 0.7)
    return Proposal(code.value, code.box, round(code.confidence * 0.8, 3))
