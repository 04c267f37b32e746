"""What the tests of this area share: there is a firm where there are people, and failed sign-ins do not add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast


@pytest.fixture
def cast(cast: Cast) -> Cast:
    from daifuku.staff.models import Company

    Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事"})
    return cast


@pytest.fixture(autouse=True)
def fresh_counts(request: pytest.FixtureRequest) -> None:
    if "cast" in request.fixturenames:
        request.getfixturevalue("cast")
        cache.clear()
