"""A firm that notes 入力漏れ, and an entry of 青山 that was missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.duties.tests.conftest import at, when

if TYPE_CHECKING:
    from daifuku.duties.models import Duty
    from daifuku.staff.testing import Cast

__all__ = ["at", "when"]


@pytest.fixture
def points(cast: Cast) -> Any:
    """Points since the 2nd of November 2026."""
    from daifuku.duties.models import Policy
    from daifuku.penalties.actions import edit_terms

    Policy.objects.create(begins_on=date(2026, 1, 1))
    return edit_terms({"on": True, "begins_on": "2026-11-02"}, by=cast.mizuno)


@pytest.fixture
def missed(cast: Cast, points: Any) -> Callable[..., Duty]:
    """A duty of 青山 that was due at that time."""
    from daifuku.duties.actions import owe

    numbers = iter(range(1000))

    def miss(due: datetime | None = None, person: Any = None) -> Duty:
        due = due or at(24, 12)
        return owe(
            f"test:{next(numbers)}", origin="rule:x", owner=person or cast.aoyama, due_at=due, label="記録"
        )

    return miss


@pytest.fixture
def noted(missed: Callable[..., Duty]) -> Any:
    """The entry of the morning after."""
    from daifuku.penalties.actions import enter_misses
    from daifuku.penalties.models import Entry

    missed()
    enter_misses(date(2026, 11, 25), at(25, 6) + timedelta())
    return Entry.objects.get()
