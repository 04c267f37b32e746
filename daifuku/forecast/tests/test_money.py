"""Figures by what was billed and what came in, and how a won deal is divided by product group."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.billing.actions import bill_deliveries, correct, payments
from daifuku.billing.models import Invoice
from daifuku.deals.actions import processes as verbs
from daifuku.deals.models import Deal
from daifuku.forecast import opening, reading
from daifuku.forecast.actions import Cell, edit_setting, enter_targets
from daifuku.forecast.models import Booked, Setting, Summed, Target
from daifuku.forecast.parts import divided
from daifuku.orders.actions import deliver
from daifuku.orders.actions.entering import lines_of
from daifuku.records import actions
from daifuku.records.conditions import parse
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.forecast.reading import Figures, Told
    from daifuku.staff.testing import Cast

    One = Callable[..., Figures]
    Make = Callable[..., Any]

pytestmark = pytest.mark.django_db
TODAY, NOVEMBER = date(2026, 11, 25), date(2026, 11, 1)


@pytest.fixture
def delivered(cast: Cast, order: Make) -> Any:
    made = order(10)
    line = lines_of(made)[0]
    return deliver(made, {str(line.uid): "10"}, {}, by=cast.mori, today=TODAY)


@pytest.fixture
def invoice(cast: Cast, delivered: Any) -> Any:
    return bill_deliveries([delivered], {"due_on": "2026-12-31"}, by=cast.mori, today=TODAY)


def test_what_was_billed_counts_without_tax_by_its_goods(
    cast: Cast, invoice: Any, told: Callable[..., Told]
) -> None:
    seen = told(cast.mori, basis="invoiced")
    assert seen.months[NOVEMBER].actual == invoice.net == 10_000
    assert seen.groups["supplies"].actual == 10_000


def test_a_correction_takes_it_back(cast: Cast, invoice: Any, november: One) -> None:
    correct(invoice, "数量の誤り", by=cast.mori, today=TODAY, rewrite=False)
    assert november(cast.mori, basis="invoiced").actual == 0


def test_what_is_delivered_and_not_billed_lands_until_it_is(
    cast: Cast, delivered: Any, november: One
) -> None:
    figures = november(cast.mori, basis="invoiced")
    assert (figures.actual, figures.ahead, figures.landing) == (0, 10_000, 10_000)
    bill_deliveries([delivered], {}, by=cast.mori, today=TODAY)
    figures = november(cast.mori, basis="invoiced")
    assert (figures.actual, figures.ahead, figures.landing) == (10_000, 0, 10_000)


def test_money_that_came_in_counts_with_tax_and_what_is_due_lands(
    cast: Cast, firm: Any, invoice: Any, told: Callable[..., Told]
) -> None:
    assert told(cast.mori, basis="received").months[date(2026, 12, 1)].landing == 11_000
    values = {"account": firm, "paid_on": TODAY, "amount": "4000"}
    paid = payments.record(values, by=cast.mori, today=TODAY)
    seen = told(cast.mori, basis="received")
    assert seen.months[NOVEMBER].actual == 4_000
    assert seen.months[date(2026, 12, 1)].ahead == 7_000
    assert not seen.groups
    payments.cancel(paid, "組戻し", TODAY, by=cast.mori, today=TODAY)
    seen = told(cast.mori, basis="received")
    assert seen.months[NOVEMBER].actual == 0
    assert seen.months[date(2026, 12, 1)].ahead == 11_000


def test_papers_of_a_customer_that_became_private_are_in_no_other_sum(
    cast: Cast, firm: Any, invoice: Any, november: One
) -> None:
    payments.record({"account": firm, "paid_on": TODAY, "amount": "4000"}, by=cast.mori, today=TODAY)
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    for basis in ("invoiced", "received"):
        assert november(cast.mori, basis=basis).actual == 0


def test_the_setting_offers_both(cast: Cast) -> None:
    edit_setting({"basis": "invoiced"}, by=cast.mizuno)
    assert Setting.objects.get().basis == "invoiced"
    edit_setting({"basis": "received"}, by=cast.mizuno)


def test_a_won_deal_is_divided_as_its_order_is(
    cast: Cast, deal: Make, order: Make, told: Callable[..., Told]
) -> None:
    machine = actions.create("product", {"code": "M", "name": "包装機", "price": "3000", "group": "parts"},
                             by=cast.osaki)  # fmt: skip
    made = order(1, "2026-11-10", deal=deal(100_001))
    actions.create("order_line", {"order": made, "product": machine, "quantity": "1"}, by=cast.aoyama)
    groups = told(cast.mori, basis="won").groups
    assert (groups["supplies"].actual, groups["parts"].actual) == (25_000, 75_001)


def test_without_an_order_the_product_that_it_names_counts(
    cast: Cast, tape: Any, deal: Make, told: Callable[..., Told]
) -> None:
    made = deal(50_000, product="布粘着テープ")
    Deal.plain.filter(pk=made.pk).update(state="won", closed_on=TODAY)
    from daifuku.forecast import booking

    booking.deals_counted([made.pk])
    assert told(cast.mori, basis="won").groups["supplies"].actual == 50_000


@given(
    st.integers(-(10**12), 10**12), st.dictionaries(st.text(max_size=3), st.integers(-5, 10**9), max_size=6)
)
def test_the_parts_are_the_whole(amount: int, parts: dict[str, int]) -> None:
    assert sum(divided(amount, parts).values()) == amount


def test_goods_of_another_group_count_there_at_once(
    cast: Cast, tape: Any, invoice: Any, told: Callable[..., Told]
) -> None:
    actions.edit(tape, {"group": "parts"}, by=cast.osaki)
    for basis in ("ordered", "delivered", "invoiced"):
        groups = told(cast.mori, basis=basis).groups
        assert set(groups) == {"parts"}, basis


def test_a_stage_that_means_something_else_is_told_at_once(cast: Cast, deal: Make, november: One) -> None:
    made = deal(80_000)
    assert november(cast.mori).open > 0
    verbs.save_stage("standard", "appointment", {"kind": "won"}, by=cast.mizuno)
    actions.edit(made, {"stage": "appointment", "stage_note": "訪問"}, by=cast.aoyama)
    assert Booked.objects.filter(source="won", record_id=made.pk).exists()
    verbs.save_stage("standard", "appointment", {"kind": "open"}, by=cast.mizuno)
    assert not Booked.objects.filter(source="won", record_id=made.pk).exists()
    assert Deal.plain.get(pk=made.pk).closed_on is None


def test_a_target_opens_the_targets_that_it_adds_up(
    cast: Cast, told: Callable[..., Told], order: Make
) -> None:
    december = date(2026, 12, 1)
    cells = [
        Cell("a", NOVEMBER, "100000", owner=cast.aoyama), Cell("b", NOVEMBER, "200000", owner=cast.baba),
        Cell("c", december, "500000"), Cell("d", december, "70000", owner=cast.aoyama),
    ]  # fmt: skip
    enter_targets(cells, by=cast.mori)
    seen = told(cast.mori)
    figures = seen.of_span(reading.Span(NOVEMBER, december))
    assert figures.target == 800_000
    where = json.loads(parse_qs(urlsplit(opening.of_targets(figures.targets)).query)["where"][0])
    viewer = Viewer(cast.mori)
    rows = Target.objects.visible_to(viewer).filter(parse(where, "target", viewer).q(viewer, TODAY))
    assert sum(row.amount for row in rows) == 800_000


def test_best_case_and_sure_open_the_deals_that_are_said_to_be_so(
    cast: Cast, deal: Make, login_as: Callable[..., Any]
) -> None:
    from django.utils import timezone

    today = timezone.localdate()
    for name, forecast in (("確実な商談", "commit"), ("最良の商談", "best"), ("ただの商談", "pipeline")):
        deal(10_000, close_on=today.isoformat(), name=name, forecast=forecast)
    span = reading.Span(today.replace(day=1), today.replace(day=1))
    client = login_as(cast.mori)
    sure = client.get(opening.open_deals(span, None, reading.COMMIT)).content.decode()
    assert "確実な商談" in sure
    assert "最良の商談" not in sure
    best = client.get(opening.open_deals(span, None, (*reading.COMMIT, reading.BEST))).content.decode()
    assert "最良の商談" in best
    assert "ただの商談" not in best
    page = client.get("/forecast/").content.decode()
    assert page.count("%22best%22") >= 1


def test_older_papers_are_counted_when_the_room_is_new(cast: Cast, invoice: Any, november: One) -> None:
    from daifuku.forecast import booking

    Booked.objects.all().delete()
    Summed.objects.all().delete()
    booking.renew()
    assert november(cast.mori, basis="invoiced").actual == Invoice.plain.get().net
