"""Messages to the card address: every one that lies on the server, what became of it, taken after all."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named, paged
from daifuku.api.auth import Asked
from daifuku.api.colleagues import colleague_named
from daifuku.api.finding import uid_of
from daifuku.api.operations.card_shapes import WORDS
from daifuku.api.routing import fixed
from daifuku.cards.actions.letters import take_after_all, text_of
from daifuku.cards.enterers import may_enter
from daifuku.cards.models import Letter
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound

ALL, PAGE = "/cards/letters", 100
PLAIN = ("subject", "sender", "sent_at", "seen_at", "size", "why", "attempts")


class CardLetter(Schema):
    uid: str
    subject: str
    sender: str
    sent_at: str | None
    seen_at: str
    size: int
    state: str = Field(..., description=noop("seen、taken、aside、failed"))
    why: str
    attempts: int
    person: dict[str, str] | None = Field(..., description=noop("だれから受け取った名刺か"))
    cards: list[dict[str, str]]


class CardLetterWhole(CardLetter):
    text: str = Field(..., description=noop("名刺がなく保留にしたメールの本文"))


class CardLetters(Schema):
    items: list[CardLetter]
    counts: dict[str, int]
    next: str | None


class CardLetterTaking(Schema):
    model_config = ConfigDict(extra="forbid")

    person: str | None = Field(None, description=noop("社員の番号。省略すると差出人"))


@fixed.get(
    ALL, operation_id="list_card_letters", summary=noop("名刺のメールの一覧"), tags=[WORDS], response=CardLetters
)  # fmt: skip
def list_card_letters(
    request: Asked,
    state: str = Query("", max_length=10, description=noop("seen、taken、aside、failed")),
    after: str = Query("", max_length=40, description=noop("前のページの next")),
) -> Answer:
    """The newest first; for whoever enters cards."""
    _need_enterer(request)
    rows = Letter.objects.select_related("person").prefetch_related("cards")
    if state:
        if state not in Letter.State.values:
            raise Invalid([FieldProblem("state", _("選択肢から選んでください。"), code="choice")])
        rows = rows.filter(state=state)
    if after:
        rows = rows.filter(pk__lt=_letter(request, after).pk)
    items, following = paged(rows, PAGE)
    counts = Letter.objects.counts()
    return Answer({"items": [_shown(each) for each in items], "counts": counts, "next": following})


@fixed.get(
    f"{ALL}/{{uid}}", operation_id="get_card_letter", summary=noop("名刺のメールの取得"), tags=[WORDS],
    response=CardLetterWhole,
)  # fmt: skip
def get_card_letter(request: Asked, uid: str) -> Answer:
    """With its text, where that was kept."""
    found = _letter(request, uid)
    return Answer({**_shown(found), "text": text_of(found)})


@fixed.post(
    f"{ALL}/{{uid}}/take", operation_id="take_card_letter", summary=noop("名刺のメールを受け取る"), tags=[WORDS],
    response=CardLetter,
)  # fmt: skip
def take_card_letter(request: Asked, uid: str, body: CardLetterTaking) -> Answer:
    """In the name of this person; its cards come with the next look into the mailbox."""
    letter = _letter(request, uid)
    sentence = _("だれから受け取った名刺にするかを選んでください。")
    person = colleague_named(body.person or None, "person", sentence)
    take_after_all(letter, person, by=request.auth.person)
    return Answer(_shown(_letter(request, uid)))


def _need_enterer(request: Asked) -> None:
    if not may_enter(request.auth.viewer):
        raise NotFound


def _letter(request: Asked, uid: str) -> Letter:
    _need_enterer(request)
    found: Letter | None = Letter.objects.select_related("person").filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _shown(letter: Letter) -> dict[str, Any]:
    return {
        **{name: getattr(letter, name) for name in PLAIN},
        "uid": str(letter.uid), "state": str(letter.state),
        "person": named(letter.person) if letter.person else None,
        "cards": [named(card) for card in letter.cards.all()],
    }  # fmt: skip
