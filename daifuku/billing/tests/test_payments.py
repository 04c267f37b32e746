"""Money comes in, in part, too much, less a fee; it is set off against the oldest or chosen invoices; all is undone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.billing import owed, settled
from daifuku.billing.actions import payments
from daifuku.billing.models import Invoice, Payment, SetOff
from daifuku.billing.tests.paying import TODAY, customer, owes, seen
from daifuku.foundation.errors import ChangedSince, Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.catalogue.types.moment import TOKYO
from daifuku.records.undoing import undo

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(cast: Cast) -> Any:
    return customer(cast.aoyama)


def pay(cast: Cast, firm: Any, amount: Any, parts: Any = None, **more: Any) -> Payment:
    values = {"account": firm, "paid_on": "2026-11-25", "amount": amount, **more}
    return payments.record(values, parts, by=cast.aoyama, today=TODAY)


def last(kind: str) -> Event:
    found = Event.objects.filter(kind=kind).order_by("-pk").first()
    assert found is not None
    return found


def fresh(payment: Payment) -> Payment:
    found: Payment = Payment.plain.get(pk=payment.pk)
    return found


def test_a_payment_pays_the_oldest_invoice_first_and_leaves_an_advance(cast: Cast, firm: Any) -> None:
    old, young = owes(firm, 10_000, date(2026, 10, 31)), owes(firm, 5_000, date(2026, 11, 30))
    part = pay(cast, firm, "7,000円")
    assert part.number.startswith("R2026-")
    assert (part.used, part.left, part.state, part.owner) == (7_000, 0, "set", cast.aoyama)
    assert seen(old) == (7_000, 3_000, "partly")
    assert seen(young) == (0, 5_000, "waiting")
    over = pay(cast, firm, 9_500)
    assert (over.used, over.left, over.state) == (8_000, 1_500, "partly")
    assert seen(old) == (10_000, 0, "paid")
    assert Invoice.plain.get(pk=old.pk).settled_on == date(2026, 11, 25)
    assert owed.balance([firm], TODAY) == {firm.pk: -1_500}


def test_an_amount_that_fits_a_younger_invoice_is_meant_for_it(cast: Cast, firm: Any) -> None:
    old, young = owes(firm, 10_000, date(2026, 10, 31)), owes(firm, 5_000, date(2026, 11, 30))
    pay(cast, firm, 5_000)
    assert (seen(old)[1], seen(young)[1]) == (10_000, 0)


def test_a_fee_that_was_taken_off_counts_as_paid(cast: Cast, firm: Any) -> None:
    invoice = owes(firm, 10_000)
    payment = pay(cast, firm, 9_560, fee=440)
    assert (payment.used, payment.left) == (10_000, 0)
    assert seen(invoice) == (10_000, 0, "paid")
    assert owed.received([firm], date(2026, 11, 24), TODAY) == {firm.pk: 10_000}


def test_chosen_invoices_are_paid_and_no_other(cast: Cast, firm: Any) -> None:
    one, two, three = (owes(firm, 10_000, date(2026, month, 28)) for month in (8, 9, 10))
    payment = pay(cast, firm, 15_000, {str(two.uid): "4,000", str(three.uid): None})
    assert (seen(one)[1], seen(two)[1], seen(three)[1]) == (10_000, 6_000, 0)
    assert payment.left == 1_000
    less = pay(cast, firm, 3_000, {str(two.uid): None})
    assert (seen(two)[1], less.left) == (3_000, 0)
    kept = pay(cast, firm, 500, {})
    assert (kept.left, kept.state) == (500, "unset")


@pytest.mark.parametrize(
    ("amount", "part", "code"),
    [
        (10_000, "12,001", "more_than_owed"), (1_000, "5000", "more_than_paid"), (10_000, "-1", "negative"),
        (10_000, "いくらか", "invalid"), (10_000, "9999999999999999", "too_large"),
    ],
)  # fmt: skip
def test_never_more_than_owed_nor_than_paid(cast: Cast, firm: Any, amount: int, part: str, code: str) -> None:
    invoice = owes(firm, 12_000)
    with pytest.raises(Invalid) as error:
        pay(cast, firm, amount, {str(invoice.uid): part})
    assert [each.code for each in error.value.problems] == [code]
    assert not Payment.plain.exists()
    assert pay(cast, firm, 12_000).number.endswith("-00001")


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"amount": "-5"}, "amount", "not_positive"), ({"amount": 0}, "amount", "not_positive"),
        ({"amount": ""}, "amount", "required"), ({"amount": "1" * 20}, "amount", "too_large"),
        ({"amount": 100, "fee": -1}, "fee", "negative"), ({"amount": 100, "fee": 200}, "fee", "too_large"),
        ({"amount": 100, "paid_on": "2999-01-01"}, "paid_on", "future"),
        ({"amount": 100, "method": "貝"}, "method", "unknown"),
        ({"amount": 100, "matures_on": "2026-01-01"}, "matures_on", "before"),
        ({"amount": 100, "account": "だれか"}, "account", "unknown"),
    ],
)  # fmt: skip
def test_what_is_no_payment_is_refused(
    cast: Cast, firm: Any, values: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as error:
        payments.record({"account": firm, "paid_on": "2026-11-25", **values}, by=cast.aoyama, today=TODAY)
    assert error.value.problems[0].field == field
    assert not Payment.plain.exists()


def test_an_invoice_of_somebody_else_is_not_found(cast: Cast, firm: Any) -> None:
    other = owes(customer(cast.aoyama, "別の会社", "ベツノカイシャ"), 1_000)
    with pytest.raises(NotFound):
        pay(cast, firm, 1_000, {str(other.uid): None})
    with pytest.raises(NotFound):
        pay(cast, firm, 1_000, {"x": None})


def test_an_advance_is_set_off_later(cast: Cast, firm: Any) -> None:
    payment = pay(cast, firm, 8_000)
    assert payment.left == 8_000
    with pytest.raises(Conflict, match="前受として残ります"):
        payments.set_off(payment, None, by=cast.aoyama, today=TODAY)
    invoice = owes(firm, 5_000)
    done = payments.set_off(payment, None, by=cast.aoyama, today=TODAY)
    assert (done.left, seen(invoice)[2]) == (3_000, "paid")
    undo(last("payment.set_off"), by=cast.aoyama)
    assert (fresh(payment).left, seen(invoice)) == (8_000, (0, 5_000, "waiting"))


def test_a_set_off_is_released_and_that_is_undone(cast: Cast, firm: Any) -> None:
    one, two = owes(firm, 1_000), owes(firm, 2_000)
    payment = pay(cast, firm, 3_000)
    payments.release(payment, [one], by=cast.aoyama)
    assert (fresh(payment).left, seen(one)[1], seen(two)[1]) == (1_000, 1_000, 0)
    undo(last("payment.released"), by=cast.aoyama)
    assert (fresh(payment).left, seen(one)[1]) == (0, 0)
    payments.release(payment, None, by=cast.aoyama)
    event = last("payment.released")
    pay(cast, firm, 1_000, {str(one.uid): None})
    with pytest.raises(ChangedSince):
        undo(event, by=cast.aoyama)
    with pytest.raises(Conflict):
        payments.release(payment, None, by=cast.aoyama)


def test_a_payment_that_went_back_counted_until_that_day(cast: Cast, firm: Any) -> None:
    invoice = owes(firm, 10_000)
    payment = pay(cast, firm, 10_000, paid_on="2026-11-20")
    payments.cancel(payment, "不渡り", "2026-11-26", by=cast.aoyama, today=TODAY)
    assert (fresh(payment).state, fresh(payment).left) == ("cancelled", 0)
    assert seen(invoice) == (0, 10_000, "waiting")
    assert owed.balance([firm], date(2026, 11, 25)) == {firm.pk: 0}
    assert owed.balance([firm], TODAY) == {firm.pk: 10_000}
    assert owed.received([firm], date(2026, 11, 20), TODAY) == {firm.pk: -10_000}
    assert owed.received([firm], {firm.pk: None}, TODAY) == {firm.pk: 0}
    undo(last("payment.cancelled"), by=cast.aoyama)
    assert seen(invoice) == (10_000, 0, "paid")
    assert owed.balance([firm], TODAY) == {firm.pk: 0}


def test_going_back_needs_a_reason_and_a_day_in_between(cast: Cast, firm: Any) -> None:
    payment = pay(cast, firm, 100)
    for reason, day in (("", ""), ("組戻し", "2026-11-24"), ("組戻し", "2026-11-28"), ("組戻し", "いつか")):
        with pytest.raises(Invalid):
            payments.cancel(payment, reason, day, by=cast.aoyama, today=TODAY)
    payments.cancel(payment, "組戻し", by=cast.aoyama, today=TODAY)
    with pytest.raises(Conflict):
        payments.cancel(payment, "もう一度", by=cast.aoyama, today=TODAY)


def test_a_registration_is_undone_with_its_set_offs_and_comes_back_with_them(cast: Cast, firm: Any) -> None:
    invoice = owes(firm, 10_000)
    payment = pay(cast, firm, 10_000)
    undo(last("payment.created"), by=cast.aoyama)
    assert fresh(payment).trashed_at is not None
    assert (seen(invoice), owed.balance([firm], TODAY)) == ((0, 10_000, "waiting"), {firm.pk: 10_000})
    actions.restore(payment, by=cast.aoyama)
    assert (seen(invoice), fresh(payment).left) == ((10_000, 0, "paid"), 0)
    actions.trash(payment, by=cast.aoyama)
    pay(cast, firm, 4_000)
    actions.restore(payment, by=cast.aoyama)
    assert (seen(invoice), fresh(payment).left) == ((4_000, 6_000, "partly"), 10_000)


def test_what_was_set_off_stays_as_it_was_paid(cast: Cast, firm: Any) -> None:
    owes(firm, 10_000)
    payment = pay(cast, firm, 10_000)
    with pytest.raises(Invalid, match="先に消込を外して"):
        actions.edit(payment, {"amount": 9_000}, by=cast.aoyama)
    actions.edit(payment, {"note": "手渡しの領収書あり"}, by=cast.aoyama)
    payments.release(payment, None, by=cast.aoyama)
    actions.edit(payment, {"amount": 9_000}, by=cast.aoyama)
    assert fresh(payment).left == 9_000


def test_a_correction_gives_money_back_as_an_advance(cast: Cast, firm: Any) -> None:
    invoice = owes(firm, 10_000)
    payment = pay(cast, firm, 10_000)
    correction = owes(firm, -4_000, corrects=invoice, kind="correction")
    assert (seen(invoice), seen(correction)) == ((6_000, 0, "paid"), (0, 0, ""))
    assert (fresh(payment).left, owed.balance([firm], TODAY)) == (4_000, {firm.pk: -4_000})


def test_only_who_may_change_it_touches_it(cast: Cast, firm: Any) -> None:
    owes(firm, 10_000)
    payment = pay(cast, firm, 5_000)
    with pytest.raises(Forbidden):
        payments.record({"account": firm, "paid_on": "2026-11-25", "amount": 1}, by=cast.eguchi, today=TODAY)
    for act in (
        lambda: payments.release(payment, None, by=cast.senda),
        lambda: payments.cancel(payment, "x", by=cast.senda, today=TODAY),
        lambda: payments.set_off(payment, None, by=cast.senda, today=TODAY),
    ):
        with pytest.raises(Forbidden):
            act()
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        payments.release(payment, None, by=cast.senda)
    assert SetOff.objects.count() == 1


def test_a_closed_invoice_keeps_its_payments(cast: Cast, firm: Any) -> None:
    payment = pay(cast, firm, 5_000)
    owes(firm, 10_000, kind="closing", closes_on=date(2026, 11, 30))
    with pytest.raises(Conflict, match="締め請求書"):
        actions.trash(payment, by=cast.aoyama)
    with pytest.raises(Invalid, match="締め請求書"):
        actions.edit(payment, {"amount": 1}, by=cast.aoyama)
    payments.cancel(payment, "誤入力", by=cast.aoyama, today=TODAY)


def test_following_is_cheap_for_many(cast: Cast, firm: Any, django_assert_max_num_queries: Any) -> None:
    invoices = [owes(firm, 1_000) for _number in range(10)]
    with django_assert_max_num_queries(10):
        settled.recount([each.pk for each in invoices])


def test_money_is_set_off_only_against_invoices_that_one_may_know(cast: Cast, firm: Any) -> None:
    secret = owes(firm, 4_000, privacy="private")
    with pytest.raises(NotFound):
        payments.record(
            {"account": firm, "paid_on": "2026-11-25", "amount": 9_000}, {str(secret.uid): "8000"}, by=cast.senda,
            today=TODAY,
        )  # fmt: skip
    assert seen(secret) == (0, 4_000, "waiting")


def test_what_is_undone_bears_the_day_that_it_was_in_japan(cast: Cast, firm: Any) -> None:
    owes(firm, 10_000)
    payment = pay(cast, firm, 10_000)
    payments.release(payment, None, by=cast.aoyama)
    early = datetime(2026, 11, 27, 8, tzinfo=TOKYO)
    event = last("payment.released")
    event.at = early.astimezone(UTC)
    payments.undo_released(event, cast.aoyama)
    assert SetOff.objects.get().set_on == early.date()
