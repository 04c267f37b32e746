"""The cast as a fixture: `cast.aoyama` and the others, his firm, and a browser's client in which one is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.customers.models import Account
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    from daifuku.staff.testing import invent_cast

    return invent_cast()


@pytest.fixture
def firm(cast: Cast) -> Account:
    """青葉商事, with which 青山 does business."""
    from daifuku.records.actions import create

    made: Account = create("account", {"name": "青葉商事"}, by=cast.aoyama)
    return made


@pytest.fixture
def login_as() -> Callable[[Person], Client]:
    """login_as(cast.aoyama).get("/accounts/")"""
    from django.test import Client

    def login(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return login


@pytest.fixture(autouse=True, scope="session")
def _small_writes_at_once() -> Iterator[None]:
    """Also while fixtures of the session are made: no thread writes into a test."""
    from daifuku.foundation import behind
    from daifuku.ledger import reads

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(behind, "later", lambda key, work: work())
        patch.setattr(reads, "_start_thread", lambda: None)
        yield


@pytest.fixture(autouse=True)
def _looks_wait() -> Iterator[None]:
    """Looks are written by `reads.flush()` alone."""
    from daifuku.ledger import reads

    yield
    reads.forget()
