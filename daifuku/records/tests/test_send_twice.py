"""The form of a new record that arrives twice makes one record; one that was changed in between makes another."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections
from django.test import Client

from daifuku.customers.models import Account
from daifuku.ledger.models import Event

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
def test_who_goes_back_and_changes_something_means_something_new(cast: Cast) -> None:
    client = signed_in(cast)
    form = typed(client, name="青葉商事")
    client.post("/accounts/new/", form)
    client.post("/accounts/new/", {**form, "name": "緑商店"})
    client.post("/accounts/new/", typed(client, name="青葉商事"))
    assert sorted(Account.plain.values_list("name", flat=True)) == ["緑商店", "青葉商事", "青葉商事"]


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
