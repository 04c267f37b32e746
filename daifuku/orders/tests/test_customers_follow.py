"""A customer is traded with from his first order on, and not any more where that is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.customers.models import Account
from daifuku.ledger.models import Event
from daifuku.orders.actions import cancel, enter, uncancel
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def state(firm: Any) -> str:
    return str(Account.plain.get(pk=firm.pk).status)


def test_with_the_first_order_he_is_traded_with(cast: Cast, firm: Any, order: Any) -> None:
    assert state(firm) == "active"
    line = Event.objects.filter(kind="account.edited").latest("pk")
    assert line.changes["status"] == ["prospect", "active"]
    assert line.data["document"] == "order"


def test_cancelled_and_taken_up_again(cast: Cast, firm: Any, order: Any) -> None:
    off = cancel(order, "お客様のご都合", by=cast.aoyama, today=timezone.localdate())
    assert state(firm) == "prospect"
    uncancel(off, by=cast.aoyama)
    assert state(firm) == "active"


def test_in_the_trash_and_out_of_it(cast: Cast, firm: Any, order: Any) -> None:
    actions.trash(order, by=cast.mizuno)
    assert state(firm) == "prospect"
    actions.restore(order, by=cast.mizuno)
    assert state(firm) == "active"


def test_another_order_holds_him(cast: Cast, firm: Any, order: Any, tape: Any) -> None:
    values = {"account": firm, "title": "追加", "ordered_on": "2026-11-21", "due_on": "2026-11-30"}
    enter(values, [{"product": tape, "quantity": "1"}], by=cast.aoyama)
    cancel(order, "お客様のご都合", by=cast.aoyama, today=timezone.localdate())
    assert state(firm) == "active"


def test_what_somebody_said_by_hand_stays(cast: Cast, firm: Any, tape: Any) -> None:
    actions.edit(firm, {"status": "dormant"}, by=cast.aoyama)
    values = {"account": firm, "title": "追加", "ordered_on": "2026-11-21", "due_on": "2026-11-30"}
    made = enter(values, [{"product": tape, "quantity": "1"}], by=cast.aoyama)
    assert state(firm) == "dormant"
    actions.edit(Account.plain.get(pk=firm.pk), {"status": "active"}, by=cast.aoyama)
    cancel(made, "お客様のご都合", by=cast.aoyama, today=timezone.localdate())
    assert state(firm) == "active"
