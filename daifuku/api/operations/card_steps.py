"""名刺: who is in charge of one and whence it came; given back, read again, deleted."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.operations.card_shapes import ONE, WORDS, CardItem, card_at, shown_card
from daifuku.api.routing import fixed
from daifuku.cards.actions import describing, taking

MOST = 100


class CardChange(Schema):
    model_config = ConfigDict(extra="forbid")

    owner: str | None = Field(None, description=noop("営業担当。社員の番号。空なら振り分け"))
    occasion: str | None = Field(None, max_length=400)
    note: str | None = Field(None, max_length=8000)
    exchanged_on: str | None = None


@fixed.patch(
    ONE, operation_id="change_card", summary=noop("名刺の情報の変更"), tags=[WORDS], response=CardItem
)  # fmt: skip
def change_card(request: Asked, uid: str, body: CardChange) -> Answer:
    """Changes what is sent."""
    changes = {key: value or "" for key, value in body.model_dump(exclude_unset=True).items()}
    describing.describe(card_at(request, uid), changes, by=request.auth.person)
    return _again(request, uid)


@fixed.post(
    f"{ONE}/give_back", operation_id="give_card_back", summary=noop("名刺を入力待ちに戻す"), tags=[WORDS],
    response=CardItem,
)  # fmt: skip
def give_card_back(request: Asked, uid: str) -> Answer:
    """With what was typed so far."""
    taking.give_back(card_at(request, uid), by=request.auth.person)
    return _again(request, uid)


@fixed.post(
    f"{ONE}/read_again", operation_id="read_card_again", summary=noop("名刺をもう一度読み取る"), tags=[WORDS],
    response=CardItem,
)  # fmt: skip
def read_card_again(request: Asked, uid: str) -> Answer:
    """A picture that could not be opened."""
    describing.try_again(card_at(request, uid), by=request.auth.person)
    return _again(request, uid)


@fixed.delete(
    ONE, operation_id="delete_card", summary=noop("名刺の削除"), tags=[WORDS], response={204: None}
)  # fmt: skip
def delete_card(request: Asked, uid: str) -> Answer:
    """What has become nothing yet. Undoing its line brings it back."""
    taking.trash(card_at(request, uid), by=request.auth.person)
    return Answer(None, 204)


def _again(request: Asked, uid: str) -> Answer:
    return Answer(shown_card(card_at(request, uid), request.auth.viewer))
