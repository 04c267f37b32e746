"""An open page asks whether anything happened: a number for whoever had the page, and nothing for anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session
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
def account(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


def ask(client: Client, person: Person, record: Any, since: int | None = None) -> Any:
    since = live.newest(record.object_key, record.pk, 0) if since is None else since
    return client.get("/live/", {"ticket": live.ticket(person.pk, record), "since": str(since)})


def test_nothing_new_is_an_empty_answer(cast: Cast, account: Any, login_as: Login) -> None:
    assert ask(login_as(cast.baba), cast.baba, account).status_code == 204


def test_a_change_and_a_comment_are_the_number_of_their_line(
    cast: Cast, account: Any, login_as: Login
) -> None:
    client, since = login_as(cast.baba), live.newest("account", account.pk, 0)
    actions.edit(account, {"note": "x"}, by=cast.aoyama)
    first = ask(client, cast.baba, account, since)
    assert first.status_code == 200 and int(first.content) > since
    commenting.write_comment(account, "見積を送りました", by=cast.aoyama)
    assert int(ask(client, cast.baba, account, int(first.content)).content) > int(first.content)


def test_what_happens_with_its_talks_is_noticed_on_the_customers_page(
    cast: Cast, account: Any, login_as: Login
) -> None:
    client, since = login_as(cast.baba), live.newest("account", account.pk, 0)
    talk = {"account": account, "method": "phone", "content": "order", "text": "x"}
    actions.create("talk", talk, by=cast.aoyama)
    assert ask(client, cast.baba, account, since).status_code == 200


def test_somebody_who_only_looks_changes_nothing(cast: Cast, account: Any, login_as: Login) -> None:
    contact = actions.create("contact", {"family_name": "田中", "account": account}, by=cast.aoyama)
    client, since = login_as(cast.baba), live.newest("contact", contact.pk, 0)
    reads.looked("contact.opened", by=cast.aoyama, object="contact", record_id=contact.pk)
    reads.flush()
    assert ask(client, cast.baba, contact, since).status_code == 204


def test_without_a_session_with_anothers_or_with_a_forged_ticket_nothing_is_said(
    cast: Cast, account: Any, login_as: Login, client: Client
) -> None:
    assert ask(client, cast.baba, account, 0).status_code == 401
    assert ask(login_as(cast.senda), cast.baba, account, 0).status_code == 401
    answer = login_as(cast.baba).get("/live/", {"ticket": "x" * 40, "since": "0"})
    assert answer.status_code == 404 and not answer.content


def test_who_was_signed_out_is_told_so_after_a_while(
    cast: Cast, account: Any, login_as: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = login_as(cast.baba)
    assert ask(client, cast.baba, account).status_code == 204
    Session.objects.all().delete()
    monkeypatch.setattr(live, "LOOKED_AT_AGAIN", -1.0)
    assert ask(client, cast.baba, account).status_code == 401


def test_it_asks_one_question_and_writes_nothing(cast: Cast, account: Any, login_as: Login) -> None:
    client = login_as(cast.baba)
    ask(client, cast.baba, account)
    ticket, since = live.ticket(cast.baba.pk, account), live.newest("account", account.pk, 0)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get("/live/", {"ticket": ticket, "since": str(since)})
    assert answer.status_code == 204 and not answer.cookies
    assert len(captured) == 1 and "ledger_subject" in (captured[0]["sql"] or "")


def test_the_news_say_who_did_what_and_nothing_of_oneself(cast: Cast, account: Any, login_as: Login) -> None:
    since = live.newest("account", account.pk, 0)
    actions.edit(account, {"phone": "03-1234-5678"}, by=cast.aoyama)
    address = f"{account.get_absolute_url()}news/"
    told = login_as(cast.baba).get(address, {"since": since}).content.decode()
    assert "青山 凛さんが更新しました" in told and "電話番号" in told
    assert login_as(cast.aoyama).get(address, {"since": since}).status_code == 204
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    assert login_as(cast.senda).get(address, {"since": since}).status_code == 404


def test_a_page_and_a_form_carry_what_they_ask_with(cast: Cast, account: Any, login_as: Login) -> None:
    client = login_as(cast.aoyama)
    page = client.get(account.get_absolute_url()).content.decode()
    assert 'data-controller="live"' in page and 'data-live-part="timeline"' in page
    form = client.get(f"{account.get_absolute_url()}edit/").content.decode()
    assert 'data-live-form-value="true"' in form
