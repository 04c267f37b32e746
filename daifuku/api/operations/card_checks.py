"""名刺 typed a second time and judged; how fast and how exact all is."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.operations.card_shapes import ONE, WORDS, card_at
from daifuku.api.routing import fixed
from daifuku.cards import figures
from daifuku.cards.actions import rechecking
from daifuku.cards.enterers import may_enter
from daifuku.cards.models import Card, setup
from daifuku.foundation.errors import NotFound

MOST = 100


class CardToCheck(Schema):
    """Nothing of what the first person has typed."""

    uid: str
    entered_by: dict[str, str] | None
    done_at: str | None


class CardsToCheck(Schema):
    items: list[CardToCheck]


class CardCheck(Schema):
    model_config = ConfigDict(extra="forbid")

    values: dict[str, str] = Field(..., description=noop("見込み客の項目の名前と値"))
    seconds: int = 0


class CardChecked(Schema):
    differing: dict[str, list[str]] = Field(..., description=noop("違った項目と、1回目・2回目の値"))


class CardJudgement(Schema):
    model_config = ConfigDict(extra="forbid")

    wrong: list[str] = Field(..., max_length=30, description=noop("1回目が間違っていた項目"))


class CardJudged(Schema):
    left: list[str] = Field(..., description=noop("登録先で直せなかった項目"))


class CardSpeed(Schema):
    person: dict[str, str]
    cards: int
    seconds: int
    within: int


class CardExactness(Schema):
    label: str
    compared: int
    wrong: int
    rate: str
    low: str
    high: str


class CardFigures(Schema):
    speeds: list[CardSpeed]
    errors: list[CardExactness]


@fixed.get(
    "/cards/checks", operation_id="list_cards_to_check", summary=noop("確かめる名刺の一覧"), tags=[WORDS],
    response=CardsToCheck,
)  # fmt: skip
def list_cards_to_check(request: Asked) -> Answer:
    """Those of the sample that somebody else has entered."""
    viewer = request.auth.viewer
    if not may_enter(viewer):
        raise NotFound
    rows = Card.objects.visible_to(viewer).to_check(viewer).with_people().order_by("done_at", "id")[:MOST]
    items = [
        {
            "uid": str(card.uid),
            "entered_by": named(card.entered_by) if card.entered_by else None,
            "done_at": card.done_at,
        }
        for card in rows
    ]  # fmt: skip
    return Answer({"items": items})


@fixed.get(
    "/cards/figures", operation_id="get_card_figures", summary=noop("名刺の速さと正確さ"), tags=[WORDS],
    response=CardFigures,
)  # fmt: skip
def get_card_figures(request: Asked) -> Answer:
    """Of the last ninety days, for whoever enters cards."""
    if not may_enter(request.auth.viewer):
        raise NotFound
    now = timezone.now()
    _whole, fields = figures.exactness(now)
    speeds = [
        {"person": named(each.person), "cards": each.cards, "seconds": each.seconds, "within": each.within}
        for each in figures.speeds(now, setup().target_seconds)
    ]
    errors = [
        {
            "label": str(each.label), "compared": each.compared, "wrong": each.wrong, "rate": each.rate,
            "low": each.between[0], "high": each.between[1],
        }
        for each in fields
    ]  # fmt: skip
    return Answer({"speeds": speeds, "errors": errors})


@fixed.post(
    f"{ONE}/check", operation_id="check_card", summary=noop("名刺を確かめて入力する"), tags=[WORDS],
    response=CardChecked,
)  # fmt: skip
def check_card(request: Asked, uid: str, body: CardCheck) -> Answer:
    """Typed a second time, from the picture alone."""
    card = card_at(request, uid)
    row = rechecking.type_again(card, body.values, by=request.auth.person, seconds=body.seconds)
    pairs: dict[str, Any] = {
        name: [row.first.get(name, ""), row.values.get(name, "")] for name in row.differing
    }
    return Answer({"differing": pairs})


@fixed.post(
    f"{ONE}/judge", operation_id="judge_card", summary=noop("名刺の確かめの結果を決める"), tags=[WORDS],
    response=CardJudged,
)  # fmt: skip
def judge_card(request: Asked, uid: str, body: CardJudgement) -> Answer:
    """What was wrong at first is put right in the record too."""
    left = rechecking.judge(card_at(request, uid), body.wrong, by=request.auth.person)
    return Answer({"left": left})
