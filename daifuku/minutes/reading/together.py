"""Two who wrote in the same minutes: what they changed in different places is put together, line by line."""

from __future__ import annotations

from difflib import SequenceMatcher

Change = tuple[int, int, list[str]]
# So many pairs of lines are compared at most: thousands of lines that are all alike would take hours.
MOST_PAIRS = 250_000


def together(before: str, mine: str, theirs: str) -> str | None:
    """Both changes in one text; None where both changed the same place, or too much, so that a person must choose."""
    base, texts = before.splitlines(), (mine.splitlines(), theirs.splitlines())
    if any(len(base) * len(text) > MOST_PAIRS for text in texts):
        return None
    changes = _each_once(sorted(change for text in texts for change in _changes(base, text)))
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
