"""A program with a token for each of the cast."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from daifuku.api import rates
from daifuku.api.tests.support import Program
from daifuku.ledger import reads
from daifuku.staff.models import Company
from daifuku.staff.testing import Cast


@pytest.fixture(autouse=True)
def a_fresh_minute() -> Iterator[None]:
    rates.forget()
    yield
    reads.forget()


@pytest.fixture
def aoyama(cast: Cast) -> Program:
    """青山 with the right to read and write."""
    Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事"})
    return Program(cast.aoyama)


@pytest.fixture
def senda(cast: Cast, aoyama: Program) -> Program:
    return Program(cast.senda)


@pytest.fixture
def mizuno(cast: Cast, aoyama: Program) -> Program:
    return Program(cast.mizuno, scopes=("read", "write", "audit", "staff"))
