"""Voices of customers: picked out of a talk, taken on, answered, counted."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.activities.models import Talk
from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.operations.many import answering, own_uid, shown
from daifuku.api.routing import fixed
from daifuku.voices.actions import answer, pick, take
from daifuku.voices.models import Voice
from daifuku.voices.summary import Asked as Wanted
from daifuku.voices.summary import summary

VOICE, PICKED = answering("Voice"), answering("Voice", "201", "Created")


class Picked(Schema):
    model_config = ConfigDict(extra="forbid")

    uid: str | None = Field(None, description=noop("お客様の声の番号。自分で決めるとき"))
    topic: str = Field(..., description=noop("分類"))
    product: str = Field("", description=noop("商品"))
    text: str = Field("", description=noop("声。書かなければ取引履歴の詳細の全文"))


class Answered(Schema):
    model_config = ConfigDict(extra="forbid")

    answer: str = Field(..., description=noop("お客様への回答。見送るときはその理由"))
    dropped: bool = Field(False, description=noop("true にすると見送りになります"))


class Count(Schema):
    product: str
    topics: dict[str, int] = Field(..., description=noop("分類ごとの件数"))
    total: int


class Age(Schema):
    days: str
    count: int


class VoiceSummary(Schema):
    products: list[Count]
    states: dict[str, int]
    waiting: list[Age] = Field(..., description=noop("回答していない声が待っている日数"))


@fixed.get(
    "/voices/summary", operation_id="summary_voice", summary=noop("お客様の声の集計"), response=VoiceSummary
)
def voices_summary(request: Asked, span: str = "365", topic: str = "", open: bool = False) -> Answer:
    """By product and topic, by state, by how long they wait."""
    object_of(request.auth.viewer, "voices")
    found = summary(request.auth.viewer, Wanted(span, open, topic), timezone.now())
    keys = [option.key for option in found.topics]
    products = [
        {
            "product": row.product, "total": row.total,
            "topics": {key: n for key, (n, _address) in zip(keys, row.counts, strict=True) if n},
        }
        for row in found.rows
    ]  # fmt: skip
    states = {option.key: n for option, n, _address in found.states}
    waiting = [{"days": str(words), "count": n} for words, n, _address in found.ages]
    return Answer({"products": products, "states": states, "waiting": waiting})


@fixed.post(
    "/talks/{uid}/voices", operation_id="pick_voice", summary=noop("取引履歴からお客様の声を登録"),
    openapi_extra=PICKED,
)  # fmt: skip
def pick_voice(request: Asked, uid: str, body: Picked) -> Answer:
    """Of the same customer, brought by whoever held the talk."""
    viewer = request.auth.viewer
    talk: Talk = record_of(viewer, object_of(viewer, "talks"), uid)
    values: dict[str, Any] = body.dict(exclude={"uid"})
    voice = pick(talk, values, by=viewer.person, uid=own_uid({"uid": body.uid}))
    return shown(request, object_of(viewer, "voices"), voice, status=201)


@fixed.post(
    "/voices/{uid}/take", operation_id="take_voice", summary=noop("対策の引き受け"), openapi_extra=VOICE
)
def take_voice(request: Asked, uid: str) -> Answer:
    """The caller works on it from now on."""
    return _shown(request, take(_voice(request, uid), by=request.auth.person))


@fixed.post(
    "/voices/{uid}/answer", operation_id="answer_voice", summary=noop("声への回答"), openapi_extra=VOICE
)
def answer_voice(request: Asked, uid: str, body: Answered) -> Answer:
    """Whoever brought it and whoever is in charge of the customer are told."""
    voice = answer(
        _voice(request, uid), {"answer": body.answer}, by=request.auth.person, dropped=body.dropped
    )
    return _shown(request, voice)


def _voice(request: Asked, uid: str) -> Voice:
    voice: Voice = record_of(request.auth.viewer, object_of(request.auth.viewer, "voices"), uid)
    return voice


def _shown(request: Asked, voice: Voice) -> Answer:
    return shown(request, object_of(request.auth.viewer, "voices"), voice)
