"""When a person is erased, her cards go too: pictures, words that were read, what was typed, who brought them when."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from daifuku.cards.models import Card, Letter
from daifuku.records.files.sweeping import sweep
from daifuku.staff.models import Person


def forget_cards(record: Any, by: Person) -> None:
    """In the transaction of the erasure. A mail that brought such a card keeps nothing but that it came."""
    mine = Q(object=record.object_key, record_id=record.pk)
    former = Q(former_object=record.object_key, former_id=record.pk)
    cards = list(Card.objects.filter(mine | former))
    if not cards:
        return
    letters = Letter.objects.filter(cards__in=cards)
    files = [name for card in cards for name in (card.picture, card.thumb, card.original) if name]
    files += [name for name in letters.values_list("stored", flat=True) if name]
    keys = list(letters.values_list("pk", flat=True))
    Letter.objects.filter(pk__in=keys).update(subject="", stored="")
    Card.objects.filter(pk__in=[card.pk for card in cards]).delete()
    transaction.on_commit(lambda: sweep(files))
