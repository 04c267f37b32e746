"""A comment as the page shows it: who is named in it, what it answers, and how colleagues reacted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from daifuku.foundation.sql.prepared import Prepared
from daifuku.records.models import Comment, Reaction
from daifuku.records.models.reaction import PICTURES
from daifuku.staff.models import Person, Team

LINES, LETTERS = 2, 120
TEAMS = Prepared(lambda: Team.objects.values_list("name", flat=True))
# All of a record's in one question, however many comments it has.
REACTIONS = Prepared(
    lambda object, record: Reaction.objects.filter(
        comment__object=object, comment__record_id=record
    ).select_related("person")
)


@dataclass(frozen=True)
class Offer:
    """A word that one may react with, and its picture."""

    word: str
    label: str
    picture: str


@dataclass(frozen=True)
class Given:
    """All who reacted to a comment with the same word."""

    offer: Offer
    people: list[Person] = field(default_factory=list)
    own: bool = False

    @property
    def names(self) -> list[str]:
        return [str(person) for person in self.people]


@dataclass(frozen=True)
class Quote:
    """The beginning of the comment that another one answers; of a removed one nothing but that it was there."""

    uid: Any
    author: Person
    text: str
    removed: bool


@dataclass(frozen=True)
class Said:
    """A comment cut into pieces: (text, whether it names somebody)."""

    comment: Comment
    pieces: list[tuple[str, bool]]
    own: bool
    quote: Quote | None
    reactions: list[Given]


def said(rows: Sequence[Comment], reactions: Iterable[Reaction], viewer_pk: int) -> list[Said]:
    by_comment: dict[int, list[Reaction]] = {}
    for reaction in reactions:
        by_comment.setdefault(reaction.comment_id, []).append(reaction)
    teams = TEAMS() if any("@" in row.text or "＠" in row.text for row in rows) else []
    return [
        Said(
            row, pieces(row, teams), row.author_id == viewer_pk, quote_in(row),
            given(by_comment.get(row.pk, []), viewer_pk),
        )
        for row in rows
    ]  # fmt: skip


def offers() -> list[Offer]:
    return [Offer(word.value, str(word.label), PICTURES[word]) for word in Reaction.Word]


def given(reactions: Iterable[Reaction], viewer_pk: int) -> list[Given]:
    """In the order of the words, of each those who came first first."""
    by_word: dict[str, list[Person]] = {}
    for reaction in reactions:
        by_word.setdefault(reaction.word, []).append(reaction.person)
    if not by_word:
        return []
    return [
        Given(offer, people, any(person.pk == viewer_pk for person in people))
        for offer in offers()
        if (people := by_word.get(offer.word))
    ]


def quote_in(comment: Comment) -> Quote | None:
    return quote_of(comment.quotes) if comment.quotes is not None else None


def quote_of(quoted: Comment) -> Quote:
    removed = quoted.removed_at is not None
    return Quote(quoted.uid, quoted.author, "" if removed else beginning(quoted.text), removed)


def beginning(text: str) -> str:
    """The first lines, so that one knows which comment is meant."""
    lines = [line for line in text.splitlines() if line.strip()]
    shown = "\n".join(lines[:LINES])[:LETTERS]
    return shown if len(lines) <= LINES and len(shown) < LETTERS else f"{shown}…"


def pieces(comment: Comment, teams: Iterable[str] = ()) -> list[tuple[str, bool]]:
    """`teams` are the names of all teams: one that is named after an @ is shown as a mention as well."""
    names = sorted(
        {name for person in comment.mentions.all() for name in _spellings(person)} | set(teams), key=len
    )
    if not names:
        return [(comment.text, False)]
    pattern = re.compile("([@＠](?:" + "|".join(re.escape(name) for name in reversed(names)) + "))")
    return [(part, place % 2 == 1) for place, part in enumerate(pattern.split(comment.text)) if part]


def _spellings(person: Person) -> Iterable[str]:
    for between in (" ", "　", ""):
        yield f"{person.family_name}{between}{person.given_name}"
    yield person.family_name
