"""売掛: by customer and age, the limit of credit, the statement; every number opens what it is made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.billing import credit, receivables, statement
from daifuku.billing.actions import payments
from daifuku.billing.actions.credit import set_limit
from daifuku.billing.models import CreditLimit
from daifuku.billing.tests.paying import TODAY, customer, owes
from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.undoing import undo
from daifuku.staff.models import Person, Role
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(cast: Cast) -> Any:
    return customer(cast.aoyama)


def pay(cast: Cast, firm: Any, amount: int, on: str = "2026-11-25", parts: Any = None) -> Any:
    values = {"account": firm, "paid_on": on, "amount": amount}
    return payments.record(values, parts, by=cast.aoyama, today=TODAY)


def test_what_is_owed_stands_by_its_age(cast: Cast, firm: Any) -> None:
    days = {
        date(2026, 11, 27): 1, date(2026, 11, 26): 2, date(2026, 10, 28): 4, date(2026, 10, 27): 8,
        date(2026, 9, 28): 16, date(2026, 9, 27): 32, date(2026, 8, 29): 64, date(2026, 8, 28): 128,
    }  # fmt: skip
    for due, amount in days.items():
        owes(firm, amount, due, on=date(2026, 8, 1))
    owes(firm, 999)
    pay(cast, firm, 999)
    pay(cast, firm, 5, parts={})
    (row,) = receivables.rows(viewer_of(cast.aoyama), TODAY)
    assert row.ages == {"not_due": 1, "to_30": 6, "to_60": 24, "to_90": 96, "older": 128}
    assert (row.open, row.advance, row.balance, row.overdue) == (255, 5, 250, 254)


def test_only_those_whom_one_may_know_and_as_one_narrows(cast: Cast, firm: Any) -> None:
    other = customer(cast.senda, "別の会社", "ベツノカイシャ")
    owes(firm, 1_000, date(2026, 1, 31))
    owes(other, 5_000)
    rows = receivables.rows(viewer_of(cast.aoyama), TODAY)
    assert [row.account for row in rows] == [other, firm]
    assert receivables.whole(rows).balance == 6_000
    mine = receivables.rows(viewer_of(cast.aoyama), TODAY, mine=True)
    assert [row.account for row in mine] == [firm]
    late = receivables.rows(viewer_of(cast.aoyama), TODAY, only="overdue")
    assert [row.account for row in late] == [firm]
    actions.edit(other, {"privacy": "private"}, by=cast.senda)
    assert [row.account for row in receivables.rows(viewer_of(cast.aoyama), TODAY)] == [firm]


def test_the_questions_stay_few(cast: Cast, django_assert_num_queries: Any) -> None:
    for number in range(6):
        owes(customer(cast.aoyama, f"会社{number}", ""), 1_000)
    viewer = viewer_of(cast.aoyama)
    receivables.rows(viewer, TODAY)
    with django_assert_num_queries(8):
        assert len(receivables.rows(viewer, TODAY)) == 6


def test_a_limit_is_set_warned_of_and_taken_back(cast: Cast, firm: Any) -> None:
    viewer = viewer_of(cast.aoyama)
    set_limit(firm, "100万円", "決算書より", by=cast.aoyama, today=TODAY)
    owes(firm, 700_000)
    assert credit.warn(firm, viewer, TODAY) == []
    owes(firm, 150_000)
    assert "残り150,000円" in credit.warn(firm, viewer, TODAY)[0]
    owes(firm, 200_000, date(2026, 10, 31))
    over, late = credit.warn(firm, viewer, TODAY)
    assert "50,000円超えています" in over
    assert "200,000円" in late
    assert [row.account for row in receivables.rows(viewer, TODAY, only="over")] == [firm]
    set_limit(firm, "", by=cast.aoyama, today=TODAY)
    assert not CreditLimit.objects.exists()
    event = Event.objects.filter(kind="account.credit_limit_set").order_by("-pk")[0]
    undo(event, by=cast.aoyama)
    assert CreditLimit.objects.get().amount == 1_000_000


@pytest.mark.parametrize("amount", ["-1", "たくさん", "9" * 20])
def test_a_wrong_limit_is_refused(cast: Cast, firm: Any, amount: str) -> None:
    with pytest.raises(Invalid):
        set_limit(firm, amount, by=cast.aoyama, today=TODAY)
    with pytest.raises(Forbidden):
        set_limit(firm, "1", by=cast.senda, today=TODAY)
    assert not CreditLimit.objects.exists()


def test_a_statement_runs_from_balance_to_balance(cast: Cast, firm: Any) -> None:
    owes(firm, 10_000, on=date(2026, 8, 31))
    pay(cast, firm, 4_000, "2026-09-10")
    owes(firm, 20_000, on=date(2026, 10, 31))
    gone = pay(cast, firm, 6_000, "2026-11-02")
    payments.cancel(gone, "組戻し", "2026-11-10", by=cast.aoyama, today=TODAY)
    found = statement.of(firm, date(2026, 10, 1), TODAY, viewer_of(cast.aoyama))
    assert (found.before, found.asked, found.paid, found.after) == (6_000, 20_000, 0, 26_000)
    assert [(each.day.day, each.asked, each.paid, each.balance) for each in found.entries] == [
        (31, 20_000, 0, 26_000), (2, 0, 6_000, 20_000), (10, 0, -6_000, 26_000),
    ]  # fmt: skip
    assert found.whole
    empty = statement.of(firm, date(2026, 11, 11), TODAY, viewer_of(cast.aoyama))
    assert (empty.before, empty.after, empty.entries) == (26_000, 26_000, ())


def test_figures_are_made_of_what_one_may_know(cast: Cast, client: Any, firm: Any) -> None:
    set_limit(firm, 1_000_000, by=cast.aoyama, today=TODAY)
    owes(firm, 3_000_000, date(2026, 10, 31))
    assert credit.standings([firm], TODAY, viewer_of(cast.aoyama))[firm.pk].balance == 3_000_000
    Role.objects.filter(key="rep").update(
        grants={"*": {"view": "all", "edit": "all", "create": "all"}, "invoice": {"view": "own"}}
    )
    stranger = viewer_of(Person.objects.get(pk=cast.senda.pk))
    now = credit.standings([firm], TODAY, stranger)[firm.pk]
    assert (now.balance, now.overdue, now.over) == (0, 0, False)
    assert credit.warn(firm, stranger, TODAY) == ["与信超過"], "that is said, but not how much"
    client.force_login(cast.senda)
    for address in (reverse("billing:statement", args=[firm.uid]), f"/accounts/{firm.uid}/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "3,000,000" not in answer.content.decode()


def test_whoever_may_not_know_sums_reads_none(cast: Cast, client: Any, firm: Any) -> None:
    invoice = owes(firm, 7_654_321)
    paid = pay(cast, firm, 7_654_321)
    hidden = {
        "invoice": dict.fromkeys(("net", "total", "open", "paid"), "hidden"),
        "payment": dict.fromkeys(("amount", "used", "left"), "hidden"),
    }
    pages = [invoice.get_absolute_url(), paid.get_absolute_url(), firm.get_absolute_url()]
    client.force_login(cast.senda)
    assert all("7,654,321" in client.get(page).content.decode() for page in pages)
    Role.objects.filter(key="rep").update(field_rules=hidden)
    for page in pages:
        assert "7,654,321" not in client.get(page).content.decode(), page
