"""Proposes how a name is read, in katakana: 山田太郎 ヤマダタロウ. People correct it where it guesses wrong.

SudachiPy with its core dictionary, right for 82 of 100 firms and 91 of 100 people in our trial. The dictionary (0.5 s)
is opened when the first reading is asked for; its tokenizer is used by one thread at a time.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any

from daifuku.foundation.japanese.cleaning import clean_kana
from daifuku.foundation.japanese.company import split_form
from daifuku.foundation.japanese.variants import one_for_each

_KANJI = re.compile("[々〆〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ASCII_RUN = re.compile(r"[\x21-\x7e]+")
_CAPITALS = re.compile(r"[A-Z&]{1,4}")
_NAMES = (
    "エー,ビー,シー,ディー,イー,エフ,ジー,エイチ,アイ,ジェー,ケー,エル,エム,エヌ,オー,ピー,キュー,アール,エス,"
    "ティー,ユー,ブイ,ダブリュー,エックス,ワイ,ゼット,アンド"
)
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ&", _NAMES.split(","), strict=True))
_LONGEST = 2000  # Sudachi takes at most 49,149 bytes; a name is shorter.

_lock = threading.Lock()
_variants = one_for_each()
_tokenizer: Any = None
_modes: dict[str, Any] = {}


def has_kanji(text: str) -> bool:
    return _KANJI.search(text) is not None


@lru_cache(maxsize=32768)
def reading(text: str) -> str:
    """Katakana for a name without the company's form; capitals are spelled: NTT東日本 エヌティーティーヒガシニホン."""
    plain = split_form(text)[0]
    if not has_kanji(plain) and not _CAPITALS.search(plain):
        return clean_kana(plain)
    return clean_kana("".join(map(_said, _tokens(plain))))


@lru_cache(maxsize=32768)
def sounds(text: str) -> str:
    """The same for sorting: Latin letters and digits stay as they are."""
    if not has_kanji(text):
        return text
    parts, at = [], 0
    for run in _ASCII_RUN.finditer(text):
        parts += [_read(text[at : run.start()]), run[0]]
        at = run.end()
    return "".join([*parts, _read(text[at:])])


def _read(text: str) -> str:
    return "".join(map(_said, _tokens(text))) if has_kanji(text) else text


def end_of_family_name(text: str) -> int:
    """After how many characters the family name ends in a name without a blank."""
    words = _tokens(text, mode="A")
    at = 0
    for word in words:
        kind = word.part_of_speech()[3]
        if kind == "名" and at:
            return at
        at += len(word.surface())
        if kind == "姓":
            return at
    return _usual_length(text)


def begins_with_family_name(text: str) -> bool:
    """Whether the dictionary knows the first word of it as a family name."""
    words = _tokens(text, mode="A")
    return bool(words) and words[0].part_of_speech()[3] == "姓"


def _usual_length(text: str) -> int:
    """Two characters, as most family names have; a name of one or two characters is taken as family name alone."""
    return len(text) if len(text) < 3 else 2


def _said(word: Any) -> str:
    surface: str = word.surface()
    if not surface[:1].isalnum():
        return " " if surface.isspace() else _LETTERS.get(surface, "")
    if surface.isascii() and word.is_oov():
        return "".join(map(_LETTERS.__getitem__, surface)) if _CAPITALS.fullmatch(surface) else surface
    return word.reading_form() or surface


def _tokens(text: str, mode: str = "C") -> list[Any]:
    """Words as Sudachi cuts them; old kanji are read by their current form where it does not know them."""
    text = unicodedata.normalize("NFKC", text[:_LONGEST]).encode(errors="ignore").decode()
    words = _cut(text, mode)
    if any(word.is_oov() and has_kanji(word.surface()) for word in words):
        current = text.translate(_variants)
        if current != text:
            words = _cut(current, mode)
    return words


def _cut(text: str, mode: str) -> list[Any]:
    global _tokenizer
    with _lock:
        if _tokenizer is None:
            _tokenizer = _open()
        return list(_tokenizer.tokenize(text, _modes[mode]))


def _open() -> Any:
    """Imported here, so that programs which read nothing do not wait for the dictionary."""
    from sudachipy import Dictionary, SplitMode  # type: ignore[import-untyped]

    _modes.update(A=SplitMode.A, C=SplitMode.C)
    return Dictionary(dict="core").tokenizer()
