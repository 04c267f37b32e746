"""An open list asks how many of the records that it shows were changed by others."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daifuku.ledger import reads
from daifuku.records import actions, live
from daifuku.records.actions import commenting

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_known() -> None:
    live._alive.clear()


@pytest.fixture
def accounts(cast: Cast) -> list[Any]:
    return [
        actions.create("account", {"name": name}, by=cast.aoyama)
        for name in ("青葉商事", "若葉工業", "紅葉堂")
    ]


def asked_by(client: Client, address: str = "/accounts/?view=all") -> dict[str, str]:
    """What the page of the list will ask."""
    page = client.get(address).content.decode()
    found = dict(re.findall(r'data-live-list-(ticket|since)-value="([^"]+)"', page))
    return {name: unescape(value) for name, value in found.items()}


def answer(client: Client, asked: dict[str, str]) -> str:
    given = client.get("/live/", asked)
    assert given.status_code in {200, 204}
    return str(given.content.decode())


def test_changed_thrown_away_and_restored_records_are_counted_once_each(
    cast: Cast, accounts: list[Any], login_as: Login
) -> None:
    client = login_as(cast.baba)
    asked = asked_by(client)
    assert answer(client, asked) == ""
    actions.edit(accounts[0], {"note": "x"}, by=cast.aoyama)
    actions.edit(accounts[0], {"note": "y"}, by=cast.aoyama)
    actions.trash(accounts[1], by=cast.aoyama)
    assert answer(client, asked) == "2"
    assert answer(client, asked_by(client)) == "", "the list that was opened since shows it"


def test_ones_own_changes_looks_and_words_are_nothing_new(
    cast: Cast, accounts: list[Any], login_as: Login
) -> None:
    client = login_as(cast.baba)
    asked = asked_by(client)
    actions.edit(accounts[0], {"note": "x"}, by=cast.baba)
    commenting.write_comment(accounts[1], "見ました", by=cast.aoyama)
    reads.looked("account.opened", by=cast.aoyama, object="account", record_id=accounts[2].pk)
    reads.flush()
    talk = {"account": accounts[1], "method": "phone", "content": "order", "text": "x"}
    actions.create("talk", talk, by=cast.aoyama)
    assert answer(client, asked) == ""


def test_records_that_the_list_does_not_show_are_not_counted(
    cast: Cast, accounts: list[Any], login_as: Login
) -> None:
    client = login_as(cast.baba)
    asked = asked_by(client, "/accounts/?view=all&q=青葉")
    actions.edit(accounts[1], {"note": "x"}, by=cast.aoyama)
    assert answer(client, asked) == ""


def test_a_board_asks_for_its_cards(cast: Cast, accounts: list[Any], login_as: Login) -> None:
    client = login_as(cast.baba)
    asked = asked_by(client, "/accounts/?view=all&layout=board")
    actions.edit(accounts[2], {"rank": "a"}, by=cast.aoyama)
    assert answer(client, asked) == "1"


def test_a_ticket_of_somebody_else_says_nothing(cast: Cast, accounts: list[Any], login_as: Login) -> None:
    asked = asked_by(login_as(cast.baba))
    assert login_as(cast.senda).get("/live/", asked).status_code == 401


def test_it_is_one_question(cast: Cast, accounts: list[Any], login_as: Login) -> None:
    client = login_as(cast.baba)
    asked = asked_by(client)
    answer(client, asked)
    with CaptureQueriesContext(connection) as questions:
        answer(client, asked)
    assert len(questions) == 1
