"""A firm with one of everything that an address can name, made once for all tests of a process.

青山 (`rep`) is in charge of all of it. Of each kind of record there is one that everybody may see (`open`) and one that
only he may see (`private`); 千田 (`stranger`) works elsewhere, 江口 (`reader`) may only read, 水野 is `administrator`.
"""

from __future__ import annotations

import pickle
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django import DjangoDbBlocker

from tests.support.lasting import taken_back

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

VISITORS = ("anonymous", "stranger", "reader", "rep", "administrator")
NOWHERE, NO_NUMBER = uuid.UUID(int=0x0192_0000_0000_7000_8000_0000_0000_0001), 987_654_321
OBJECTS = {
    "account": "accounts", "contact": "contacts", "lead": "leads", "talk": "talks", "plan": "plans", "task": "tasks",
    "voice": "voices", "deal": "deals", "product": "products", "price": "prices", "order": "orders",
    "order_line": "order-lines", "purchase": "purchases", "delivery": "deliveries", "quote": "quotes",
    "invoice": "invoices", "payment": "payments", "milestone": "milestones",
}  # fmt: skip
Words = dict[str, Any]


@dataclass
class Place:
    """What fills the address of a thing that is there, of one that is not, of one that only 青山 may see.

    `crossed` is the address of a private thing below a record that everybody sees, `astray` of nothing below that one.
    """

    open: Words
    unknown: Words
    private: Words | None = None
    crossed: Words | None = None
    astray: Words | None = None


@dataclass
class World:
    cast: Cast
    people: dict[str, Person]
    sessions: dict[str, str]
    tokens: dict[str, str]
    places: dict[str, Place] = field(default_factory=dict)
    records: dict[str, Any] = field(default_factory=dict)

    def client(self, visitor: str, **options: Any) -> Client:
        """A browser of this visitor, signed in; nothing that another one did lives on in it."""
        from django.conf import settings
        from django.test import Client

        client = Client(raise_request_exception=False, **options)
        if visitor in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[visitor]
        return client

    def api(self, visitor: str, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """A request with the visitor's token; `body` is bytes or becomes JSON."""
        import json

        from daifuku.api import rates

        rates.forget()
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        given: Mapping[str, str] = (
            {"Authorization": f"Bearer {self.tokens[visitor]}"} if visitor in self.tokens else {}
        )
        client = self.client("anonymous")
        answer: HttpResponse = client.generic(
            method, path, data, "application/json", headers={**given, **headers}
        )  # type: ignore[assignment]
        return answer


class Apart:
    """The database in which that firm is, beside that of all other tests: made when the first file asks for it."""

    def __init__(self) -> None:
        self.name = ""
        self.made = b""
        self.digest: dict[str, str] = {}

    @contextmanager
    def entered(self) -> Iterator[World]:
        """Each file has people and records of its own in Python; what they did must have been taken back."""
        from django.db import transaction

        from tests.support.digest import digest

        with beside("world", self.name) as self.name:
            if not self.made:
                with transaction.atomic():
                    self.made = pickle.dumps(build())
                _forget()
                self.digest = digest()
            yield pickle.loads(self.made)
            assert digest() == self.digest, "a test has changed the world of those after it"

    @contextmanager
    def copied(self) -> Iterator[World]:
        """A copy of it for one test, which may do there what it likes, also by the server's threads."""
        with self.entered() as made, beside("copied"):
            yield made


@contextmanager
def beside(word: str, made: str = "") -> Iterator[str]:
    """Another database instead of the one at hand: `made`, or a new copy of that one. Gives its name."""
    from django.db import connection

    usual = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        # What was migrated a moment ago may stand in the log beside the file that is copied.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    if not made:
        connection.creation.clone_test_db(word, verbosity=0, autoclobber=True)
        made = connection.creation.get_test_db_clone_settings(word)["NAME"]
    connection.settings_dict["NAME"] = made
    try:
        yield made
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        _forget()


@pytest.fixture(scope="session")
def apart(django_db_setup: None) -> Apart:
    return Apart()


@pytest.fixture(scope="module")
def world(apart: Apart, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), apart.entered() as made:
        yield made


@pytest.fixture
def lived_in(apart: Apart, transactional_db: None) -> Iterator[World]:
    """The world for a test in a browser: what is done there is seen by nobody else."""
    with apart.copied() as made:
        yield made


@pytest.fixture(scope="module")
def lasting(world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """For fixtures that add to the world what all tests of their file find."""
    with taken_back(django_db_blocker):
        yield world


def build() -> World:
    from daifuku.staff.models import Company
    from daifuku.staff.testing import invent_cast
    from tests.support.world_things import fill

    Company.objects.create(pk=1, name="シャチホコ商事株式会社")
    cast = invent_cast()
    people = {"stranger": cast.senda, "reader": cast.eguchi, "rep": cast.aoyama, "administrator": cast.mizuno}
    made = World(cast, people, {}, {})
    for visitor, person in people.items():
        made.sessions[visitor], made.tokens[visitor] = _signed_in(person), _token(person)
    fill(made)
    return made


def _signed_in(person: Person) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _token(person: Person) -> str:
    from datetime import timedelta

    from django.utils import timezone

    from daifuku.api.actions import create_token

    scopes = ["read", "write", "staff", "erase"]
    token, secret = create_token(by=person, name="連携", scopes=scopes)
    token.last_used_at = timezone.now() + timedelta(days=1)  # so that it is not noted in the middle
    token.save()
    return secret


def _forget() -> None:
    """What the processes remember beside the database."""
    from daifuku.api import rates
    from daifuku.ledger import reads

    rates.forget()
    reads.forget()
