"""名刺: brought, listed, taken, kept half-done, finished, set aside."""

from __future__ import annotations

import uuid
from collections.abc import Container
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.files import UploadedFile
from ninja.params.functions import File, Form, Query
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named, paged
from daifuku.api.auth import Asked
from daifuku.api.errors import WrongKind
from daifuku.api.finding import uid_of
from daifuku.api.once import Once
from daifuku.api.routing import fixed, in_steps
from daifuku.cards import doubles, figures
from daifuku.cards.actions import finishing, taking
from daifuku.cards.actions.bringing import bring
from daifuku.cards.actions.describing import described
from daifuku.cards.enterers import may_enter
from daifuku.cards.fields import NAMES, as_typed
from daifuku.cards.models import Card, Way, setup
from daifuku.cards.outcomes import find_target
from daifuku.customers.same import Candidate
from daifuku.foundation.errors import NotFound
from daifuku.records.catalogue import vocabulary
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

WORDS, ONE, PAGE = noop("名刺"), "/cards/{uid}", 100
OURS = uuid.UUID("2f7c1b8e-5a0d-4c3e-9f61-7d0b6f4a9c02")


class CardItem(Schema):
    uid: str
    label: str
    state: str = Field(..., description=noop("waiting、working、done、aside"))
    way: str
    brought_by: dict[str, str]
    brought_at: str
    exchanged_on: str | None
    occasion: str
    note: str
    owner: dict[str, str] | None
    due_at: str | None
    taken_by: dict[str, str] | None
    reading: str = Field(..., description=noop("waiting、ready、blank、failed"))
    trouble: str
    lines: list[dict[str, Any]] = Field(..., description=noop("写真の文字。box は [x, y, 幅, 高さ]"))
    proposals: dict[str, Any] = Field(..., description=noop("項目ごとの読み取りの案"))
    values: dict[str, str] = Field(..., description=noop("入力した内容"))
    how: str = Field(..., description=noop("new、same、colleague、moved"))
    record: dict[str, str] | None = Field(..., description=noop("登録先"))
    entered_by: dict[str, str] | None
    done_at: str | None
    seconds: int
    aside_why: str
    version: int


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
        rows = rows.filter(pk__gt=_card(request, after).pk)
    items, following = paged(rows, PAGE)
    return Answer({"items": [_shown(card, request.auth.viewer) for card in items], "next": following})


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
    return Answer(_shown(card, request.auth.viewer), 201)


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


@fixed.get(ONE, operation_id="get_card", summary=noop("名刺の取得"), tags=[WORDS], response=CardItem)
def get_card(request: Asked, uid: str) -> Answer:
    """What was read, what was typed, what became of it."""
    return Answer(_shown(_card(request, uid), request.auth.viewer))


@fixed.get(f"{ONE}/picture", operation_id="get_card_picture", summary=noop("名刺の写真"), tags=[WORDS])
def get_card_picture(request: Asked, uid: str) -> Any:
    """A JPEG, always as a download."""
    card = _card(request, uid)
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
    card, viewer = _card(request, uid), request.auth.viewer
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
    card = taking.take(_card(request, uid), by=request.auth.person)
    return Answer(_shown(card, request.auth.viewer))


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
        _card(request, uid), body.values, by=request.auth.person, seconds=body.seconds, version=body.version
    )
    return Answer(_shown(card, request.auth.viewer))


@fixed.post(
    f"{ONE}/finish", operation_id="finish_card", summary=noop("名刺の登録"), tags=[WORDS], response=CardItem
)
def finish_card(request: Asked, uid: str, body: CardFinish) -> Answer:
    """A lead or a contact comes of it; the rep in charge is told."""
    person = request.auth.person
    done = finishing.finish(
        _card(request, uid), body.values, body.how, by=person, target=find_target(body.target, person),
        seconds=body.seconds, version=body.version,
    )  # fmt: skip
    return Answer(_shown(done.card, request.auth.viewer))


@fixed.post(
    f"{ONE}/set_aside", operation_id="set_card_aside", summary=noop("名刺を保留にする"), tags=[WORDS], response=CardItem
)  # fmt: skip
def set_card_aside(request: Asked, uid: str, body: CardAside) -> Answer:
    """With the reason. Undoing its line brings it back."""
    card = _card(request, uid)
    taking.put_aside(card, body.why, by=request.auth.person)
    return Answer(_shown(_card(request, uid), request.auth.viewer))


@fixed.post(
    f"{ONE}/bring_back", operation_id="bring_card_back", summary=noop("保留の名刺を戻す"), tags=[WORDS],
    response=CardItem,
)  # fmt: skip
def bring_card_back(request: Asked, uid: str) -> Answer:
    """From aside into the queue."""
    card = taking.bring_back(_card(request, uid), by=request.auth.person)
    return Answer(_shown(card, request.auth.viewer))


def _card(request: Asked, uid: str) -> Card:
    rows = Card.objects.visible_to(request.auth.viewer).with_people()
    found: Card | None = rows.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _shown(card: Card, viewer: Viewer) -> dict[str, Any]:
    record = card.record
    known = record is not None and sees(viewer, record, "view")
    whole = taking.reads_all(card, viewer)
    may = NAMES if whole else vocabulary.fields_for(viewer, "lead")
    return {
        **named(card), "state": str(card.state), "way": str(card.way), "brought_by": named(card.brought_by),
        "brought_at": card.brought_at, "exchanged_on": card.exchanged_on, "occasion": card.occasion, "note": card.note,
        "owner": named(card.owner) if card.owner else None, "due_at": card.due_at,
        "taken_by": named(card.taken_by) if card.taken_by else None, "reading": str(card.reading),
        "trouble": card.trouble, "lines": card.lines if whole else [], "proposals": _of(card.proposals, may),
        "values": _of(card.values, may),
        "how": str(card.how), "record": {**named(record), "object": record.object_key} if known else None,
        "entered_by": named(card.entered_by) if card.entered_by else None, "done_at": card.done_at,
        "seconds": card.seconds, "aside_why": card.aside_why, "version": card.version,
    }  # fmt: skip


def _of(said: dict[str, Any], may: Container[str]) -> dict[str, Any]:
    return {key: each for key, each in said.items() if key in may}
