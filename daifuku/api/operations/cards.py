"""名刺: brought, listed, taken, kept half-done, finished, set aside."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.files import UploadedFile
from ninja.params.functions import File, Form, Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, paged
from daifuku.api.auth import Asked
from daifuku.api.errors import WrongKind
from daifuku.api.once import Once
from daifuku.api.operations.card_shapes import ONE, WORDS, CardItem, FinishedCard, card_at, shown_card
from daifuku.api.routing import fixed, in_steps
from daifuku.cards import doubles
from daifuku.cards.actions import finishing, taking
from daifuku.cards.actions.bringing import bring
from daifuku.cards.actions.describing import described
from daifuku.cards.fields import as_typed
from daifuku.cards.models import Card, Way
from daifuku.cards.outcomes import find_target
from daifuku.customers.same import Candidate
from daifuku.foundation.errors import NotFound

PAGE = 100
OURS = uuid.UUID("2f7c1b8e-5a0d-4c3e-9f61-7d0b6f4a9c02")


class Cards(Schema):
    items: list[CardItem]
    next: str | None


class CardDouble(Schema):
    object: str
    uid: str
    label: str
    why: str
    proposed: str


class CardDoubles(Schema):
    items: list[CardDouble]


class CardValues(Schema):
    model_config = ConfigDict(extra="forbid")

    values: dict[str, str] = Field(..., description=noop("見込み客の項目の名前と値"))
    seconds: int = Field(0, description=noop("入力にかかった秒数"))
    version: int | None = None


class CardFinish(CardValues):
    how: str = Field(..., description=noop("new、same、colleague、moved"))
    target: str = Field("", description=noop("同じ人・会社の記録。lead:番号、contact:番号、account:番号"))


class CardAside(Schema):
    model_config = ConfigDict(extra="forbid")

    why: str


@fixed.get(
    "/cards", operation_id="list_cards", summary=noop("名刺の一覧"), tags=[WORDS], response=Cards
)  # fmt: skip
def list_cards(
    request: Asked,
    state: str = Query("", description=noop("waiting、working、done、aside")),
    after: str = Query(""),
) -> Answer:
    """Those that one may see, the oldest first."""
    rows = Card.objects.visible_to(request.auth.viewer).with_people().order_by("id")
    if state:
        rows = rows.filter(state=state)
    if after:
        rows = rows.filter(pk__gt=card_at(request, after).pk)
    items, following = paged(rows, PAGE)
    return Answer({"items": [shown_card(card, request.auth.viewer) for card in items], "next": following})


@fixed.post(
    "/cards", operation_id="bring_card", summary=noop("名刺を送る"), tags=[WORDS], response={201: CardItem}
)  # fmt: skip
@in_steps
def bring_card(
    request: Asked,
    file: UploadedFile = File(...),
    occasion: str = Form("", max_length=400),
    note: str = Form("", max_length=8000),
    exchanged_on: str = Form(""),
    owner: str = Form("", description=noop("営業担当。社員の番号")),
) -> Answer:
    """As `multipart/form-data`. The number follows from the Idempotency-Key: sent again, it is there once."""
    if request.content_type != "multipart/form-data":
        raise WrongKind("multipart/form-data")
    once, person = Once(request), request.auth.person
    own = uuid.uuid5(OURS, f"{once.scope}/{once.key}") if once.key else None
    said = described(
        {"occasion": occasion, "note": note, "exchanged_on": exchanged_on, "owner": owner}, person
    )
    content: Any = file
    card, _fresh = bring(content, by=person, about=said, way=Way.API, uid=own)
    return Answer(shown_card(card, request.auth.viewer), 201)


@fixed.get(ONE, operation_id="get_card", summary=noop("名刺の取得"), tags=[WORDS], response=CardItem)
def get_card(request: Asked, uid: str) -> Answer:
    """What was read, what was typed, what became of it."""
    return Answer(shown_card(card_at(request, uid), request.auth.viewer))


@fixed.get(f"{ONE}/picture", operation_id="get_card_picture", summary=noop("名刺の写真"), tags=[WORDS])
def get_card_picture(request: Asked, uid: str) -> Any:
    """A JPEG, always as a download."""
    card = card_at(request, uid)
    if (
        not taking.reads_all(card, request.auth.viewer)
        or not card.picture
        or not default_storage.exists(card.picture)
    ):
        raise NotFound
    content = default_storage.open(card.picture)
    response = FileResponse(content, as_attachment=True, filename="card.jpg", content_type="image/jpeg")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@fixed.get(
    f"{ONE}/candidates", operation_id="list_card_candidates", summary=noop("同じかもしれない記録"), tags=[WORDS],
    response=CardDoubles,
)  # fmt: skip
def list_card_candidates(request: Asked, uid: str) -> Answer:
    """Who a card may belong to, by what was read or typed."""
    card, viewer = card_at(request, uid), request.auth.viewer
    said = card.values or {key: each["value"] for key, each in card.proposals.items()}
    found = doubles.doubles_of(as_typed(said), viewer)
    return Answer({"items": [{**_named(each.found), "proposed": str(each.proposed)} for each in found]})


def _named(found: Candidate) -> dict[str, str]:
    record = found.record
    return {
        "object": found.object_type.slug, "uid": str(record.uid), "label": str(record), "why": found.words,
    }  # fmt: skip


@fixed.post(
    f"{ONE}/take",
    operation_id="take_card",
    summary=noop("名刺の入力を始める"),
    tags=[WORDS],
    response=CardItem,
)
def take_card(request: Asked, uid: str) -> Answer:
    """From now on it is this person's work, and its time runs."""
    card = taking.take(card_at(request, uid), by=request.auth.person)
    return Answer(shown_card(card, request.auth.viewer))


