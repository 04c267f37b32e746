"""Whose name stands in the bank's book: カ）アオバシヨウジ, ｱｵﾊﾞｼﾖｳｼﾞ(ｶ and アオバショウジ are one payer.

Banks write names in half-width kana with large letters for small ones, the legal form as 全銀協 abbreviates it, a
branch or business place behind the name, and before it the word for what happened (振込, フリコミ). They cut long
names.
"""

from __future__ import annotations

import re
import unicodedata

from daifuku.foundation.japanese import split_form
from daifuku.foundation.japanese.kana import HIRAGANA_TO_KATAKANA, SMALL_TO_LARGE

# A name shorter than this says too little to be taken for the beginning of a longer one.
TELLING = 5
# 全銀協: a payer's name has at most 48 half-width letters; books of accounts often show fewer.
_EVENT = re.compile(
    r"\A(?:振込入金|被振込|振込|振替|入金|フリコミ|フリコミニユウキン|フリカエ|ニユウキン|デンシフリコミ"
    r"|IB振込|他行振込)"
    r"[\s*:・\-()0-9]*",
    re.IGNORECASE,
)
# エイ）, (エイ: 営業所; ジ）: 事業所; シユツ）: 出張所; レン）: 連合会. And the place written out as a word.
_PLACE = re.compile(
    r"\s*(?:[(](?:エイ|ジ|シユツ|レン)[)]?|(?<=[)])(?:エイ|ジ|シユツ|レン)[)]"
    r"|\s\S*(?:ホンテン|シテン|エイギヨウシヨ|ホンシヤ))\Z"
)
_LOOSE = re.compile(r"[\s.,・'’‘\-‐−–—―ーｰ/／「」()（）*&＆]+")
_KANJI = re.compile(r"[一-鿿々]")


def payer_key(text: str) -> str:
    """By what two spellings of a payer are compared; empty where nothing is left of it."""
    plain = (
        unicodedata.normalize("NFKC", text).upper().translate(HIRAGANA_TO_KATAKANA).translate(SMALL_TO_LARGE)
    )
    plain = (
        plain.replace("ヲ", "オ")
        .replace("ヰ", "イ")
        .replace("ヱ", "エ")
        .replace("ヂ", "ジ")
        .replace("ヅ", "ズ")
    )
    plain = _EVENT.sub("", plain.strip()).strip() or plain.strip()
    name = split_form(_PLACE.sub("", plain) or plain)[0]
    return _LOOSE.sub("", name)


def keys_of(*names: str) -> set[str]:
    """Of a customer's kana and name. What is written in kanji no bank's book shows."""
    return {key for name in names if name and not _KANJI.search(name) and (key := payer_key(name))}


def begins(payer: str, key: str) -> bool:
    """Whether one of them is the other, cut off."""
    short, long = sorted((payer, key), key=len)
    return len(short) >= TELLING and long.startswith(short)
