"""An arrival and a cancelled purchase are taken back by the ordinary undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.foundation.errors import Conflict
from daifuku.ledger.models import Event
from daifuku.orders.actions import arrive, buy, cancel_purchase
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Arrival, Purchase
from daifuku.records import undoing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture
def bought(cast: Cast, supplier: Any, order: Any) -> Any:
    rows = [{"line": lines_of(order)[0], "quantity": "10"}]
    return buy(supplier, rows, {}, by=cast.mizuno, today=TODAY)


def last(kind: str) -> Event:
    return Event.objects.filter(kind=kind, undoes__isnull=True).latest("id")


def test_an_arrival_is_taken_back_by_rows_of_the_opposite_sign(cast: Cast, order: Any, bought: Any) -> None:
    line = bought.lines.get()
    arrive(bought, {str(line.uid): "4"}, by=cast.mizuno, today=TODAY)
    arrive(bought, None, by=cast.mizuno, today=date(2026, 11, 28))
    undoing.undo(last("purchase.arrived"), by=cast.mizuno)
    now = Purchase.plain.get()
    assert (now.state, now.arrived_on, lines_of(order)[0].arrived) == ("partly", None, 4)
    undoing.undo(Event.objects.filter(kind="purchase.arrived").earliest("id"), by=cast.mizuno)
    assert (Purchase.plain.get().state, lines_of(order)[0].arrived) == ("open", 0)
    assert sum(each.quantity for each in Arrival.objects.all()) == 0
    arrive(bought, None, by=cast.mizuno, today=TODAY)
    assert Purchase.plain.get().arrived_on == TODAY


def test_not_twice_and_the_undo_itself_cannot_be_undone(cast: Cast, bought: Any) -> None:
    arrive(bought, None, by=cast.mizuno, today=TODAY)
    line = last("purchase.arrived")
    undoing.undo(line, by=cast.mizuno)
    for each in (line, Event.objects.get(kind="purchase.unarrived")):
        with pytest.raises(Conflict):
            undoing.undo(each, by=cast.mizuno)


def test_a_cancelled_purchase_holds_again(cast: Cast, order: Any, bought: Any) -> None:
    cancel_purchase(bought, "品切れ", by=cast.mizuno, today=TODAY)
    undoing.undo(last("purchase.cancelled"), by=cast.mizuno)
    now = Purchase.plain.get()
    assert (now.state, now.cancelled_on, now.cancel_reason) == ("open", None, "")
    assert lines_of(order)[0].purchased == 10


def test_not_where_it_was_bought_otherwise(cast: Cast, supplier: Any, order: Any, bought: Any) -> None:
    cancel_purchase(bought, "品切れ", by=cast.mizuno, today=TODAY)
    line = last("purchase.cancelled")
    buy(supplier, [{"line": lines_of(order)[0], "quantity": "1"}], {}, by=cast.mizuno, today=TODAY)
    with pytest.raises(Conflict):
        undoing.undo(line, by=cast.mizuno)
