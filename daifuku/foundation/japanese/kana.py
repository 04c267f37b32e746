"""The fifty sounds as tables: hiragana to katakana, small to large, voiced to plain, the vowel of a long mark."""

from __future__ import annotations

HIRAGANA_TO_KATAKANA: dict[int, int] = {
    code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)
}

SMALL_TO_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")

PLAIN = str.maketrans(
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ",
    "カキクケコサシスセソタチツテトハヒフヘホハヒフヘホウ",
)

VOICED = str.maketrans(
    "カキクケコサシスセソタチツテトハヒフヘホウ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ"
)

# Marks that people write for the long vowel: hyphens and dashes of every kind.
DASHES = "-‐‑‒–—―−─━ｰ－﹣~〜～"

_ROWS = (
    "アァカガサザタダナハバパマヤャラワヮヵ",
    "イィキギシジチヂニヒビピミリヰ",
    "ウゥクグスズツヅッヌフブプムユュルヴ",
    "エェケゲセゼテデネヘベペメレヱヶ",
    "オォコゴソゾトドノホボポモヨョロヲ",
)
VOWEL: dict[str, str] = {sound: row[0] for row in _ROWS for sound in row}
