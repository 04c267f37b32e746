"""How the customers of シャチホコ商事 pay: mostly in time, some less the bank's fee, in part, or not yet; and what the
bank's book says today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random

from daifuku.billing import owed, unbilled
from daifuku.billing.actions import bank, bill_deliveries, payments
from daifuku.billing.actions.credit import set_limit
from daifuku.billing.models import Invoice
from daifuku.billing.settled import ISSUED
from daifuku.customers.demo.stage import Stage, Step
from daifuku.customers.models import Account
from daifuku.orders.models import Delivery, DeliveryLine

FROM, EVERY = 150, 5
FEE = 440
LIMITS = (300_000, 500_000, 1_000_000)


def money(random: Random) -> Iterator[Step]:
    """Every few days what became due is paid; today the bank's file of the last days lies there."""
    for day in range(FROM, 3, -EVERY):
        yield Step(day, 11 * 60, _billed)
        yield Step(day, 15 * 60, partial(_paid, random.random()))
    yield Step(2, 10 * 60, _limits)
    yield Step(0, 9 * 60 + 5, _bank)


def _billed(stage: Stage) -> None:
    """One invoice for each delivery, to those who have no closing day in this story."""
    today = stage.now.date()
    rows = unbilled.not_billed(DeliveryLine.objects.filter(delivery__delivered_on__lt=today))
    keys = set(rows.order_by().values_list("delivery", flat=True))
    for delivery in Delivery.plain.filter(pk__in=keys, corrects__isnull=True).order_by("pk")[:6]:
        if delivery.account_id % 2:
            bill_deliveries([delivery], by=stage.people["toshiko"], today=today)


def _paid(seed: float, stage: Stage) -> None:
    dice, today = Random(seed), stage.now.date()  # noqa: S311
    rows = Invoice.plain.filter(ISSUED, open__gt=0, due_on__lte=today + timedelta(days=EVERY))
    for invoice in rows.select_related("account").order_by("pk")[:12]:
        fate = dice.random()
        if fate < 0.25:
            continue
        amount, fee = invoice.open, 0
        if fate < 0.35:
            amount = max(1, invoice.open // 2)
        elif fate < 0.5 and amount > 10 * FEE:
            amount, fee = amount - FEE, FEE
        values = {
            "account": invoice.account, "paid_on": today, "amount": amount, "fee": fee, "payer": invoice.account.kana,
            "method": dice.choice(("transfer",) * 8 + ("cash", "electronic")),
        }  # fmt: skip
        payments.record(values, {str(invoice.uid): None}, by=stage.people["toshiko"], today=today)


def _limits(stage: Stage) -> None:
    """For those who owe."""
    owing = Invoice.plain.filter(ISSUED, open__gt=0).order_by().values("account")
    for number, account in enumerate(Account.plain.filter(pk__in=owing).order_by("pk")[:9]):
        today = stage.now.date()
        set_limit(account, LIMITS[number % 3], "決算書より", by=stage.people["makoto"], today=today)


def _bank(stage: Stage) -> None:
    """Four that fit, one in part, one whom nobody knows."""
    today = stage.now.date()
    rows = ["日付,摘要,出金金額,入金金額,残高"]
    firms = Account.plain.filter(pk__in=Invoice.plain.filter(ISSUED, open__gt=0).order_by().values("account"))
    for number, account in enumerate(firms.exclude(kana="").order_by("pk")[:5]):
        first = owed.open_invoices(account)[0]
        amount = first.open if number < 4 else max(1, first.open // 3)
        day = today - timedelta(days=1)
        rows.append(f"{day:%Y/%m/%d},振込 カ）{account.kana},,{amount},0")
    rows.append(f"{today:%Y/%m/%d},振込 ナゴヤ タロウ,,5500,0")
    data = "\n".join(rows).encode("cp932", "replace")
    bank.take_in("入出金明細.csv", data, by=stage.people["toshiko"], today=today)
