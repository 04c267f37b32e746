"""What invented names are made of (words.txt)."""

from __future__ import annotations

from pathlib import Path

Pairs = list[tuple[str, str]]


def _sections() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            words += line.split()
    return found


_WORDS = _sections()


def _pairs(section: str) -> Pairs:
    words = _WORDS[section]
    return list(zip(words[::2], words[1::2], strict=True))


SURNAMES, BIGGER = _pairs("surnames"), _pairs("bigger")
GIVEN = _pairs("men") + _pairs("women")
FIRST = _pairs("firsts") + SURNAMES[:90]
TRADES, SISTERS, BRANCHES = _pairs("trades"), _pairs("sisters"), _pairs("branches")
KATAKANA, KATAKANA_LAST = _WORDS["katakana"], _WORDS["katakana_lasts"]
DEPARTMENTS, TITLES, BUILDINGS = _WORDS["departments"], _WORDS["titles"], _WORDS["buildings"]
OLD_KANJI = dict(_pairs("old_kanji"))

FORMS = (("株式会社", 78), ("有限会社", 14), ("合同会社", 5), ("一般社団法人", 1), ("医療法人", 2))
SHORT = {
    "株式会社": ("(株)", "㈱", "（株）", "株式会社 "),
    "有限会社": ("(有)", "㈲", "（有）", "有限会社 "),
    "合同会社": ("(同)", "（同）", "合同会社 "),
    "一般社団法人": ("(一社)", "一般社団法人 "),
    "医療法人": ("(医)", "医療法人 "),
}
FREE_MAIL = ("gmail.com", "yahoo.co.jp", "outlook.jp", "icloud.com", "docomo.ne.jp")
