"""A firm that has counted since the new year, its administrator, and rules made as he makes them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.rules import actions

if TYPE_CHECKING:
    from daifuku.rules.models import Rule
    from daifuku.staff.testing import Cast

PHONE = {"all": [{"field": "method", "op": "any_of", "value": ["phone"]}]}


@pytest.fixture(autouse=True)
def from_the_new_year(request: pytest.FixtureRequest) -> None:
    from daifuku.duties.models import Policy

    if "cast" in request.fixturenames:
        request.getfixturevalue("db")
        Policy.objects.create(begins_on=date(2026, 1, 1))


@pytest.fixture
def rule(cast: Cast) -> Callable[..., Rule]:
    def make(**values: Any) -> Rule:
        wanted = {"title": "電話番号", "object": "account", "required": ["phone"], **values}
        return actions.create_rule(wanted, by=cast.mizuno)

    return make
