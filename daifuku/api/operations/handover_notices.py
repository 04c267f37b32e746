"""What customers are told of a new person in charge, and what would be lost if somebody left tomorrow."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.colleagues import somebody
from daifuku.api.operations.handovers import WORDS, handover_of
from daifuku.api.routing import fixed
from daifuku.handover import notice
from daifuku.handover.actions import write_notice
from daifuku.handover.models import Handover
from daifuku.handover.risk import risk_of
from daifuku.handover.sheets import items_for

LETTERS = 200


class HandoverLetter(Schema):
    customer: dict[str, str]
    text: str


class HandoverNotice(Schema):
    text: str = Field(..., description=noop("文面。【お客様】などがお客様ごとに差し込まれます"))
    slots: list[str]
    letters: list[HandoverLetter] = Field(..., description=noop("見られるお客様の、はじめの200件"))


class HandoverWording(Schema):
    model_config = ConfigDict(extra="forbid")

    text: str = Field(..., description=noop("文面。空にするとはじめの文面に戻ります"))


class AtRiskItem(Schema):
    account: dict[str, str]
    reasons: list[str]
    promises: int


class KnowledgeRisk(Schema):
    person: dict[str, str]
    accounts: int
    percent: int = Field(..., description=noop("本人しか知らないお客様の割合"))
    counts: dict[str, int] = Field(..., description=noop("silent、alone、nobody、promised ごとの件数"))
    items: list[AtRiskItem] = Field(..., description=noop("はじめの100件"))


@fixed.get(
    "/knowledge_risk", operation_id="get_knowledge_risk", summary=noop("知識の偏り"), tags=[WORDS],
    response=KnowledgeRisk,
)  # fmt: skip
def get_knowledge_risk(
    request: Asked,
    person: str = Query("", description=noop("社員の番号。省略すると自分"), max_length=40),
    only: str = Query("", max_length=10),
) -> Answer:
    """Of oneself, or of whom one leads."""
    wanted = somebody(person) if person else request.auth.person
    risk = risk_of(wanted, request.auth.viewer, timezone.localdate(), only)
    items = [
        {"account": named(row.account), "reasons": [word for word, _colour in row.reasons], "promises": row.promises}
        for row in risk.rows
    ]  # fmt: skip
    counts = {key: n for key, _label, n in risk.counts}
    return Answer(
        {
            "person": named(risk.person), "accounts": risk.accounts, "percent": risk.percent, "counts": counts,
            "items": items,
        }
    )  # fmt: skip


@fixed.get(
    "/handovers/{uid}/notice", operation_id="get_handover_notice", summary=noop("担当者変更のお知らせ"),
    tags=[WORDS], response=HandoverNotice,
)  # fmt: skip
def get_handover_notice(request: Asked, uid: str) -> Answer:
    """The wording and the letters that it makes."""
    return Answer(_shown(request, handover_of(request, uid)))


@fixed.put(
    "/handovers/{uid}/notice", operation_id="write_handover_notice", summary=noop("お知らせの文面を書く"),
    tags=[WORDS], response=HandoverNotice,
)  # fmt: skip
def write_handover_notice(request: Asked, uid: str, body: HandoverWording) -> Answer:
    """For whoever gives, arranged it, or leads them."""
    held = write_notice(handover_of(request, uid), body.text, by=request.auth.person)
    return Answer(_shown(request, held))


def _shown(request: Asked, handover: Handover) -> dict[str, Any]:
    viewer = request.auth.viewer
    letters = notice.letters_of(handover, items_for(handover, viewer)[:LETTERS], viewer)
    return {
        "text": notice.wording(handover), "slots": list(notice.SLOTS),
        "letters": [{"customer": named(each.record), "text": each.text} for each in letters],
    }  # fmt: skip
