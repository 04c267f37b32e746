"""Tidies what people type or paste before it is kept, without ever cutting anything that can be seen.

What goes: control characters and NUL (PostgreSQL cannot store it), marks that turn the direction of writing (how they
deceive the eye is told in CVE-2021-42574), invisible spaces, broken halves of characters. What stays: emoji with their
joiners, variation selectors (a family's own form of 葛 or 辻), letters of private use that a firm drew itself.

The text becomes NFC, but for the CJK compatibility ideographs: NFC would replace 神 of a person's name, as typed, by
another form of the letter, and the way back to CP932 would be lost.
"""

from __future__ import annotations

import re
import unicodedata

from daifuku.foundation.japanese.kana import DASHES, HIRAGANA_TO_KATAKANA

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\uffff\ud800-\udfff\U000e0001]"
    # A joiner joins emoji (and letters of some scripts); between other characters it only hides.
    "|(?<![\u0600-\u0dff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
    # Tag letters spell a flag behind a black flag; elsewhere they smuggle text that nobody sees.
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+"
)
_BLANKS = re.compile(r"\s+")
_ENDS = re.compile(r"[\n\v\f\r\x85\u2028\u2029]+")
_NOT_COMPATIBILITY = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
_DASH_AFTER_KANA = re.compile(f"(?<=[ァ-ヺー])[{re.escape(DASHES)}](?=[ァ-ヺー\\s]|$)")


def clean_text(text: str, keep_indent: bool = False) -> str:
    """One line with single blanks; with `keep_indent` (a line of a longer text) only its end is trimmed."""
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = _NOT_COMPATIBILITY.sub(lambda run: unicodedata.normalize("NFC", run[0]), text)
    if not text.isprintable():
        text = _without_invisible(text)
    if keep_indent:
        return _ENDS.sub(" ", text).rstrip()
    return " ".join(text.split())


def clean_kana(text: str) -> str:
    """Full-width katakana from hiragana or half width; a hyphen behind a kana becomes ー; all else stays as it is."""
    text = unicodedata.normalize("NFKC", clean_text(text)).translate(HIRAGANA_TO_KATAKANA)
    return " ".join(_DASH_AFTER_KANA.sub("ー", text).split())


def _without_invisible(text: str) -> str:
    """Until nothing changes: taking one away may bare another (a tag letter behind a flag that was only half there)."""
    while (tidied := _INVISIBLE.sub("", text)) != text:
        text = tidied
    return text
