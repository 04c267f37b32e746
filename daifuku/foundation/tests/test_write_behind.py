"""Small writes behind the answer: in order, once, again when the database was busy, never in the way."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import OperationalError

from daifuku.foundation import behind
from daifuku.foundation.behind import later as real_later


@pytest.fixture(autouse=True)
def no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behind, "later", real_later)
    monkeypatch.setattr(behind, "_start_thread", lambda: None)
    monkeypatch.setattr(behind, "_waiting", {})


def test_it_is_done_later() -> None:
    done: list[int] = []
    behind.later("a", lambda: done.append(1))
    assert done == []
    assert behind.finish()
    assert done == [1]


def test_the_newest_word_about_the_same_thing_counts() -> None:
    done: list[int] = []
    behind.later("a", lambda: done.append(1))
    behind.later("a", lambda: done.append(2))
    behind.finish()
    assert done == [2]


def test_while_the_database_is_busy_it_waits() -> None:
    done: list[int] = []
    tries = iter([True, False])

    def work() -> None:
        if next(tries):
            raise OperationalError("database is locked")
        done.append(1)

    behind.later("a", work)
    assert not behind.finish()
    assert behind.finish()
    assert done == [1]


def test_one_that_fails_does_not_hold_up_the_others() -> None:
    done: list[int] = []
    behind.later("a", lambda: 1 // 0)
    behind.later("b", lambda: done.append(1))
    assert behind.finish()
    assert done == [1]


def test_what_waits_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behind, "MOST", 2)
    done: list[str] = []
    for name in "abc":
        behind.later(name, partial(done.append, name))
    behind.finish()
    assert done == ["a", "b"]
