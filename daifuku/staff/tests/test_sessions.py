"""What a page would like to remember is written behind it; what a person did is written with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session

from daifuku.foundation import behind
from daifuku.staff.sessions import SessionStore

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    works: list[Callable[[], object]] = []
    monkeypatch.setattr(behind, "later", lambda key, work: works.append(work))
    return works


@pytest.fixture
def stored(db: None) -> SessionStore:
    store = SessionStore()
    store["theme"] = "dark"
    store.save()
    return SessionStore(store.session_key)


def read(store: SessionStore) -> dict[str, Any]:
    return dict(SessionStore(store.session_key).items())


def test_a_note_is_there_at_once_and_stored_behind(stored: SessionStore, waiting: list[Any]) -> None:
    stored.note("last_list", [1])
    stored.save()
    assert stored["last_list"] == [1]
    assert read(stored) == {"theme": "dark"}
    waiting.pop()()
    assert read(stored) == {"theme": "dark", "last_list": [1]}


def test_a_note_overwrites_nothing_that_was_stored_meanwhile(
    stored: SessionStore, waiting: list[Any]
) -> None:
    stored.note("last_list", [1])
    stored.save()
    other = SessionStore(stored.session_key)
    other["theme"] = "light"
    other.save()
    waiting.pop()()
    assert read(stored) == {"theme": "light", "last_list": [1]}


def test_what_was_changed_besides_is_stored_at_once(stored: SessionStore, waiting: list[Any]) -> None:
    stored.note("last_list", [1])
    stored["theme"] = "light"
    stored.save()
    assert waiting == []
    assert read(stored) == {"theme": "light", "last_list": [1]}


def test_a_session_that_was_signed_out_does_not_come_back(stored: SessionStore, waiting: list[Any]) -> None:
    stored.note("last_list", [1])
    stored.save()
    Session.objects.all().delete()
    waiting.pop()()
    assert not Session.objects.exists()


def test_a_list_is_shown_without_a_write(
    cast: Cast, login_as: Callable[[Person], Client], waiting: list[Any]
) -> None:
    client = login_as(cast.aoyama)
    before = Session.objects.get().session_data
    assert client.get("/accounts/").status_code == 200
    assert Session.objects.get().session_data == before
    assert waiting
