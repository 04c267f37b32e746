"""A card goes with its person: when a lead becomes a customer, and when two records become one; and back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.cards.models import Card
from daifuku.conversion import carrying
from daifuku.conversion.carrying import FOLLOW, STAY, Kind, Row, Target
from daifuku.customers.models import Lead
from daifuku.records.hanging import Special, Way, say, say_special
from daifuku.records.hanging.moving import Turn
from daifuku.records.hanging.ways import Image
from daifuku.staff.models import Person

FORMER = ["former_object", "former_id"]


def register() -> None:
    say({"cards.Card.record_id": Way(label=_("名刺"))})
    say_special(Special("former_cards", move_former))
    carrying.register(Kind("card", _("名刺"), count, carry, back, among, FOLLOW, (FOLLOW, STAY)))


def move_former(turn: Turn) -> list[Image]:
    """As whom somebody was known before he moved."""
    rows = Card.objects.filter(former_object=turn.object, former_id__in=list(turn.sources)).order_by("pk")
    kept = [[card.pk, [card.former_object, card.former_id], [turn.object, turn.to]] for card in rows]
    rows.update(former_object=turn.object, former_id=turn.to)
    return [{"model": Card._meta.label, "columns": FORMER, "rows": kept}] if kept else []


def of(lead: Lead) -> Any:
    return Card.objects.filter(object=lead.object_key, record_id=lead.pk).order_by("pk")


def count(lead: Lead) -> int:
    return int(of(lead).count())


def among(leads: Collection[int]) -> set[int]:
    rows: Any = Card.objects.filter(object="lead", record_id__in=leads).order_by()
    return set(rows.values_list("record_id", flat=True))


def carry(lead: Lead, target: Target, word: str, by: Person) -> list[Row]:
    """To the person; the lead keeps its own as that which he was known as."""
    contact = target["contact"]
    if contact is None:
        return []
    keys = list(of(lead).values_list("pk", flat=True))
    Card.objects.filter(pk__in=keys).update(
        object=contact.object_key, record_id=contact.pk, former_object=lead.object_key, former_id=lead.pk
    )
    change = {"object": [lead.object_key, contact.object_key], "record_id": [lead.pk, contact.pk]}
    return [[key, change] for key in keys]


def back(rows: list[Row], by: Person) -> list[int]:
    """What went on to another record meanwhile stays there."""
    since = []
    for key, change in rows:
        was, now = (
            {name: old for name, (old, _new) in change.items()},
            {name: new for name, (_old, new) in change.items()},
        )
        put = Card.objects.filter(pk=key, **now).update(**was, former_object="", former_id=None)
        if not put and Card.objects.filter(pk=key).exists():
            since.append(key)
    return since
