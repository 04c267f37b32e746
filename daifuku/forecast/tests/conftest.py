"""A customer, what he may order, and a day in the middle of a fiscal year."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.forecast import asking, reading, whose
from daifuku.orders.actions import enter
from daifuku.records import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.forecast.reading import Figures, Told
    from daifuku.staff.testing import Cast

TODAY = date(2026, 11, 25)


@pytest.fixture
def firm(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


@pytest.fixture
def tape(cast: Cast) -> Any:
    values = {"code": "HK-1", "name": "布粘着テープ", "price": "1000", "group": "supplies"}
    return actions.create("product", values, by=cast.osaki)


@pytest.fixture
def order(cast: Cast, firm: Any, tape: Any) -> Callable[..., Any]:
    """Enters an order: how many, on which day, of whom."""

    def entered(quantity: int = 10, day: str = "2026-11-20", by: Any = None, **more: Any) -> Any:
        person = by or cast.aoyama
        values = {"account": firm, "ordered_on": day, "due_on": "2027-03-31", "owner": person, **more}
        return enter(values, [{"product": tape, "quantity": str(quantity)}], by=person)

    return entered


@pytest.fixture
def deal(cast: Cast, firm: Any) -> Callable[..., Any]:
    def begun(amount: int, close_on: str = "2026-11-30", by: Any = None, **more: Any) -> Any:
        person = by or cast.aoyama
        values = {
            "name": "更新",
            "account": firm,
            "amount": amount,
            "close_on": close_on,
            "owner": person,
            **more,
        }
        return actions.create("deal", values, by=person)

    return begun


@pytest.fixture
def told() -> Callable[..., Told]:
    """What somebody is told of the figures on that day."""

    def asked(person: Any, **sent: str) -> Told:
        from daifuku.staff.models import Person

        viewer = Person.objects.get(pk=person.pk)
        from daifuku.staff.viewer import viewer_of

        seen = whose.seen_by(viewer_of(viewer))
        return reading.read(asking.read(sent, viewer_of(viewer), seen, TODAY), viewer_of(viewer), seen)

    return asked


@pytest.fixture
def november(told: Callable[..., Told]) -> Callable[..., Figures]:
    def figures(person: Any, **sent: str) -> Figures:
        return told(person, **sent).months[date(2026, 11, 1)]

    return figures
