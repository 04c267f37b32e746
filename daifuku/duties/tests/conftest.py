"""A firm that has counted since the new year, and the days on which the tests play."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from daifuku.ledger.channel import through

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

TOKYO = ZoneInfo("Asia/Tokyo")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026: the 24th is a Tuesday, the 23rd a holiday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO)


def when(moment: datetime) -> AbstractContextManager[None]:
    return through("page", at=moment)


@pytest.fixture(autouse=True)
def from_the_new_year(request: pytest.FixtureRequest) -> None:
    from daifuku.duties.models import Policy

    if "db" in request.fixturenames or "cast" in request.fixturenames:
        request.getfixturevalue("db")
        Policy.objects.create(begins_on=date(2026, 1, 1))


@pytest.fixture
def account(cast: Cast) -> Any:
    from daifuku.records.actions import create

    with when(at(2, 9)):
        return create("account", {"name": "青葉商事"}, by=cast.aoyama)


@pytest.fixture
def plan_at(cast: Cast, account: Any) -> Callable[..., Any]:
    """A visit of 青山 at 青葉商事, planned on the 2nd."""
    from daifuku.records.actions import create

    def plan(start: datetime, end: datetime | None = None, **values: Any) -> Any:
        values = {"method": "visit", "subject": "ご提案", "account": account, **values}
        with when(at(2, 9)):
            return create("plan", {"started_at": start, "ended_at": end, **values}, by=cast.aoyama)

    return plan


@pytest.fixture
def talk_at(cast: Cast, account: Any) -> Callable[..., Any]:
    """A call of 青山 with 青葉商事, entered at `entered`."""
    from daifuku.records.actions import create

    def talk(start: datetime, entered: datetime | None = None, by: Any = None, **values: Any) -> Any:
        values = {"method": "phone", "content": "other", "text": "打ち合わせ", "account": account, **values}
        with when(entered or start):
            return create("talk", {"started_at": start, **values}, by=by or cast.aoyama)

    return talk
