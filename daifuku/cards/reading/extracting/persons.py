"""The person: the largest short line, known by its family name, its kana beside it, and the mail address."""

from __future__ import annotations

import re
from statistics import median

from daifuku.cards.reading.extracting import firms, glyphs
from daifuku.cards.reading.extracting.pieces import Piece, joined
from daifuku.cards.reading.results import Proposal
from daifuku.foundation.japanese import clean_kana, reading, romaji_key, split_name
from daifuku.foundation.japanese.reading import begins_with_family_name

_NAME = re.compile(r"[\u3400-\u9fff々〆ヶぁ-ゖァ-ヺー\s・]{2,14}\Z")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z'.-]+(?:\s+[A-Z][A-Za-z'.-]*){1,3}\Z")
_LARGE = str.maketrans("ァィゥェォッャュョ", "アイウエオツヤユヨ")
_KANA = re.compile(r"(?:[ぁ-ゖー\s・]{3,24}|[ァ-ヺー\s・]{3,24})\Z")
# Names are set wide: up to so many letters of room between two parts of one.
_WIDEST_GAP = 4.0
# The places of two parts may overlap a little: a part of the widest gap.
_OVERLAP = 0.2


def person(pieces: list[Piece], address: str) -> dict[str, Proposal]:
    free = [piece for piece in pieces if not piece.used]
    kana = [piece for piece in free if _KANA.match(piece.text.strip())]
    candidates = _rows(free)
    usual = median([piece.size for piece in pieces] or [1.0])
    scored = [(_likeness(each, usual, kana, address), each) for each in candidates]
    score, best = max(scored, key=lambda each: each[0], default=(0.0, None))
    if best is None or score < 1.0:
        return _latin(free)
    family, given = split_apart(best)
    sure = min(1.0, 0.7 + score / 10) * (0.6 if set(best.text) & glyphs.DOUBTFUL else 1.0)
    found = {"name": best.proposal(f"{family} {given}".strip(), doubt=sure)}
    found["family_name"] = best.proposal(family, doubt=sure)
    if given:
        found["given_name"] = best.proposal(given, doubt=sure)
    return found | _kana(best, [each for each in kana if each.box != best.box], family, given)


def _rows(free: list[Piece]) -> list[Piece]:
    """Each piece, and those joined that are letters of one name set wide: same height, same size, near."""
    names = []
    for piece in free:
        if not firms.is_licence(piece.text):
            names += _without_title(piece)
    rows: list[list[Piece]] = []
    for piece in sorted(
        names, key=lambda each: (each.box.top, each.box.left) if each.down else (each.box.left, each.box.top)
    ):
        home = next((row for row in rows if _beside(row[-1], piece)), None)
        if home is None:
            rows.append([piece])
        else:
            home.append(piece)
    whole = [joined(row) for row in rows if len(row) > 1]
    parts = [part.box for row in rows if len(row) > 1 and _NAME.match(joined(row).text) for part in row]
    return [name for name in names if name.box not in parts] + whole


def _without_title(piece: Piece) -> list[Piece]:
    """監査役 山本 節子: the words behind the title."""
    words = piece.spaced.split()
    at = 0
    for place, word in enumerate(words[:-1]):
        at += len(word)
        if firms._title_of(word) and place + 1 < len(words):
            text = piece.text
            start = text.find(words[place + 1], at)
            return [piece.cut(start, None)] if start > 0 else []
    return [piece] if not firms._title_of("".join(words)) or len(words) > 1 else []


def _beside(piece: Piece, other: Piece) -> bool:
    if piece.down != other.down and min(len(piece.text), len(other.text)) > 1:
        return False
    if not 0.7 < other.size / max(piece.size, 1) < 1.45:
        return False
    one, two = piece.box, other.box
    if piece.down or other.down:
        wide = max(one.right - one.left, two.right - two.left)
        room = _WIDEST_GAP * max(_each(one.bottom - one.top, piece), _each(two.bottom - two.top, other))
        aside = abs((one.left + one.right) - (two.left + two.right))
        return aside < wide * 0.6 and -_OVERLAP * room < two.top - one.bottom < room
    high = max(one.bottom - one.top, two.bottom - two.top)
    room = _WIDEST_GAP * max(_each(one.right - one.left, piece), _each(two.right - two.left, other))
    return (
        abs((one.top + one.bottom) - (two.top + two.bottom)) < high * 0.6
        and -_OVERLAP * room < two.left - one.right < room
    )


def _each(length: float, piece: Piece) -> float:
    """How much of the length one letter takes."""
    return length / max(1, len(piece.text))


