"""What takes long to make and is only read: made once for a file, found by all its tests, taken back after the last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker


@contextmanager
def taken_back(blocker: DjangoDbBlocker) -> Iterator[None]:
    from django.db import transaction

    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def once_a_file(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For fixtures of a file (scope="module") that fill the database. Each test is taken back to what they made, so
    it may change that, and what it is `lent` in Python."""
    with taken_back(django_db_blocker):
        yield


def lent() -> Any:
    """`cast = lent()` in a file: each test gets a copy of its own of what the file's fixture `made` gives."""

    @pytest.fixture
    def copied(made: Any) -> Any:
        return deepcopy(made)

    return copied
