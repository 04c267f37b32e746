"""Numbers in kanji become digits: 〇三(一二三四)五六七八 is 03(1234)5678, 二十八 is 28."""

from __future__ import annotations

import re

_DIGITS = {kanji: str(value) for value, kanji in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_RUN = re.compile("[〇零一二三四五六七八九十百]+")
_UNIT = r"(?=\s*(?:丁目|番地|番|号室|号|階|F|の[〇一二三四五六七八九十]|-|\Z|\s))"
_IN_ADDRESS = re.compile(rf"[〇零一二三四五六七八九十百]+{_UNIT}|(?<=-)[〇零一二三四五六七八九十百]+")


def digits(text: str) -> str:
    """Every kanji digit by itself, as phones and postal codes are written in columns."""
    return "".join(_DIGITS.get(letter, letter) for letter in text)


def number(kanji: str) -> str:
    if "十" not in kanji and "百" not in kanji:
        return digits(kanji)
    total, part = 0, ""
    for letter in kanji:
        if letter in "十百":
            total += int(digits(part) or 1) * (10 if letter == "十" else 100)
            part = ""
        else:
            part += letter
    return str(total + int(digits(part) or 0))


def in_address(text: str) -> str:
    """Behind the town: numbers before 丁目, 番, 号, 階 and between dashes; names of buildings stay (第一生命ビル)."""
    return _IN_ADDRESS.sub(lambda found: number(found[0]), text)


def mostly_kanji(text: str) -> bool:
    """Whether the numbers of a text are written in kanji."""
    return len("".join(_RUN.findall(text))) > sum(letter.isdigit() for letter in text)
