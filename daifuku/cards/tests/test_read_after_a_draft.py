"""Somebody begins to type before the card has been read: what he left open is filled in, what he typed stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile

from daifuku.cards.actions import reading, taking
from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.tests.conftest import picture
from daifuku.jobs.testing import work_off

if TYPE_CHECKING:
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast


@pytest.mark.django_db
def test_a_draft_gets_what_it_has_not(cast: Cast, toshiko: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"company": {"value": "読み間違い"}, "family_name": {"value": "味園"}}
    read = reading.Read(picture(), 640, 400, [], found)
    monkeypatch.setattr(reading, "read", lambda data, name: [read])
    card, _fresh = bring(ContentFile(picture(), "meishi.jpg"), by=cast.aoyama, about=About())
    taking.keep_draft(card, {"company": "株式会社みその工業"}, by=toshiko)
    work_off()
    card.refresh_from_db()
    assert card.values == {"company": "株式会社みその工業", "family_name": "味園"}
