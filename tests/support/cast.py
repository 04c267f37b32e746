"""The cast as a fixture: `cast.aoyama` and the others, and a browser's client that one of them is signed in with."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    from daifuku.staff.testing import invent_cast

    return invent_cast()


@pytest.fixture
def login_as() -> Callable[[Person], Client]:
    """login_as(cast.aoyama).get("/accounts/")"""
    from django.test import Client

    def login(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return login
