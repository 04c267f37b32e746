"""Two who wrote in the same minutes: what they changed in different places is put together, line by line."""

from __future__ import annotations

from difflib import SequenceMatcher

Change = tuple[int, int, list[str]]


def together(before: str, mine: str, theirs: str) -> str | None:
    """Both changes in one text; None where both changed the same place, so that a person must choose."""
    base = before.splitlines()
    changes = _each_once(sorted([*_changes(base, mine.splitlines()), *_changes(base, theirs.splitlines())]))
    merged: list[str] = []
    at = 0
    for number, (start, end, lines) in enumerate(changes):
        if number and start <= changes[number - 1][1]:
            return None
        merged += [*base[at:start], *lines]
        at = end
    return "\n".join([*merged, *base[at:]])


def _changes(base: list[str], text: list[str]) -> list[Change]:
    codes = SequenceMatcher(None, base, text, autojunk=False).get_opcodes()
    return [(start, end, text[first:last]) for tag, start, end, first, last in codes if tag != "equal"]


def _each_once(changes: list[Change]) -> list[Change]:
    """The same change by both is one."""
    found: list[Change] = []
    for change in changes:
        if change not in found:
            found.append(change)
    return found
