"""The trash over HTTP: what lies in it, one brought back, many with a result for each."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.ledger.models import Event
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def thrown(cast: Cast, aoyama: Program) -> list[Any]:
    names = ("青葉", "若草", "丸福")
    made = [actions.create("account", {"name": name}, by=cast.aoyama) for name in names]
    actions.create("account", {"name": "残る"}, by=cast.aoyama)
    return [actions.trash(record, by=cast.aoyama) for record in made]


def test_the_trash_is_read_page_by_page_the_last_thrown_away_first(
    aoyama: Program, thrown: list[Any]
) -> None:
    page = said(aoyama.get("/accounts/trash?size=2"))
    assert [each["label"] for each in page["items"]] == ["丸福", "若草"]
    assert page["items"][0]["uid"] == str(thrown[2].uid)
    assert page["items"][0]["trashed_at"]
    rest = said(aoyama.get(f"/accounts/trash?size=2&before={page['next']}"))
    assert ([each["label"] for each in rest["items"]], rest["next"]) == (["青葉"], None)
    assert problem(aoyama.get(f"/accounts/trash?before={uuid.uuid4()}"))["status"] == 404


def test_many_are_brought_back_with_a_result_for_each(
    aoyama: Program, senda: Program, cast: Cast, thrown: list[Any]
) -> None:
    secret = actions.create("account", {"name": "秘密", "privacy": "private"}, by=cast.senda)
    actions.trash(secret, by=cast.senda)
    wanted = [thrown[0].uid, uuid.uuid4(), secret.uid, thrown[1].uid]
    body = {"operations": [{"op": "restore", "uid": str(uid)} for uid in wanted]}
    answer = said(aoyama.post("/accounts/bulk", body, Idempotency_Key="back"))
    assert [each["status"] for each in answer["results"]] == [200, 404, 404, 200]
    assert (answer["done"], answer["refused"]) == (2, 2)
    assert [each["label"] for each in said(aoyama.get("/accounts/trash"))["items"]] == ["丸福"]
    assert said(aoyama.post("/accounts/bulk", body, Idempotency_Key="back")) == answer
    assert Event.objects.filter(kind="account.restored").count() == 2
    assert "uid" in {each["field"] for each in _problems(aoyama)}


def _problems(aoyama: Program) -> list[Any]:
    answer = said(aoyama.post("/accounts/bulk", {"operations": [{"op": "restore"}]}))
    problems: list[Any] = answer["results"][0]["problem"]["problems"]
    return problems


def test_who_may_not_delete_brings_nothing_back(senda: Program, thrown: list[Any]) -> None:
    body = {"operations": [{"op": "restore", "uid": str(thrown[0].uid)}]}
    assert [each["status"] for each in said(senda.post("/accounts/bulk", body))["results"]] == [403]


def test_the_trash_shows_strangers_nothing_private(aoyama: Program, senda: Program, cast: Cast) -> None:
    secret = actions.create("account", {"name": "秘密", "privacy": "private"}, by=cast.aoyama)
    actions.trash(secret, by=cast.aoyama)
    assert len(said(aoyama.get("/accounts/trash"))["items"]) == 1
    assert said(senda.get("/accounts/trash"))["items"] == []
    assert problem(senda.get(f"/accounts/trash?before={secret.uid}"))["status"] == 404
