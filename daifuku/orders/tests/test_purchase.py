"""What orders need is bought from its supplier; what arrives is noted, part by part."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.documents.models import Sealed
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.orders.actions import arrive, buy, cancel_purchase, deliver
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Purchase
from daifuku.records import actions
from daifuku.staff.models import Person, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


def test_a_purchase_takes_cost_and_quantity_and_is_sealed(cast: Cast, supplier: Any, order: Any) -> None:
    tape, _miso = lines_of(order)
    bought = buy(
        supplier, [{"line": tape, "quantity": "10"}], {"wanted_on": "2026-12-01"}, by=cast.mizuno, today=TODAY
    )
    assert (bought.net, bought.tax, bought.state) == (7000, 700, "open")
    assert bought.number.startswith("P2026-")
    assert lines_of(order)[0].purchased == 10
    assert Sealed.objects.get(kind="purchase").data["lines"][0]["price"] == "700"
    with pytest.raises(Invalid) as error:
        buy(supplier, [{"line": lines_of(order)[0], "quantity": "1"}], {}, by=cast.mizuno, today=TODAY)
    assert error.value.problems[0].code == "more_than_ordered"


def test_it_arrives_in_parts(cast: Cast, supplier: Any, order: Any) -> None:
    tape, _miso = lines_of(order)
    bought = buy(supplier, [{"line": tape, "quantity": "10"}], {}, by=cast.mizuno, today=TODAY)
    line = bought.lines.get()
    came = arrive(bought, {str(line.uid): "4"}, by=cast.mizuno, today=TODAY)
    assert (came.state, came.arrived_on) == ("partly", None)
    assert lines_of(order)[0].arrived == 4
    with pytest.raises(Invalid):
        arrive(bought, {str(line.uid): "7"}, by=cast.mizuno, today=TODAY)
    with pytest.raises(Invalid):
        arrive(bought, None, on="2026-11-01", by=cast.mizuno, today=TODAY)
    with pytest.raises(Conflict):
        cancel_purchase(bought, "やめる", by=cast.mizuno, today=TODAY)
    done = arrive(bought, None, by=cast.mizuno, today=TODAY)
    assert (done.state, done.arrived_on) == ("arrived", TODAY)


def test_a_cancelled_purchase_is_bought_anew(cast: Cast, supplier: Any, order: Any) -> None:
    tape, _miso = lines_of(order)
    bought = buy(supplier, [{"line": tape, "quantity": "10"}], {}, by=cast.mizuno, today=TODAY)
    with pytest.raises(Invalid):
        cancel_purchase(bought, "", by=cast.mizuno, today=TODAY)
    assert cancel_purchase(bought, "品切れ", by=cast.mizuno, today=TODAY).state == "cancelled"
    assert lines_of(order)[0].purchased == 0
    with pytest.raises(Conflict):
        arrive(bought, None, by=cast.mizuno, today=TODAY)
    buy(supplier, [{"line": lines_of(order)[0], "quantity": "10"}], {}, by=cast.mizuno, today=TODAY)


def test_goods_for_the_house_need_no_order(cast: Cast, supplier: Any, tape: Any) -> None:
    bought = buy(
        supplier, [{"product": tape, "quantity": "5", "price": "650"}], {}, by=cast.mizuno, today=TODAY
    )
    assert bought.net == 3250
    actions.edit(bought, {"promised_on": "2026-12-10"}, by=cast.mizuno)
    assert Purchase.plain.get().promised_on == date(2026, 12, 10)


@pytest.mark.parametrize(
    ("quantity", "price", "values", "code"),
    [
        ("-1", "", {}, "negative"), ("0", "", {}, "required"), ("1", "-5", {}, "negative"),
        ("1", "", {"wanted_on": "2026-11-01"}, "past"),
    ],
)  # fmt: skip
def test_what_cannot_be_bought_is_refused(
    cast: Cast, supplier: Any, tape: Any, quantity: str, price: str, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as error:
        buy(
            supplier,
            [{"product": tape, "quantity": quantity, "price": price}],
            values,
            by=cast.mizuno,
            today=TODAY,
        )
    assert error.value.problems[0].code == code
    assert not Purchase.plain.exists()


def test_who_buys_for_the_house_buys_for_every_order_that_he_sees(
    cast: Cast, supplier: Any, order: Any, login_as: Callable[[Person], Client]
) -> None:
    """The purchaser changes no orders, and orders what they need; 千田, of another team, does neither."""
    cast.eguchi.roles.set([Role.objects.get(key="purchaser")])
    osamu = Person.objects.get(pk=cast.eguchi.pk)
    page = login_as(osamu).get(order.get_absolute_url()).content.decode()
    assert f"/orders/{order.uid}/buy/" in page
    assert f"/orders/{order.uid}/deliver/" not in page
    assert login_as(osamu).get(f"/orders/{order.uid}/buy/").status_code == 200
    tape = lines_of(order)[0]
    bought = buy(supplier, [{"line": tape, "quantity": "4"}], {}, by=osamu, today=TODAY)
    assert (bought.owner, lines_of(order)[0].purchased) == (osamu, 4)
    assert login_as(cast.senda).get(f"/orders/{order.uid}/buy/").status_code == 403
    with pytest.raises(Forbidden):
        buy(supplier, [{"line": tape, "quantity": "1"}], {}, by=cast.senda, today=TODAY)


def test_what_is_delivered_already_is_not_bought(
    cast: Cast, order: Any, login_as: Callable[[Person], Client]
) -> None:
    """It came from the stock; the page of the order asks for no purchase any more."""
    address = f"/orders/{order.uid}/buy/"
    assert address in login_as(cast.aoyama).get(order.get_absolute_url()).content.decode()
    deliver(order, None, {"delivered_on": "2026-11-25"}, by=cast.aoyama, today=TODAY)
    assert address not in login_as(cast.aoyama).get(order.get_absolute_url()).content.decode()
