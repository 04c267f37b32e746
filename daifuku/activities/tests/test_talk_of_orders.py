"""What is said until delivery belongs to the order and to the customer's history alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities.models import Talk
from daifuku.foundation.errors import Invalid
from daifuku.orders.actions import deliver, enter
from daifuku.records import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
CALL = {"method": "phone", "content": "delivery", "text": "30日の午前に届けてほしいとのこと。"}


@pytest.fixture
def deal(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    return actions.create("deal", {"name": "棚", "account": firm}, by=cast.aoyama)


def ordered(cast: Cast, deal: Any) -> Any:
    values = {"account": deal.account, "deal": deal, "ordered_on": "2026-11-20", "due_on": "2026-11-30"}
    return enter(values, [{"name": "棚", "quantity": "1", "unit_price": "1000"}], by=cast.aoyama)


def test_of_an_order_it_takes_customer_and_deal(cast: Cast, deal: Any) -> None:
    order = ordered(cast, deal)
    talk = actions.create("talk", {**CALL, "order": order}, by=cast.aoyama)
    assert (talk.account_id, talk.deal_id) == (deal.account_id, deal.pk)


def test_of_a_deal_with_one_order_on_the_way_it_is_of_that_order(cast: Cast, deal: Any) -> None:
    order = ordered(cast, deal)
    assert actions.create("talk", {**CALL, "deal": deal}, by=cast.aoyama).order_id == order.pk
    deliver(order, None, {}, by=cast.aoyama, today=date(2026, 11, 27))
    assert actions.create("talk", {**CALL, "deal": deal}, by=cast.aoyama).order_id is None


def test_of_two_orders_nobody_guesses(cast: Cast, deal: Any) -> None:
    ordered(cast, deal)
    ordered(cast, deal)
    assert actions.create("talk", {**CALL, "deal": deal}, by=cast.aoyama).order_id is None


def test_it_stands_on_both_pages(cast: Cast, login_as: Login, deal: Any) -> None:
    order = ordered(cast, deal)
    actions.create("talk", {**CALL, "order": order}, by=cast.aoyama)
    client = login_as(cast.aoyama)
    for record in (order, deal.account, deal):
        text = client.get(record.get_absolute_url()).content.decode()
        assert "30日の午前に届けてほしいとのこと。" in text
        assert "取引を記録" in text
    assert f"/talks/new/?order={order.uid}" in client.get(order.get_absolute_url()).content.decode()


def test_a_meeting_of_the_house_is_of_no_order(cast: Cast, deal: Any) -> None:
    with pytest.raises(Invalid):
        actions.create("talk", {**CALL, "order": ordered(cast, deal), "internal": True}, by=cast.aoyama)
    assert not Talk.plain.exists()
