"""Cards over the API: who a card may belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.api.tests.support import Program, problem, said
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


def test_a_card_is_described_given_back_read_again_and_deleted(cast: Cast) -> None:
    card = Card.objects.create(brought_by=cast.aoyama, owner=cast.aoyama, due_at=timezone.now())
    program = Program(cast.aoyama)
    one = f"/cards/{card.uid}"
    said(program.post(f"{one}/take"))
    told = said(
        program.patch(
            one, {"occasion": "ものづくり展", "owner": str(cast.baba.uid), "exchanged_on": "2026-11-20"}
        )
    )
    assert (told["occasion"], told["owner"]["uid"], told["exchanged_on"]) == (
        "ものづくり展", str(cast.baba.uid), "2026-11-20",
    )  # fmt: skip
    assert said(program.patch(one, {"owner": ""}))["owner"] is None
    assert [
        each["field"] for each in problem(program.patch(one, {"exchanged_on": "いつか"}))["problems"]
    ] == ["exchanged_on"]
    assert said(program.post(f"{one}/give_back"))["state"] == "waiting"
    assert problem(program.post(f"{one}/read_again"))["code"] == "not_failed"
    assert program.delete(one).status_code == 204
    assert program.get(one).status_code == 404


def test_a_card_of_the_sample_is_typed_again_and_judged(cast: Cast) -> None:
    typed = {"family_name": "味園", "email": "misono@misono.example"}
    card = Card.objects.create(
        brought_by=cast.aoyama, owner=cast.aoyama, entered_by=cast.aoyama, due_at=timezone.now(), values=typed,
        state="done", done_at=timezone.now(), check_wanted=True,
    )  # fmt: skip
    keeper, other = Program(cast.mizuno), Program(cast.aoyama)
    assert other.get("/cards/checks").status_code == 404
    (item,) = said(keeper.get("/cards/checks"))["items"]
    assert (item["uid"], set(item)) == (str(card.uid), {"uid", "entered_by", "done_at"})
    one = f"/cards/{card.uid}"
    told = said(keeper.post(f"{one}/check", {"values": typed | {"family_name": "味苑"}, "seconds": 40}))
    assert told == {"differing": {"family_name": ["味園", "味苑"]}}
    assert said(keeper.post(f"{one}/judge", {"wrong": ["family_name"]})) == {"left": ["family_name"]}
    assert said(keeper.get(one))["values"]["family_name"] == "味苑"
    assert problem(keeper.post(f"{one}/judge", {"wrong": []}))["code"] == "judged"
    assert said(keeper.get("/cards/checks"))["items"] == []
