"""Tells in which characters a text file is written, so that a file from an old Excel opens without a question.

The ladder: byte order mark, ISO-2022-JP by its escapes, UTF-16 by its zero bytes, strict UTF-8, then CP932 against
EUC-JP by what looks like Japanese, Windows-1252 last: all bytes of a short CP932 file are legal in it, so asking it
earlier (as other programs do) turns 点検連番 into mojibake. CP932 is Microsoft's Shift_JIS with ①㈱髙﨑.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from itertools import chain

from django.utils.translation import gettext as _

SAMPLE = 256 * 1024
# By Python's names. Not every codec is for files: punycode takes an hour for what utf-8 reads in a second.
READABLE = frozenset({
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "shift_jis", "shift_jis_2004", "euc_jp",
    "euc_jis_2004", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_3", "iso2022_jp_ext", "cp1252",
    "iso8859-1", "iso8859-15", "ascii", "mac-roman", "gb2312", "gbk", "gb18030", "big5", "cp950",
    "euc_kr", "cp949",
})  # fmt: skip
MISSING = "〓"

_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\([BIJ])")
_HALF_KANA = re.compile("[\uff61-\uff9f]+")
_BAD_START = re.compile("[ｧ-ｰﾝﾞﾟ]")
_BAD_MARK = re.compile("(?<![ｳｶ-ﾄﾊ-ﾎ])ﾞ|(?<![ﾊ-ﾎ])ﾟ|[｡｢｣､･]")

# What Unicode knows twice and CP932 once.
_NEAREST = str.maketrans({
    "〜": "～", "−": "－", "‖": "∥", "—": "―", "¢": "￠", "£": "￡", "¬": "￢", "¥": "￥", "\u00a0": " ", "‾": "￣",
    "–": "－", "‐": "-", "‑": "-",
})  # fmt: skip


class Undecodable(UnicodeError):
    """The bytes of `line` are no text in this encoding."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(line)

    def __str__(self) -> str:
        return _(
            "%(line)s行目に、この文字コードでは読めない文字があります。別の文字コードを選ぶか、その行を直してください。"
        ) % {"line": f"{self.line:,}"}


