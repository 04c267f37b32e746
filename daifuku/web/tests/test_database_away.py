"""What people and programs are told while the database is away or busy: try again, and when."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from daifuku.staff.models import Company
from daifuku.staff.sessions import SessionStore


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser with a cookie, whose session cannot be read."""

    def away(self: SessionStore) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(SessionStore, "_get_session_from_db", away)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "something"
    return client


@pytest.fixture(autouse=True)
def company(db: None) -> None:
    Company.objects.create(name="シャチホコ商事")


def test_a_page_says_to_try_again(client: Client) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "少し待ってから" in answer.content.decode()


def test_a_part_of_a_page_stays_as_it_is_and_says_it_at_its_foot(client: Client) -> None:
    answer = client.get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["Retry-After"], answer["HX-Reswap"]) == (503, "5", "none")
    assert "HX-Trigger" in answer


def test_a_program_gets_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/accounts")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "unavailable"