@fixed.put(
    f"{ONE}/draft",
    operation_id="keep_card_draft",
    summary=noop("名刺の途中保存"),
    tags=[WORDS],
    response=CardItem,
)
def keep_card_draft(request: Asked, uid: str, body: CardValues) -> Answer:
    """Gaps stay as an open duty until the card's due time."""
    card = taking.keep_draft(
        card_at(request, uid), body.values, by=request.auth.person, seconds=body.seconds, version=body.version
    )
    return Answer(shown_card(card, request.auth.viewer))


@fixed.post(
    f"{ONE}/finish", operation_id="finish_card", summary=noop("名刺の登録"), tags=[WORDS],
    response=FinishedCard,
)  # fmt: skip
def finish_card(request: Asked, uid: str, body: CardFinish) -> Answer:
    """A lead or a contact comes of it; the rep in charge is told."""
    person = request.auth.person
    done = finishing.finish(
        card_at(request, uid), body.values, body.how, by=person, target=find_target(body.target, person),
        seconds=body.seconds, version=body.version,
    )  # fmt: skip
    kept = [field.key for field in done.kept]
    return Answer({**shown_card(done.card, request.auth.viewer), "kept": kept})


@fixed.post(
    f"{ONE}/set_aside", operation_id="set_card_aside", summary=noop("名刺を保留にする"), tags=[WORDS], response=CardItem
)  # fmt: skip
def set_card_aside(request: Asked, uid: str, body: CardAside) -> Answer:
    """With the reason. Undoing its line brings it back."""
    card = card_at(request, uid)
    taking.put_aside(card, body.why, by=request.auth.person)
    return Answer(shown_card(card_at(request, uid), request.auth.viewer))


@fixed.post(
    f"{ONE}/bring_back", operation_id="bring_card_back", summary=noop("保留の名刺を戻す"), tags=[WORDS],
    response=CardItem,
)  # fmt: skip
def bring_card_back(request: Asked, uid: str) -> Answer:
    """From aside into the queue."""
    card = taking.bring_back(card_at(request, uid), by=request.auth.person)
    return Answer(shown_card(card, request.auth.viewer))