def detect(data: bytes) -> str:
    """The name of the encoding, to be given to `decode`."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _ESCAPES.search(data) and max(data) < 0x80:
        return "iso2022_jp"
    return _utf_16_without_mark(data) or _eight_bits(data)


def _utf_16_without_mark(data: bytes) -> str:
    """Every comma, digit and line end has a zero byte beside it."""
    sample = data[: SAMPLE // 2 * 2]
    if len(data) % 2 or len(sample) < 4 or sample.count(0) * 20 < len(sample):
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and re.search(r"[\n\r,\t]", text) and _japanese(text) > 0.9 * len(text):
            return name
    return ""


def _japanese(text: str) -> int:
    """How many characters are ASCII, kana, kanji or full width."""
    return sum(
        c < "\x7f" or "\u3000" <= c <= "\u30ff" or "\u4e00" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef"
        for c in text
    )


def _eight_bits(data: bytes) -> str:
    if _is_valid(data, "utf-8"):
        return "utf-8"
    candidates = [name for name in ("cp932", "euc_jp") if _is_valid(data, name)]
    if len(candidates) == 1:
        return candidates[0]
    sample = _sample(data)
    if candidates:
        return max(candidates, key=lambda name: _merit(sample.decode(name, "replace")))
    # One broken character in a long file does not make it a Western one.
    broken = {name: sample.decode(name, "replace").count("\ufffd") for name in ("utf-8", "cp932", "euc_jp")}
    best = min(broken, key=lambda name: broken[name])
    others = sum(byte > 0x7F for byte in sample)
    return best if broken[best] * 20 < others else "cp1252"


def _is_valid(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _sample(data: bytes) -> bytes:
    """The first lines, whole."""
    if len(data) <= SAMPLE:
        return data
    return data[: data.rfind(b"\n", 0, SAMPLE) + 1 or SAMPLE]


def _merit(text: str) -> float:
    """How much it looks like Japanese, per character that is not ASCII."""
    kana = sum("\u3041" <= c <= "\u30ff" for c in text)
    half = _HALF_KANA.findall(text)
    natural = not any(_BAD_START.match(run) or _BAD_MARK.search(run) for run in half)
    half_kana = sum(map(len, half))
    odd = sum(unicodedata.category(c) in {"Co", "Cc", "Cn"} and c not in "\r\n\t" for c in text)
    rare = sum(not _is_common(c) for c in text if "\u4e00" <= c <= "\u9fff")
    common = sum("\u4e00" <= c <= "\u9fff" for c in text) - rare
    return 2 * kana + common - rare - 5 * odd + (0.6 if natural else -1.0) * half_kana


def _is_common(kanji: str) -> bool:
    """Of the first level of JIS X 0208, the three thousand that are in use."""
    try:
        return kanji.encode("euc_jp")[0] < 0xD0
    except UnicodeEncodeError:
        return False


def decode(data: bytes, encoding: str) -> str:
    """The text; Undecodable names the line where it ends to be one, LookupError says that there is no such encoding."""
    if codecs.lookup(encoding).name not in READABLE:
        raise LookupError(encoding)
    if encoding.replace("-", "_").lower() in {"iso2022_jp", "iso_2022_jp"}:
        return _from_jis(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(data[: error.start].count(b"\n") + 1) from error
    return text.removeprefix("\ufeff")


def _from_jis(data: bytes) -> str:
    """ISO-2022-JP as Windows writes it: with ①㈱ and half-width kana, which Python's own codec does not know.

    Each pair of bytes is turned into its Shift_JIS pair (JIS X 0208 annex 1), which CP932 then reads.
    """
    parts: list[str] = []
    shift, at = b"(B", 0
    for escape in chain(_ESCAPES.finditer(data), [None]):
        run = data[at : escape.start() if escape else len(data)]
        try:
            parts.append(_segment(run, shift))
        except UnicodeDecodeError as error:
            raise Undecodable(data.count(b"\n", 0, at) + 1) from error
        if escape:
            shift, at = escape[0][1:], escape.end()
    return "".join(parts)


def _segment(run: bytes, shift: bytes) -> str:
    if shift == b"(I":
        return bytes(byte | 0x80 if byte > 0x20 else byte for byte in run).decode("cp932")
    if not shift.startswith(b"$"):
        return run.decode("ascii")
    pairs = bytearray()
    at = 0
    while at < len(run):
        if run[at] < 0x21 or at + 1 == len(run):
            pairs.append(run[at])
            at += 1
            continue
        row, cell = run[at] - 0x21, run[at + 1] - 0x21
        lead, trail = row // 2 + 0x81, cell + 0x40 + (94 if row % 2 else 0)
        pairs += bytes((lead + 0x40 if lead > 0x9F else lead, trail + 1 if trail > 0x7E else trail))
        at += 2
    return pairs.decode("cp932")


def unsayable(text: str, encoding: str = "cp932") -> set[str]:
    """The characters that cannot be written in this encoding, not even by their twin."""
    plain = text.translate(_NEAREST) if _is_japanese(encoding) else text
    try:
        plain.encode(encoding)
    except UnicodeEncodeError:
        return {c for c in set(plain) if not _can(c, encoding)}
    return set()


def encode(text: str, encoding: str = "cp932") -> bytes:
    """The bytes; twins stand for what the encoding does not have (〜 ～), 〓 for what has no twin."""
    plain = text.translate(_NEAREST) if _is_japanese(encoding) else text
    for character in unsayable(plain, encoding):
        plain = plain.replace(character, MISSING if _is_japanese(encoding) else "?")
    return plain.encode(encoding)


def _is_japanese(encoding: str) -> bool:
    return codecs.lookup(encoding).name in {"cp932", "shift_jis", "euc_jp", "iso2022_jp"}


def _can(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
