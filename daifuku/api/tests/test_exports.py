"""A list taken out over HTTP, with the rights and the fields of whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.transfers.models import Export

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(cast: Cast) -> list[Any]:
    return [
        actions.create("account", {"name": name, "rank": rank}, by=cast.aoyama)
        for name, rank in (("青葉商事", "a"), ("若葉工業", "b"), ("青空食品", "a"))
    ]


def text_of(program: Program, **wish: Any) -> str:
    answer = program.post("/accounts/exports", wish)
    assert answer.status_code == 201, answer.content.decode()
    body = said(answer)
    assert problem(program.get(f"/exports/{body['uid']}/file"))["status"] == 404
    work_off()
    assert said(program.get(f"/exports/{body['uid']}"))["ready"] is True
    file = program.get(f"/exports/{body['uid']}/file")
    assert "attachment" in file["Content-Disposition"]
    return b"".join(file.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_a_list_is_taken_out_by_condition_order_and_fields(mizuno: Program, accounts: list[Any]) -> None:
    where = {"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}
    text = text_of(mizuno, where=where, sort="-code", fields=["name", "rank"])
    assert text.splitlines()[0] == "会社名,ランク"
    assert sorted(line.split(",")[0] for line in text.splitlines()[1:]) == ["青空食品", "青葉商事"]
    line = Event.objects.get(kind="account.exported")
    assert (line.actor, line.data["rows"]) == (mizuno.person, 2)


def test_a_file_to_mend_carries_the_numbers_of_the_records(mizuno: Program, accounts: list[Any]) -> None:
    text = text_of(mizuno, q="若葉", again=True, columns="all")
    heading, row = (line.split(",") for line in text.splitlines())
    assert heading[0] == "記録番号"
    assert row[0] == str(accounts[1].uid)


def test_a_view_brings_its_condition(mizuno: Program, accounts: list[Any]) -> None:
    assert len(text_of(mizuno, view="mine").splitlines()) == 1
    assert len(text_of(mizuno, view="all").splitlines()) == 4


def test_excel_is_written_as_excel(mizuno: Program, accounts: list[Any]) -> None:
    body = said(mizuno.post("/accounts/exports", {"form": "xlsx"}))
    work_off()
    file = mizuno.get(f"/exports/{body['uid']}/file")
    assert b"".join(file.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert file["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"where": {"field": "evil", "op": "is", "value": "x"}}, 422),
        ({"fields": ["evil"]}, 422),
        ({"sort": "evil"}, 422),
        ({"form": "exe"}, 422),
        ({"encoding": "x"}, 422),
        ({"view": "nothing"}, 404),
        ({"everything": True}, 422),
    ],
)
def test_what_cannot_be_taken_out_is_refused_at_once(mizuno: Program, wish: Any, status: int) -> None:
    answer = mizuno.post("/accounts/exports", wish)
    assert (answer.status_code, problem(answer)["status"]) == (status, status)
    assert Export.objects.count() == 0


def test_the_same_key_begins_one_export(mizuno: Program, accounts: list[Any]) -> None:
    first, second = (mizuno.post("/accounts/exports", {}, Idempotency_Key="a") for _each in range(2))
    assert said(first) == said(second)
    assert Export.objects.count() == 1


def test_the_file_is_only_for_whoever_asked_for_it(mizuno: Program, senda: Program, cast: Cast) -> None:
    body = said(mizuno.post("/accounts/exports", {}))
    work_off()
    for path in (f"/exports/{body['uid']}", f"/exports/{body['uid']}/file"):
        assert problem(senda.get(path))["status"] == 404
    assert problem(Program(cast.eguchi).post("/accounts/exports", {}))["status"] == 403
