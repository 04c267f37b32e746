"""Folds what is searched in and what is searched for in the same way, so that both meet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from daifuku.foundation.japanese import fold, reading, romaji_key, split_form
from daifuku.foundation.sql.gram_index import Columns, Word
from daifuku.records.catalogue.object_type import ObjectType

MOST_WORDS = 8
LONGEST = 200
_LATIN = re.compile(r"\A[\W\d_]*[a-zA-ZÀ-ɏ][\W\da-zA-ZÀ-ɏ_]*\Z")
_JAPAN = (("ニツポン", "ニホン"), ("nipon", "nihon"))


def columns_of(object_type: ObjectType, record: Any, former: Iterable[str] = ()) -> Columns:
    """The record's row. Without kana the reading is guessed; 日本 is read both ways. `former` are names of records that
    went into this one."""
    text = object_type.search(record)
    name, kana = bare(text.name), text.reading or reading(text.name)
    others = dict.fromkeys(folded for other in (*text.others, *former) if other and (folded := _other(other)))
    return Columns(
        object_type.key,
        record.pk,
        name,
        _both_ways(name, fold(split_form(kana)[0])),
        _both_ways(name, romaji_key(kana)),
        "|".join(others),
    )


def words_of(text: str) -> tuple[Word, ...]:
    """What is looked for: every word, without legal forms of companies."""
    parts = text[:LONGEST].split()[:MOST_WORDS]
    return tuple(word for part in parts if (word := _word(part)).folded)


def whole_of(text: str) -> Word:
    """The same as one word: 青山 凛 is one name."""
    return _word("".join(text[:LONGEST].split()))


def bare(text: str) -> str:
    """Folded, without the legal form: a firm is looked for by its name."""
    return fold(split_form(text)[0])


def _other(text: str) -> str:
    """Numbers, mail addresses and codes have no legal form to look for."""
    return fold(text) if text.isascii() else bare(text)


def _word(text: str) -> Word:
    folded = bare(text)
    if not _LATIN.match(text):
        return Word(folded)
    key = romaji_key(text)
    return Word(folded, (key,) if key else ())


def _both_ways(name: str, sounds: str) -> str:
    """日本 is ニホン for one and ニッポン for the other; the one who searches need not know."""
    if "日本" not in name:
        return sounds
    for pair in _JAPAN:
        for one, other in (pair, pair[::-1]):
            if one in sounds:
                return f"{sounds}|{sounds.replace(one, other)}"
    return sounds
