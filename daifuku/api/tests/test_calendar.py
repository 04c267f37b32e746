"""One's own calendar at a secret address, by the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from daifuku.activities.models import Feed
from daifuku.api.tests.support import problem, said
from daifuku.ledger.models import Event, IdempotentRequest

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def path_of(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def test_an_address_is_made_read_changed_and_closed(aoyama: Program, cast: Cast, client: Client) -> None:
    assert said(aoyama.get("/me/calendar")) == {
        "open": False,
        "made_at": None,
        "read_at": None,
        "address": None,
    }
    made = aoyama.post("/me/calendar", {})
    assert made.status_code == 201
    address = path_of(said(made)["address"])
    assert client.get(address)["Content-Type"].startswith("text/calendar")
    again = said(aoyama.get("/me/calendar"))
    assert again["open"] and again["address"] is None, "it is told once"
    other = path_of(said(aoyama.post("/me/calendar", {}))["address"])
    assert (client.get(address).status_code, client.get(other).status_code) == (404, 200)
    assert said(aoyama.delete("/me/calendar"))["open"] is False
    assert said(aoyama.delete("/me/calendar"))["open"] is False
    assert client.get(other).status_code == 404
    assert list(Event.objects.filter(kind__startswith="feed.").order_by("pk").values_list("kind", flat=True)) == [
        "feed.made", "feed.made", "feed.closed",
    ]  # fmt: skip


def test_a_repeated_request_makes_one_and_the_secret_is_kept_nowhere(aoyama: Program) -> None:
    first = said(aoyama.post("/me/calendar", {}, Idempotency_Key="k1"))
    again = said(aoyama.post("/me/calendar", {}, Idempotency_Key="k1"))
    assert (bool(first["address"]), again["address"]) == (True, None)
    assert Feed.objects.count() == 1
    secret = first["address"].rsplit("/", 1)[1]
    kept = [
        str(row)
        for row in (*IdempotentRequest.objects.values(), *Event.objects.values(), *Feed.objects.values())
    ]
    assert not [row for row in kept if secret.removesuffix(".ics") in row]


def test_a_session_in_a_browser_is_sent_to_the_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.aoyama, backend="allauth.account.auth_backends.AuthenticationBackend")
    refused = client.post("/api/v1/me/calendar", "{}", content_type="application/json")
    assert (refused.status_code, problem(refused)["code"]) == (409, "by_page")
    assert not Feed.objects.exists()
