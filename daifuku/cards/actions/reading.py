"""The job that looks at what came in: draws the picture anew, reads it, cuts several apart, takes a vCard exactly.

It runs in the worker: the pages never open a picture. The reader itself runs in a process of its own, whose memory goes
back and whose end is not the worker's.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from daifuku.cards import vcard
from daifuku.cards.actions.noting import note
from daifuku.cards.fields import printable, proposed
from daifuku.cards.models import Card, Letter, Reading
from daifuku.cards.pictures import PDF, VCARD, NoCard, draw, kind_of_card, small
from daifuku.foundation import address
from daifuku.ledger import writing as ledger
from daifuku.records.files.sweeping import sweep

logger = logging.getLogger(__name__)
MOST_CARDS = 30


@dataclass
class Read:
    """One card as it was read."""

    picture: bytes = b""
    width: int = 0
    height: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)
    proposals: dict[str, Any] = field(default_factory=dict)
    state: str = Reading.READY
    trouble: str = ""


def run(running: Any) -> None:
    """The second time nothing is left to do."""
    card = Card.objects.filter(pk=running.payload["card"]).first()
    if card is None or card.reading != Reading.WAITING or not card.original:
        return
    try:
        with default_storage.open(card.original) as file:
            found = read(file.read(), card.name)
    except (NoCard, FileNotFoundError) as error:
        _fail(card, str(error) if isinstance(error, NoCard) else _("ファイルが見つかりません。"))
        return
    _keep(card, found)


def read(data: bytes, name: str) -> list[Read]:
    """At least one. Raises NoCard."""
    kind = kind_of_card(io.BytesIO(data))
    if kind == VCARD:
        return [Read(proposals=proposed(each)) for each in _of_vcard(data)]
    reader = _reader()
    if reader is None:
        return [_drawn(data, kind, "")]
    try:
        return [_as_read(each) for each in reader.read_apart(data, name)][:MOST_CARDS]
    except reader.NotAPicture as error:
        if error.picture:
            return [_drawn(error.picture, "image/jpeg", error.message)]
        return [_drawn(data, kind, error.message)]
    except Exception:
        logger.exception("a card could not be read; it is entered by hand")
        return [_drawn(data, kind, _("読み取れませんでした。写真を見て入力してください。"))]


def _of_vcard(data: bytes) -> list[dict[str, dict[str, Any]]]:
    try:
        return vcard.cards(data)
    except NoCard:
        raise
    except Exception as error:
        logger.exception("a vCard could not be read")
        raise NoCard(_("vCardを読み取れませんでした。写真を送るか、手で入力してください。")) from error


def _reader() -> Any:
    """The reader with its engine, where they are installed; without them everything works by hand."""
    try:
        from daifuku.cards import reading
    except ImportError:
        return None
    return reading if reading.available() else None


def _drawn(data: bytes, kind: str, trouble: str) -> Read:
    """The picture alone, to be typed from by hand. Raises NoCard."""
    if kind in {PDF, "image/heic"}:
        sentence = _(
            "この形式を開く部品がありません。JPEGかPNGの写真にしてください。管理者は「名刺の設定」をご確認ください。"
        )
        raise NoCard(trouble or sentence)
    picture, width, height = draw(data)
    return Read(picture, width, height, state=Reading.BLANK, trouble=trouble)


def _as_read(each: Any) -> Read:
    """Drawn anew here as well: nothing but pixels gets into what people are shown."""
    picture, width, height = draw(each.picture)
    lines = [
        {
            "text": printable(str(line.text)),
            "box": box_of(line.box, width, height),
            "confidence": float(line.confidence),
        }
        for line in each.lines
    ]
    fields = {
        key: {
            "value": str(found.value),
            "box": box_of(found.box, width, height),
            "confidence": float(found.confidence),
        }
        for key, found in each.fields.items()
    }
    return Read(picture, width, height, lines, with_place(proposed(fields)), trouble=each.trouble)


def box_of(box: Any, width: int, height: int) -> list[int]:
    """[x, y, width, height] in pixels of the picture; empty where no place says it (a QR code's words)."""
    if not box:
        return []
    left, top, right, bottom = box
    return [
        round(left * width), round(top * height), round((right - left) * width), round((bottom - top) * height),
    ]  # fmt: skip


def with_place(proposals: dict[str, Any]) -> dict[str, Any]:
    """A postal code without an address tells 都道府県 and 市区町村, where it is one place."""
    code = proposals.get("postal_code", {}).get("value", "")
    if not code or proposals.get("city") or proposals.get("prefecture"):
        return proposals
    places = address.lookup(code)
    if len({(place.prefecture, place.city) for place in places}) != 1:
        return proposals
    known = {"box": [], "confidence": 0.9}
    parts = {"prefecture": places[0].prefecture, "city": places[0].city}
    return proposals | {name: {**known, "value": value} for name, value in parts.items()}


def _keep(card: Card, found: Sequence[Read]) -> None:
    """The first is the card itself, each other one a card beside it."""
    stored = [_stored(each.picture) for each in found]
    gone = card.original
    with ledger.writing():
        fresh = Card.objects.select_for_update(of=("self",)).get(pk=card.pk)
        if fresh.reading != Reading.WAITING:
            return
        for number, (each, (picture, thumb)) in enumerate(zip(found, stored, strict=True)):
            row = fresh if number == 0 else _beside(fresh, number)
            row.picture, row.thumb, row.width, row.height = picture, thumb, each.width, each.height
            row.lines, row.proposals, row.reading, row.trouble = (
                each.lines,
                each.proposals,
                each.state,
                each.trouble[:300],
            )
            row.original = ""
            if row.values and row.is_open:  # a draft that was kept before gets what it has not
                row.values = {key: part["value"] for key, part in each.proposals.items()} | row.values
            row.save()
            if number:
                note("cards.cut", row, by=row.brought_by)
        transaction.on_commit(lambda: sweep([gone]))


def _stored(picture: bytes) -> tuple[str, str]:
    if not picture:
        return "", ""
    kept = (ContentFile(picture), ContentFile(small(picture)))
    return tuple(default_storage.save("card", each) for each in kept)  # type: ignore[return-value]


def _beside(card: Card, number: int) -> Card:
    return Card(
        way=card.way, name=card.name, digest=f"{card.digest[:58]}+{number}", brought_by=card.brought_by,
        brought_at=card.brought_at, exchanged_on=card.exchanged_on, occasion=card.occasion, note=card.note,
        owner=card.owner, due_at=card.due_at,
    )  # fmt: skip


def _fail(card: Card, sentence: str) -> None:
    """It stays in the queue, with the reason and the file, to be tried again or put aside; whoever brought it hears of
    it, as long as he stands before the person."""
    with ledger.writing():
        if Card.objects.filter(pk=card.pk, reading=Reading.WAITING).update(
            reading=Reading.FAILED, trouble=sentence[:300]
        ):
            note("cards.unreadable", card, by=None, data={"why": sentence[:300]})


def names(stored: str) -> bool:
    """Does a card or a message still need this file?"""
    cards = Card.objects.filter(Q(original=stored) | Q(picture=stored) | Q(thumb=stored))
    return bool(cards.exists() or Letter.objects.filter(stored=stored).exists())
