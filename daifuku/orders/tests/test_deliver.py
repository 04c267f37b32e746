"""What was ordered is brought in parts; never more than was ordered, never before it was; what comes back names it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.documents.models import Sealed
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.orders.actions import cancel, deliver, take_back
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Delivery, Order
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


def state(order: Any) -> tuple[str, Any]:
    found = Order.plain.get(pk=order.pk)
    return found.state, found.delivered_on


def test_a_part_then_the_rest(cast: Cast, order: Any) -> None:
    tape, miso = lines_of(order)
    part = deliver(order, {str(tape.uid): "4"}, {"delivered_on": "2026-11-25"}, by=cast.aoyama, today=TODAY)
    assert (part.net, part.tax, part.total) == (4000, 400, 4400)
    assert part.number.startswith("D2026-")
    assert part.place == "愛知県名古屋市"
    assert state(order) == ("partly", date(2026, 11, 25))
    rest = deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    assert [(line.name, line.quantity) for line in rest.lines.all()] == [
        ("布粘着テープ", Decimal(6)), ("赤みそ", Decimal(3)),
    ]  # fmt: skip
    assert (rest.net, rest.tax) == (7500, 720)
    assert state(order) == ("delivered", TODAY)
    with pytest.raises(Conflict, match="すべて納品済み"):
        deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    sealed = Sealed.objects.get(kind="delivery", number=part.number)
    assert sealed.data["lines"][0]["quantity"] == "4"


@pytest.mark.parametrize(
    ("quantity", "values", "code"),
    [
        ("11", {}, "more_than_ordered"),
        ("-1", {}, "negative"),
        ("0", {}, "required"),
        ("いくつか", {}, "invalid"),
        ("1", {"delivered_on": "2026-11-19"}, "before_order"),
        ("1", {"delivered_on": "2026-11-28"}, "future"),
        ("1", {"delivered_on": "いつか"}, "invalid"),
    ],
)
def test_what_cannot_be_delivered_is_refused_and_takes_no_number(
    cast: Cast, order: Any, quantity: str, values: dict[str, Any], code: str
) -> None:
    tape = lines_of(order)[0]
    with pytest.raises(Invalid) as error:
        deliver(order, {str(tape.uid): quantity}, values, by=cast.aoyama, today=TODAY)
    assert [each.code for each in error.value.problems] == [code]
    assert not Delivery.plain.exists()
    good = deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    assert good.number.endswith("-00001")


def test_what_comes_back_is_a_paper_that_names_the_old_one(cast: Cast, order: Any) -> None:
    tape, _miso = lines_of(order)
    delivery = deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    back = take_back(delivery, {str(tape.uid): "2"}, "破損", by=cast.aoyama, today=TODAY)
    assert (back.corrects, back.net, back.tax, back.total) == (delivery, -2000, -200, -2200)
    assert state(order)[0] == "partly"
    assert lines_of(order)[0].delivered == 8
    with pytest.raises(Invalid) as error:
        take_back(delivery, {str(tape.uid): "9"}, "破損", by=cast.aoyama, today=TODAY)
    assert error.value.problems[0].code == "more_than_ordered"
    with pytest.raises(Invalid):
        take_back(delivery, None, "", by=cast.aoyama, today=TODAY)
    with pytest.raises(Conflict):
        take_back(back, None, "訂正の訂正", by=cast.aoyama, today=TODAY)
    again = deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    assert again.net == 2000
    assert state(order)[0] == "delivered"


def test_what_was_delivered_is_not_ordered_less_thrown_away_or_cancelled(cast: Cast, order: Any) -> None:
    tape, _miso = lines_of(order)
    delivery = deliver(order, {str(tape.uid): "4"}, {}, by=cast.aoyama, today=TODAY)
    with pytest.raises(Invalid, match="すでに4を納品"):
        actions.edit(tape, {"quantity": "3"}, by=cast.aoyama)
    actions.edit(tape, {"quantity": "4"}, by=cast.aoyama)
    for thing in (tape, order, delivery):
        with pytest.raises(Conflict):
            actions.trash(thing, by=cast.aoyama)
    with pytest.raises(Conflict):
        cancel(order, "やめる", by=cast.aoyama, today=TODAY)


def test_a_delivery_does_not_change_but_for_who_took_it(cast: Cast, order: Any) -> None:
    delivery = deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    actions.edit(delivery, {"received_on": "2026-11-27", "received_by": "山田"}, by=cast.aoyama)
    with pytest.raises(Invalid):
        actions.edit(delivery, {"delivered_on": "2026-11-26"}, by=cast.aoyama)
    with pytest.raises(Invalid, match="受領日が納品日より前"):
        actions.edit(delivery, {"received_on": "2026-11-01"}, by=cast.aoyama)
    with pytest.raises(Invalid):
        actions.create("delivery", {"received_by": "x"}, by=cast.aoyama)


def test_who_only_reads_delivers_nothing(cast: Cast, order: Any) -> None:
    with pytest.raises(Forbidden):
        deliver(order, None, {}, by=cast.eguchi, today=TODAY)
    assert not Delivery.plain.exists()
