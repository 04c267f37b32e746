"""The demo's chapters from a card to a customer, whatever day it is loaded on."""

from __future__ import annotations

from datetime import date

import pytest

from daifuku.cards.models import Card
from daifuku.conversion.models import Conversion
from daifuku.customers import demo
from daifuku.customers.demo import customers, leads
from daifuku.customers.models import Contact, Separation
from daifuku.dedupe.models import Pair
from daifuku.jobs.testing import work_off
from daifuku.merging.models import Merge, SameParty
from daifuku.passing.models import Handing

CHAPTERS = ("fields", "firms", "leads", "doubles", "cards", "conversion", "merging", "passing")


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("today", [date(2026, 11, 29), date(2026, 11, 30), date(2027, 1, 2)])
def test_there_is_one_of_everything(today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customers, "FIRMS", 16)
    monkeypatch.setattr(leads, "LEADS", 8)
    monkeypatch.setattr(demo, "CHAPTERS", {name: demo.CHAPTERS[name] for name in CHAPTERS})
    assert demo.load(today)
    person = Contact.plain.get(family_name="常滑")
    cards = Card.objects.filter(object="contact", record_id=person.pk).order_by("pk")
    assert [card.how for card in cards] == ["colleague", "same", "moved"]
    assert (person.title, person.affiliations.count()) == ("部長", 3)
    assert Conversion.objects.filter(undone_at__isnull=False).count() == 1
    assert Separation.objects.filter(reason__startswith="別決裁者").count() == 1
    assert Merge.objects.filter(undone_at__isnull=True).count() == SameParty.objects.count() == 1
    assert set(Handing.objects.values_list("state", flat=True)) == {"accepted", "returned", "waiting"}
    work_off()
    verdicts = set(Pair.objects.values_list("verdict", flat=True))
    assert verdicts == {"sure", "perhaps"}
