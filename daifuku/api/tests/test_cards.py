"""Cards over the API: who a card may belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import Program
from daifuku.cards.models import Card
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_who_a_card_may_belong_to(cast: Cast) -> None:
    typed = {"family_name": "味園", "given_name": "太郎", "email": "misono@misono.example"}
    account = actions.create("account", {"name": "株式会社みその工業"}, by=cast.aoyama)
    known = actions.create("contact", {**typed, "account": account}, by=cast.aoyama)
    card = Card.objects.create(
        brought_by=cast.aoyama, owner=cast.aoyama, due_at=known.created_at, values=typed
    )
    answer = Program(cast.aoyama).get(f"/cards/{card.uid}/candidates").json()  # type: ignore[attr-defined]
    said = [(each["object"], each["uid"], each["label"], each["proposed"]) for each in answer["items"]]
    assert said == [("contacts", str(known.uid), "味園 太郎", "same")]
    assert "メール" in answer["items"][0]["why"]
