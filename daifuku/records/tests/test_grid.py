"""Rows typed into a grid: saved each for itself, refused with a sentence for each cell, undone together."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.actions import grid
from daifuku.records.tests.vocabulary_of_tests import add_custom_fields
from daifuku.staff.models import Company, Role

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
COLUMNS = ["name", "rank", "annual_sales", "traded_since", "owner"]


@pytest.fixture
def aoyama(cast: Cast, client: Client) -> Client:
    """青山 has signed in; there are two accounts of hers and one that is not."""
    Company.objects.create(name="シャチホコ商事")
    for name, by in (("青葉", cast.aoyama), ("桜", cast.aoyama), ("楓", cast.senda)):
        actions.create("account", {"name": name, "rank": "b", "annual_sales": 1000}, by=by)
    client.force_login(cast.aoyama)
    return client


def account(name: str) -> Any:
    return Account.plain.get(name=name)


def row(number: int, record: Any = None, **values: str) -> dict[str, Any]:
    known = {"uid": str(record.uid), "version": record.version} if record else {}
    return {"row": number, "values": values, **known}


def sent(client: Client, *rows: dict[str, Any], columns: list[str] = COLUMNS) -> Any:
    body = {"columns": columns, "rows": list(rows)}
    return client.post("/accounts/grid/save/", json.dumps(body), content_type="application/json")


def test_the_page_shows_the_rows_of_the_list_and_what_may_be_typed_over(aoyama: Client) -> None:
    page = aoyama.get("/accounts/grid/?cols=name,annual_sales,updated_at&sort=name").content.decode()
    rows = page.partition("<tbody>")[2].split("<tr ")[1:]
    assert [
        f'data-uid="{account(name).uid}"' in part
        for name, part in zip(("青葉", "桜", "楓"), rows, strict=False)
    ]
    assert '<td aria-colindex="2">青葉</td><td class="number" aria-colindex="3">1,000</td>' in page
    assert rows[0].count("aria-readonly") == 1
    mine = next(part for part in rows if "楓" in part)
    assert mine.count('aria-readonly="true"') == 3


def test_ticked_rows_alone_are_shown_and_new_ones_without_any(aoyama: Client) -> None:
    page = aoyama.post("/accounts/grid/", {"keys": [str(account("桜").uid), "nonsense"]}).content.decode()
    assert ("桜" in page, "青葉" in page) == (True, False)
    page = aoyama.get("/accounts/grid/?new=1&cols=city").content.decode()
    assert ("青葉" in page, page.count("<tr data-new>")) == (False, 11)
    assert 'data-key="name"' in page


def test_changes_and_new_rows_are_saved_as_excel_brings_them(aoyama: Client) -> None:
    answer = sent(
        aoyama,
        row(0, account("青葉"), rank="A", annual_sales="￥１，２３４", traded_since="令和8年4月1日"),
        row(1, account("桜"), owner="馬場 健"),
        row(5, name="柊", rank="c", annual_sales="2,000"),
    ).json()
    assert [(each["row"], each["status"]) for each in answer["results"]] == [(0, 200), (1, 200), (5, 201)]
    first, _second, new = answer["results"]
    assert first["cells"] == {
        "name": "青葉", "rank": "A", "annual_sales": "1,234", "traded_since": "2026/04/01", "owner": "青山 凛",
    }  # fmt: skip
    assert (new["cells"]["rank"], new["cells"]["owner"]) == ("C", "青山 凛")
    assert answer["sentence"] == "3行を保存しました。"
    assert (account("青葉").annual_sales, account("桜").owner.family_name, account("柊").rank) == (
        1234,
        "馬場",
        "c",
    )
    assert first["version"] == account("青葉").version


def test_all_of_it_is_undone_at_once(aoyama: Client) -> None:
    answer = sent(
        aoyama, row(0, account("青葉"), rank="A"), row(1, account("桜"), rank="C"), row(2, name="柊")
    ).json()
    assert Event.objects.filter(kind="account.bulk_edited").count() == 1
    aoyama.post(answer["undo"])
    assert (account("青葉").rank, account("桜").rank) == ("b", "b")
    assert account("柊").trashed_at is not None


def test_each_cell_that_is_wrong_says_so_and_the_other_rows_are_saved(aoyama: Client) -> None:
    answer = sent(
        aoyama,
        row(0, account("青葉"), rank="Z", annual_sales="たくさん", traded_since="令和7年2月30日"),
        row(1, account("桜"), rank="A"),
        row(2, rank="A"),
        row(3, account("青葉"), name=""),
    ).json()
    assert [each["status"] for each in answer["results"]] == [422, 200, 422, 422]
    assert set(answer["results"][0]["problems"]) == {"rank", "annual_sales", "traded_since"}
    assert answer["results"][2]["problems"] == {"name": "会社名を入力してください。"}
    assert (answer["done"], answer["refused"]) == (1, 3)
    assert (account("青葉").rank, account("桜").rank) == ("b", "a")


def test_where_nothing_is_saved_there_is_no_line_and_nothing_to_undo(aoyama: Client) -> None:
    before = Event.objects.count()
    answer = sent(aoyama, row(0, account("青葉"), rank="Z"), row(1, name="")).json()
    assert ("undo" in answer, answer["done"], Event.objects.count()) == (False, 0, before)


def test_what_somebody_else_saved_first_comes_back_to_be_looked_at(aoyama: Client, cast: Cast) -> None:
    old = account("青葉")
    actions.edit(account("青葉"), {"rank": "d", "annual_sales": 5}, by=cast.osaki)
    (result,) = sent(aoyama, row(0, old, rank="A")).json()["results"]
    assert (result["status"], result["cells"]["rank"], result["cells"]["annual_sales"]) == (412, "D", "5")
    assert "先に保存しました" in result["sentence"]
    assert result["version"] == account("青葉").version
    assert account("青葉").rank == "d"


def test_nobody_writes_what_he_may_not(aoyama: Client, cast: Cast, client: Client) -> None:
    secret = actions.create("account", {"name": "内緒", "privacy": "private"}, by=cast.baba)
    Role.objects.filter(key="rep").update(
        field_rules={"account": {"annual_sales": "readonly", "rank": "hidden"}}
    )
    answer = sent(
        aoyama,
        row(0, account("楓"), name="改名"),
        row(1, secret, name="改名"),
        row(2, account("青葉"), annual_sales="1"),
        row(3, account("青葉"), rank="A"),
    ).json()
    assert [each["status"] for each in answer["results"]] == [403, 404, 422, 422]
    for each in answer["results"]:
        assert "cells" not in each or "rank" not in each["cells"]
    page = aoyama.get("/accounts/grid/?cols=name,rank,annual_sales").content.decode()
    assert 'data-key="rank"' not in page
    client.force_login(cast.eguchi)
    assert client.get("/accounts/grid/").status_code == 403
    assert [each["status"] for each in sent(client, row(0, name="柊")).json()["results"]] == [403]


def test_custom_fields_stand_in_the_grid_too(aoyama: Client, cast: Cast) -> None:
    add_custom_fields("account")
    values = {
        "colour": "色red",
        "colours": "色red、色blue",
        "vip": "はい",
        "share": "12.5%",
        "helper": "馬場 健",
        "partner": "桜",
    }
    (result,) = sent(aoyama, row(0, account("青葉"), **values), columns=[*values]).json()["results"]
    assert result["cells"] == {**values, "share": "12.5"}
    page = aoyama.get("/accounts/grid/?cols=name,colour,place,essay").content.decode()
    assert '<option value="色blue">' in page
    assert 'data-kind="lines"' in page


def test_odd_bodies_are_refused_with_a_sentence(aoyama: Client) -> None:
    many = {"columns": [], "rows": [row(number, name="x") for number in range(501)]}
    for body in (
        "",
        "[]",
        "{",
        '{"rows": []}',
        '{"columns": [], "rows": []}',
        '{"columns": [], "rows": [{"row": 0}]}',
        '{"columns": [], "rows": [{"row": 1e999, "values": {}}]}',
        '{"columns": [], "rows": [{"row": 1, "version": 1e999, "values": {}}]}',
        json.dumps(many),
    ):
        answer = aoyama.post("/accounts/grid/save/", body, content_type="application/json")
        assert answer.status_code == 422, body[:60]


def test_a_large_grid_is_written_in_batches_with_one_cause(
    aoyama: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid, "BATCH", 2)
    answer = sent(aoyama, *[row(number, name=f"商店{number}") for number in range(5)]).json()
    assert answer["done"] == 5
    cause = Event.objects.get(kind="account.bulk_edited")
    assert Event.objects.filter(cause=cause, kind="account.created").count() == 5
