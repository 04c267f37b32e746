"""Cuts the text of a formula into its words; full-width signs and digits are as good as half-width ones."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from daifuku.records.formulas.spellings import COMMA, NO_WORD, YES_WORD
from daifuku.records.formulas.syntax import LONGEST, Wrong

QUOTES = '"＂“”'
SIGNS = {"×": "*", "÷": "/", "−": "-", COMMA: ",", "≤": "≦", "≥": "≧"}
TWO = {"≦": "<=", "≧": ">=", "≠": "<>", "!=": "<>"}
DOUBLED = re.compile(rf"([{QUOTES}\]］])\1")
TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<text>[{QUOTES}](?:[^{QUOTES}]|([{QUOTES}])\3)*[{QUOTES}])
  | (?P<field>[\[［](?:[^\]］]|([\]］])\5)*[\]］])
  | (?P<day>\#[0-9]{{4}}[-/][0-9]{{1,2}}[-/][0-9]{{1,2}}\#)
  | (?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
  | (?P<name>[A-Za-z_][A-Za-z0-9_]*|{YES_WORD}|{NO_WORD})
  | (?P<sign><=|>=|<>|!=|[≦≧≠]|[-+*/^&=<>(),%.])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """`kind` is text, field, day, number, name, sign or end."""

    kind: str
    value: str
    place: int


def tokens_of(text: str) -> list[Token]:
    """Raises Wrong for what is no word of the language."""
    if len(text) > LONGEST:
        raise Wrong(LONGEST, _("式は%(most)s文字までです。") % {"most": LONGEST})
    found, place = [], 0
    narrow = _narrow(text)
    while place < len(text):
        match = TOKEN.match(narrow, place)
        if match is None or match.lastgroup is None:
            raise Wrong(place, _unreadable(text, place))
        kind = match.lastgroup
        if kind in {"text", "field"}:
            inside = text[match.start() + 1 : match.end() - 1]
            found.append(Token(kind, DOUBLED.sub(r"\1", inside), place))
        elif kind != "space":
            word = match[0]
            found.append(Token(kind, TWO.get(word, word), place))
        place = match.end()
    return [*found, Token("end", "", len(text))]


def _unreadable(text: str, place: int) -> str:
    if text[place] in QUOTES:
        return _('文字が「"」で閉じられていません。')
    if text[place] in "[［":
        return _("項目が「]」で閉じられていません。")
    return _('「%(sign)s」は使えません。文字は「"」で、項目は「[ ]」で囲んでください。') % {
        "sign": text[place]
    }


def _narrow(text: str) -> str:
    """Letter by letter, so that places stay; what stands in quotes is taken from the text itself."""
    return "".join([_narrow_one(letter) for letter in text])


def _narrow_one(letter: str) -> str:
    if letter in SIGNS:
        return SIGNS[letter]
    if letter in QUOTES or letter.isascii() or letter in "［］":
        return letter
    narrow = unicodedata.normalize("NFKC", letter)
    return narrow if len(narrow) == 1 and (narrow.isascii() or narrow.isspace()) else letter