def _likeness(piece: Piece, usual: float, kana: list[Piece], address: str) -> float:
    """Points: large letters, a family name in front, its kana near, its sound in the mail address."""
    text = re.sub(r"[\s・]", "", piece.text)
    if not _NAME.match(piece.text.strip()) or not 2 <= len(text) <= 8 or _KANA.match(text) and len(text) > 6:
        return 0.0
    points = min(2.5, 2.2 * (piece.size / usual - 0.9))
    points += 1.2 if begins_with_family_name(text) else 0.0
    points += 0.5 if piece.gaps else 0.0
    sound = romaji_key(text)
    local = re.sub(r"[^a-z]", "", address.partition("@")[0].lower())
    if len(local) > 2 and (romaji_key(local)[:4] and romaji_key(local)[:4] in sound):
        points += 1.0
    said = [clean_kana(re.sub(r"[\s・]", "", each.text)) for each in kana]
    if clean_kana(reading(text)) in said:
        points += 1.5
    if _KANA.match(text):
        points -= 0.8
    return points


def split_apart(piece: Piece) -> tuple[str, str]:
    """姓 and 名: by the gap where there is one in the middle, else by the dictionary."""
    text = piece.spaced.replace("・", " ")
    words = text.split()
    if len(words) == 2:
        return words[0], words[1]
    whole = "".join(words)
    family, given = split_name(whole)
    return family, given


def _latin(free: list[Piece]) -> dict[str, Proposal]:
    """A name in Latin letters, where there is none in Japanese ones."""
    names = [
        piece for piece in free if _LATIN_NAME.match(piece.text.strip()) and not firms.is_licence(piece.text)
    ]
    if not names:
        return {}
    best = max(names, key=lambda each: each.size)
    family, given = split_name(best.text.strip())
    found = {
        "name": best.proposal(best.text.strip(), doubt=0.7),
        "family_name": best.proposal(family, doubt=0.6),
    }
    return found | ({"given_name": best.proposal(given, doubt=0.6)} if given else {})


def _kana(name: Piece, kana: list[Piece], family: str, given: str) -> dict[str, Proposal]:
    """The kana that stands nearest and sounds most like the name; none printed: the dictionary's, not sure."""
    sounds = clean_kana(reading(family)), clean_kana(reading(given)) if given else ""
    near = min(
        kana, key=lambda each: (not _alike(each, "".join(sounds)), _distance(name, each)), default=None
    )
    if near is None:
        value = " ".join(each for each in sounds if each)
        guessed = {"kana": value, "family_kana": sounds[0], "given_kana": sounds[1]}
        return {key: Proposal(each, None, 0.4) for key, each in guessed.items() if each}
    near.used = True
    words = near.spaced.replace("・", " ").split()
    if len(words) != 2:
        whole = _small_as_said("".join(words), "".join(sounds))
        end = _end_of_family(whole, sounds)
        words = [whole[:end], whole[end:]] if end else [whole]
    else:
        words = [_small_as_said(word, sound) for word, sound in zip(words, sounds, strict=True)]
    found = {"kana": near.proposal(" ".join(words))}
    if len(words) == 2:
        found |= {"family_kana": near.proposal(words[0]), "given_kana": near.proposal(words[1])}
    return found


def _small_as_said(kana: str, sound: str) -> str:
    """Small letters (りょう, りよう) differ by their size alone: as the dictionary says, where the others agree."""
    if clean_kana(kana).translate(_LARGE) != sound.translate(_LARGE) or len(kana) != len(sound):
        return kana
    large = zip(kana, clean_kana(kana), sound, strict=True)
    return "".join(
        letter if same == said else chr(ord(said) - 0x60) if "ぁ" <= letter <= "ゖ" else said
        for letter, same, said in large
    )


def _alike(piece: Piece, sound: str) -> bool:
    said = clean_kana(re.sub(r"[\s・]", "", piece.text))
    return said[:2] == sound[:2] or said[-2:] == sound[-2:]


def _distance(piece: Piece, other: Piece) -> float:
    return abs(piece.box.top + piece.box.bottom - other.box.top - other.box.bottom) + abs(
        piece.box.left + piece.box.right - other.box.left - other.box.right
    )


def _end_of_family(whole: str, sounds: tuple[str, str]) -> int:
    said = clean_kana(whole)
    if sounds[0] and said.startswith(sounds[0]):
        return len(sounds[0])
    if sounds[1] and said.endswith(sounds[1]):
        return len(said) - len(sounds[1])
    return 0
