"""Payments in the world of the tests, for everybody and private, and a line of the bank's book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from tests.support.world import NO_NUMBER, Place

if TYPE_CHECKING:
    from tests.support.world import World


def payment(world: World, sight: str) -> None:
    """An advance of the customer of this sight."""
    from daifuku.billing.actions import payments

    account = world.records[f"account {sight}"]
    values = {"account": account, "paid_on": timezone.localdate(), "amount": 5000, "payer": "アオバ"}
    by, today = world.cast.aoyama, timezone.localdate()
    world.records[f"payment {sight}"] = payments.record(values, {}, by=by, today=today)


def bank_line(world: World) -> None:
    from daifuku.billing.actions import bank

    text = "日付,入金額,摘要\n2026/01/05,1200,ナゾノヒト\n"
    bank.take_in("meisai.csv", text.encode(), by=world.cast.mizuno, today=timezone.localdate())
    line = bank.waiting()[0]
    world.places["bank line"] = Place({"line": line.pk}, {"line": NO_NUMBER})
