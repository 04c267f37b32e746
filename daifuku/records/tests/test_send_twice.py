"""The form of a new record that arrives twice makes one record; one that was changed in between is asked about."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.test import Client

from daifuku.customers.models import Account
from daifuku.ledger.models import Event
from daifuku.records.models import FieldRequest

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

WORD = re.compile(r'name="once" value="([0-9a-f]{32})"')


def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.aoyama, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def typed(client: Client, **values: str) -> dict[str, Any]:
    found = WORD.search(client.get("/accounts/new/").content.decode())
    assert found is not None
    return {"once": found[1], **values}


@pytest.mark.django_db
def test_the_second_time_leads_to_the_first_record(cast: Cast) -> None:
    client = signed_in(cast)
    form = typed(client, name="青葉商事")
    first, second = client.post("/accounts/new/", form), client.post("/accounts/new/", form)
    assert first["Location"] == second["Location"] == Account.plain.get().get_absolute_url()
    assert Event.objects.filter(kind="account.created").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Target": "sheet"}])
def test_who_goes_back_and_changes_something_is_told_what_is_there_and_keeps_what_he_typed(
    cast: Cast, headers: dict[str, str]
) -> None:
    client = signed_in(cast)
    form = typed(client, name="青葉商事")
    client.post("/accounts/new/", form)
    told = client.post("/accounts/new/", {**form, "name": "緑商店"}, headers=headers)
    page = told.content.decode()
    assert told.status_code == (422 if headers else 409)
    assert "すでに「青葉商事」を登録しています" in page
    assert Account.plain.get().get_absolute_url() in page
    assert 'value="緑商店"' in page
    again = WORD.search(page)
    assert again is not None and again[1] != form["once"]
    client.post("/accounts/new/", {**form, "name": "緑商店", "once": again[1]})
    client.post("/accounts/new/", typed(client, name="青葉商事"))
    assert sorted(Account.plain.values_list("name", flat=True)) == ["緑商店", "青葉商事", "青葉商事"]


@pytest.mark.django_db
def test_another_button_of_the_same_form_does_not_make_it_another_one(cast: Cast) -> None:
    client = signed_in(cast)
    form = typed(client, name="青葉商事")
    client.post("/accounts/new/", form)
    assert client.post("/accounts/new/", {**form, "again": "1"}).status_code == 302
    assert Account.plain.count() == 1


@pytest.mark.django_db
def test_a_request_for_a_field_that_was_changed_after_it_was_sent_is_asked_about_as_well(cast: Cast) -> None:
    client = signed_in(cast)
    found = WORD.search(client.get("/field-requests/new/").content.decode())
    assert found is not None
    form = {
        "once": found[1], "object": "account", "type": "integer", "label": "席の数", "purpose": "訪問の順を決める。",
        "decider": "課長", "enterer": "担当の営業", "review_on": "2099-01-01",
    }  # fmt: skip
    assert client.post("/field-requests/new/", form).status_code == 302
    told = client.post("/field-requests/new/", {**form, "label": "椅子"})
    page = told.content.decode()
    assert (told.status_code, "すでに登録しています" in page, 'value="椅子"' in page) == (409, True, True)
    again = WORD.search(page)
    assert again is not None and again[1] != form["once"]
    assert client.post("/field-requests/new/", {**form, "label": "椅子", "once": again[1]}).status_code == 302
    assert FieldRequest.objects.count() == 2


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again(cast: Cast) -> None:
    client = signed_in(cast)
    form = typed(client, name="")
    assert client.post("/accounts/new/", form).status_code == 422
    assert client.post("/accounts/new/", {**form, "name": "青葉商事"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_three_at_the_same_moment_make_one(cast: Cast) -> None:
    client = signed_in(cast)
    form = typed(client, name="青葉商事")
    statuses: list[int] = []

    def send() -> None:
        other = Client()
        other.cookies = client.cookies
        statuses.append(other.post("/accounts/new/", form).status_code)
        connections.close_all()

    senders = [threading.Thread(target=send) for _number in range(3)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert statuses == [302, 302, 302]
    assert Account.plain.count() == 1
