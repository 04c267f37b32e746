"""Phone, FAX and mobile numbers with the words before them, postal codes, numbers of firms."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import combinations

from stdnum.jp import cn

from daifuku.cards.reading.extracting.numerals import digits, mostly_kanji
from daifuku.cards.reading.extracting.pieces import Piece
from daifuku.cards.reading.results import Proposal
from daifuku.foundation.address import lookup
from daifuku.foundation.phone import format_number

_FAX = re.compile(r"fa[x×]|ファックス|ファクス|ファクシミリ|(?:^|[^a-z])f[\s:.]*$", re.IGNORECASE)
_MOBILE = re.compile(r"携帯|携|mobile|cell|mob|(?:^|[^a-z])m[\s:.]*$", re.IGNORECASE)
_TEL = re.compile(r"tel|電話|電|phone|直通|代表|(?:^|[^a-z])[tp][\s:.]*$", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:\+\s?81[\s.\-]*(?:\(0\))?[\s.\-]*|\(?0)[0-9]{1,4}\)?[\s.\-(]*[0-9]{1,4}[\s.\-)]*[0-9]{3,4}(?![0-9])"
)
_EXTENSION = re.compile(r"\A\s*\(?\s*(?:内線|ext\.?)\s*[0-9]{1,6}\)?", re.IGNORECASE)
_POSTAL = re.compile(r"(?P<mark>[〒〶干亍]?)\s*(?<![0-9-])(?P<code>[0-9]{3}\s?-?\s?[0-9]{4})(?![0-9]|-[0-9])")
_CORPORATE = re.compile(r"(?<![0-9])[TＴ]?\s*-?(?P<number>[0-9](?:[\s-]?[0-9]){12})(?![0-9])")
_OTHER_GROUPS = 0.6
_LIKE_ZERO, _LIKE_ONE = (
    re.compile(r"(?<=[0-9(-])[OoQD〇](?=[0-9)-]|\Z)"),
    re.compile(r"(?<=[0-9(-])[lI|](?=[0-9)-]|\Z)"),
)


def as_numbers(piece: Piece) -> str:
    """The text letter for letter with digits where digits are meant; the places stay the same."""
    text = piece.text
    if mostly_kanji(text):
        text = digits(re.sub("(?<=[〇一二三四五六七八九])[ー|丨1lI](?=[〇一二三四五六七八九])", "-", text))
    text = re.sub(r"(?<=[0-9)])[ー一~](?=[0-9(])", "-", text)
    return _LIKE_ONE.sub("1", _LIKE_ZERO.sub("0", text))


def plausible(text: str) -> bool:
    """Whether a column of numbers holds a whole phone number or a postal code that Japan Post knows."""
    kanji = re.sub("[ー|丨－―1lI]", "-", text.replace("○", "〇"))
    plain = digits(unicodedata.normalize("NFKC", kanji))
    if any(_number(match[0]) for match in _NUMBER.finditer(plain)):
        return True
    codes = [re.sub("[^0-9]", "", match["code"]) for match in _POSTAL.finditer(plain)]
    return any(lookup(code) for code in codes)


@dataclass(frozen=True)
class Found:
    """A number with the words before it."""

    kind: str
    proposal: Proposal
    said: bool


def phones(pieces: list[Piece]) -> dict[str, Proposal]:
    """The first number of each kind; one without words is what its digits say, or what is still missing."""
    found: dict[str, Proposal] = {}
    unsaid: list[Proposal] = []
    for piece in pieces:
        for each in _in(piece):
            if not each.said and each.kind == "tel":
                unsaid.append(each.proposal)
            else:
                found.setdefault(each.kind, each.proposal)
                if each.kind == "both":
                    found.setdefault("tel", each.proposal)
                    found.setdefault("fax", each.proposal)
    for proposal in unsaid:
        kind = next((kind for kind in ("tel", "fax") if kind not in found), "")
        if kind:
            found[kind] = Proposal(
                proposal.value, proposal.box, round(proposal.confidence * (0.8 if kind == "tel" else 0.5), 3)
            )
    found.pop("both", None)
    return found


def _in(piece: Piece) -> list[Found]:
    text = as_numbers(piece)
    found = []
    before = 0
    for match in _NUMBER.finditer(text):
        value = _number(match[0])
        if not value or "@" in text[match.end() : match.end() + 30]:
            continue
        said = text[before : match.start()]
        doubt = 1.0 if _grouped(match[0], value) else _OTHER_GROUPS
        found.append(_kind(said, value, piece.proposal(value, match.start(), match.end(), doubt)))
        before = match.end()
        piece.used = True
    return found or _with_bars(piece, text)


def _grouped(printed: str, value: str) -> bool:
    """Whether it is printed in the groups of a Japanese number: 02-1234-5678 is one of Seoul, or misread."""
    groups = re.findall("[0-9]+", printed)
    return len(groups) < 3 or printed.lstrip().startswith("+") or groups == value.split("-")


def _with_bars(piece: Piece, text: str) -> list[Found]:
    """Dashes of a column read as the number one: without those that stand where dashes belong it is a number."""
    if "@" in text or not mostly_kanji(piece.text):
        return []
    for run in re.finditer(r"0[0-9-]{9,14}", text):
        whole = run[0]
        ones = [place for place, letter in enumerate(whole) if letter in "1-"]
        for bars in combinations(ones, 2):
            first, second = bars
            kept = f"{whole[:first]}-{whole[first + 1 : second]}-{whole[second + 1 :]}"
            if kept.count("-") == 2 and _number(kept) == kept:
                piece.used = True
                said = text[: run.start()]
                return [_kind(said, kept, piece.proposal(kept, run.start(), run.end(), 0.7))]
    return []


def _kind(said: str, value: str, proposal: Proposal) -> Found:
    said = said.strip()
    if _FAX.search(said):
        return Found("both" if _TEL.search(said) else "fax", proposal, True)
    if value.replace("-", "")[:3] in {"070", "080", "090", "060"} or _MOBILE.search(said):
        return Found("mobile", proposal, True)
    return Found("tel", proposal, bool(_TEL.search(said)))


def _number(text: str) -> str:
    plain = re.sub(r"\A\+\s?81[\s.\-]*(?:\(0\))?[\s.\-]*0?", "0", text)
    only = re.sub("[^0-9]", "", plain)
    if len(only) not in {10, 11} or (len(only) == 11 and not re.match("0[2-9]0|0800", only)):
        return ""
    try:
        return format_number(only)
    except ValueError:
        return ""


def postal_code(pieces: list[Piece]) -> tuple[Proposal, Piece, int] | None:
    """The code, its piece, and where the text behind it begins; a marked one before one that Japan Post knows."""
    best = None
    for piece in pieces:
        text = as_numbers(piece)
        for match in _POSTAL.finditer(text):
            code = re.sub("[^0-9]", "", match["code"])
            known = bool(lookup(code))
            alone = not re.search("[0-9A-Za-z]", text[: match.start()])
            if not (match["mark"] or (known and alone)):
                continue
            rank = (bool(match["mark"]), known)
            if best is None or rank > best[0]:
                value = f"{code[:3]}-{code[3:]}"
                proposal = piece.proposal(value, match.start("code"), match.end(), 1.0 if known else 0.6)
                best = (rank, proposal, piece, match.end())
    return None if best is None else best[1:]


def corporate_number(pieces: list[Piece]) -> Proposal | None:
    """Thirteen digits whose check digit is right (国税庁 法人番号)."""
    for piece in pieces:
        for match in _CORPORATE.finditer(as_numbers(piece)):
            value = re.sub("[^0-9]", "", match["number"])
            if cn.is_valid(value):
                piece.used = True
                return piece.proposal(value, match.start("number"), match.end())
    return None
