"""Up to a thousand operations in one request, each with its own result."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.operations import bulk as bulk_module
from daifuku.api.tests.support import problem, said
from daifuku.customers.models import Account
from daifuku.ledger.models import Event
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def creates(count: int) -> list[dict[str, Any]]:
    return [{"op": "create", "values": {"name": f"会社{number}"}} for number in range(count)]


def test_every_operation_is_done_or_refused_for_itself(aoyama: Program, cast: Cast) -> None:
    mine = actions.create("account", {"name": "青葉", "code": "T-1"}, by=cast.aoyama)
    gone = actions.create("account", {"name": "石川"}, by=cast.aoyama)
    foreign = actions.create("account", {"name": "千田", "owner": cast.senda}, by=cast.mizuno)
    own = "0198c0de-0000-7000-8000-00000000000a"
    body = said(
        aoyama.post(
            "/accounts/bulk",
            {
                "operations": [
                    {"op": "create", "values": {"name": "新しい"}},
                    {"op": "create", "values": {"name": "", "no_such": 1}},
                    {"op": "create", "uid": own, "values": {"name": "番号つき"}},
                    {"op": "update", "uid": str(mine.uid), "version": 1, "values": {"note": "訪問"}},
                    {"op": "update", "uid": str(mine.uid), "version": 1, "values": {"note": "古い"}},
                    {"op": "upsert", "by": "code", "values": {"name": "青葉商事", "code": "T-1"}},
                    {"op": "upsert", "by": "code", "values": {"name": "上田", "code": "T-2"}},
                    {"op": "delete", "uid": str(gone.uid)},
                    {"op": "delete", "uid": str(uuid.uuid4())},
                    {"op": "update", "uid": str(foreign.uid), "values": {"note": "x"}},
                    {"op": "update", "values": {"note": "x"}},
                ]
            },
        )
    )
    assert [result["status"] for result in body["results"]] == [
        201, 422, 201, 200, 412, 200, 201, 200, 404, 403, 422,
    ]  # fmt: skip
    assert [result["index"] for result in body["results"]] == list(range(11))
    assert (body["done"], body["refused"]) == (6, 5)
    wrong = body["results"][1]["problem"]
    assert {each["field"] for each in wrong["problems"]} == {"name", "no_such"}
    mine.refresh_from_db()
    assert (mine.note, mine.name) == ("訪問", "青葉商事")
    assert Event.objects.filter(via="api").count() == 6


def test_a_thousand_are_written_and_a_thousand_and_one_refused(aoyama: Program) -> None:
    body = said(aoyama.post("/accounts/bulk", {"operations": creates(1000)}))
    assert (body["done"], Account.plain.count()) == (1000, 1000)
    assert Event.objects.filter(kind="account.created").count() == 1000
    refused = aoyama.post("/accounts/bulk", {"operations": creates(1001)})
    assert (refused.status_code, problem(refused)["field"]) == (422, "operations")


def test_what_was_cut_off_in_the_middle_is_continued_and_nothing_is_done_twice(
    aoyama: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = bulk_module.Work.rows, []

    def dies_in_the_third_step(self: Any, part: Any, start: int) -> Any:
        calls.append(start)
        if len(calls) == 3:
            raise RuntimeError("the power went out")
        return real(self, part, start)

    monkeypatch.setattr(bulk_module.Work, "rows", dies_in_the_third_step)
    sent = {"operations": creates(170)}
    assert aoyama.post("/accounts/bulk", sent, Idempotency_Key="b1").status_code == 500
    assert Account.plain.count() == 100
    first = said(aoyama.post("/accounts/bulk", sent, Idempotency_Key="b1"))
    assert (first["done"], Account.plain.count()) == (170, 170)
    again = aoyama.post("/accounts/bulk", sent, Idempotency_Key="b1")
    assert (said(again), again["Idempotent-Replayed"]) == (first, "true")
    assert Account.plain.count() == 170
    other = aoyama.post("/accounts/bulk", {"operations": creates(3)}, Idempotency_Key="b1")
    assert problem(other)["code"] == "idempotency_key_reused"


@pytest.mark.parametrize(
    "body",
    [
        {}, {"operations": []}, {"operations": {}}, {"operations": ["x"]}, {"operations": [{"op": "drop"}]},
        {"operations": [{"op": "create", "values": []}]}, {"operations": [{"op": "create", "is_admin": True}]},
        {"operations": creates(1), "extra": 1}, [],
    ],
)  # fmt: skip
def test_another_shape_is_refused_before_anything_is_done(aoyama: Program, body: Any) -> None:
    refused = aoyama.post("/accounts/bulk", body)
    assert (refused.status_code, problem(refused)["code"]) == (422, "invalid")
    assert problem(refused)["problems"][0]["detail"]
    assert not Account.plain.exists()
