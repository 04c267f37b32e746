"""How the API shows a name card, and finds the one that an address names."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import Field

from daifuku.api.answers import named
from daifuku.api.auth import Asked
from daifuku.api.finding import uid_of
from daifuku.cards.actions import taking
from daifuku.cards.fields import NAMES
from daifuku.cards.models import Card
from daifuku.foundation.errors import NotFound
from daifuku.records.catalogue import vocabulary
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

WORDS, ONE = noop("名刺"), "/cards/{uid}"


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


class FinishedCard(CardItem):
    kept: list[str] = Field(..., description=noop("名刺と違うが、登録済みの値のままにした項目"))


def card_at(request: Asked, uid: str) -> Card:
    rows = Card.objects.visible_to(request.auth.viewer).with_people()
    found: Card | None = rows.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def shown_card(card: Card, viewer: Viewer) -> dict[str, Any]:
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
