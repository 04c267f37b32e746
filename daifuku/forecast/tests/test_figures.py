"""What was reached and where a month lands, for whoever looks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.deals.actions import carrying, following, lose
from daifuku.deals.actions import processes as verbs
from daifuku.deals.models import Deal
from daifuku.forecast import booking, reading, sources
from daifuku.forecast.actions import Cell, enter_targets
from daifuku.forecast.models import Booked, Summed
from daifuku.jobs import queue, running
from daifuku.orders.actions import cancel, deliver
from daifuku.orders.actions.entering import lines_of
from daifuku.records import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.forecast.reading import Figures, Told
    from daifuku.staff.testing import Cast

    One = Callable[..., Figures]
    Make = Callable[..., Any]

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def test_an_order_counts_in_its_month(cast: Cast, order: Make, told: Callable[..., Told]) -> None:
    order(10)
    order(3, day="2026-10-31")
    seen = told(cast.mori)
    assert seen.months[date(2026, 11, 1)].actual == 10_000
    assert seen.months[date(2026, 10, 1)].actual == 3_000
    assert seen.people[cast.aoyama.pk].actual == 10_000
    assert seen.groups["supplies"].actual == 10_000


def test_what_changes_with_an_order_changes_here(cast: Cast, order: Make, november: One) -> None:
    made = order(10)
    line = lines_of(made)[0]
    actions.edit(line, {"quantity": "4"}, by=cast.aoyama)
    assert november(cast.mori).actual == 4_000
    made.refresh_from_db()
    actions.edit(made, {"ordered_on": "2026-10-01"}, by=cast.aoyama)
    assert november(cast.mori).actual == 0
    made.refresh_from_db()
    cancel(made, "重複", by=cast.aoyama, today=TODAY)
    assert not Booked.objects.filter(source="ordered").exists()


def test_what_is_due_on_another_day_lands_in_its_month(cast: Cast, order: Make) -> None:
    made = order(10)
    actions.edit(made, {"due_on": "2027-05-01"}, by=cast.aoyama)
    assert Booked.objects.get(source="backlog").month == date(2027, 5, 1)


def test_a_deal_of_nobody_that_the_customer_himself_accepts_is_won(
    cast: Cast, deal: Make, november: One
) -> None:
    made = deal(1_000)
    actions.edit(made, {"owner": None}, by=cast.mori)
    following.standing.append(lambda keys: {made.pk: {"order"}})
    try:
        following.follow([made.pk], by=None, came="order")
    finally:
        following.standing.pop()
    assert (november(cast.mori, basis="won").actual, november(cast.mori).open) == (1_000, 0)


def test_an_order_in_the_trash_does_not_count(cast: Cast, order: Make, november: One) -> None:
    made = order(10)
    thrown = actions.trash(made, by=cast.aoyama)
    assert november(cast.mori).actual == 0
    actions.restore(thrown, by=cast.aoyama)
    assert november(cast.mori).actual == 10_000


def test_open_deals_land_by_their_probability(cast: Cast, order: Make, deal: Make, november: One) -> None:
    order(10)
    deal(100_000, probability="50", forecast="best")
    deal(40_000, probability="90", forecast="commit")
    deal(7_000_000, probability="90", forecast="omitted")
    figures = november(cast.mori)
    assert figures.open == 50_000 + 36_000
    assert figures.landing == 10_000 + 86_000
    assert figures.committed == 10_000 + 40_000
    assert figures.best_case == 10_000 + 140_000


def test_a_won_deal_counts_where_deals_are_the_basis(
    cast: Cast, deal: Make, order: Make, november: One
) -> None:
    order(100, "2026-11-10", deal=deal(100_000))
    figures = november(cast.mori, basis="won")
    assert figures.actual == 100_000
    assert figures.open == 0


def test_a_lost_deal_lands_nowhere(cast: Cast, deal: Make, november: One) -> None:
    made = deal(100_000)
    assert november(cast.mori).open == 10_000
    lose(made, {"lost_reason": "price"}, by=cast.aoyama)
    assert november(cast.mori).open == 0


def test_a_deal_whose_day_has_passed_is_told_apart(cast: Cast, deal: Make, told: Callable[..., Told]) -> None:
    deal(100_000, close_on="2026-09-30")
    seen = told(cast.mori)
    assert seen.overdue.deals == 1
    assert all(figures.open == 0 for figures in seen.months.values())


def test_deliveries_and_what_is_still_to_be_delivered(
    cast: Cast, order: Make, told: Callable[..., Told]
) -> None:
    made = order(10)
    line = lines_of(made)[0]
    deliver(made, {str(line.uid): "4"}, {}, by=cast.mori, today=TODAY)
    seen = told(cast.mori, basis="delivered")
    assert seen.months[date(2026, 11, 1)].actual == 4_000
    assert seen.months[date(2027, 3, 1)].ahead == 6_000
    assert seen.months[date(2027, 3, 1)].landing == 6_000


def test_last_year_stands_beside_this_one(cast: Cast, order: Make, november: One) -> None:
    order(10)
    order(5, day="2025-11-03")
    figures = november(cast.mori)
    assert (figures.last, figures.difference, figures.growth) == (5_000, 5_000, 200)


def test_a_rep_sees_his_own(cast: Cast, order: Make, told: Callable[..., Told]) -> None:
    order(10)
    order(7, by=cast.baba)
    seen = told(cast.aoyama)
    assert seen.months[date(2026, 11, 1)].actual == 10_000
    assert set(seen.people) == {cast.aoyama.pk}


def test_a_manager_sees_his_teams(cast: Cast, order: Make, told: Callable[..., Told]) -> None:
    order(10)
    order(7, by=cast.baba)
    order(5, by=cast.senda)
    seen = told(cast.osaki)
    assert seen.months[date(2026, 11, 1)].actual == 17_000
    assert told(cast.mori).months[date(2026, 11, 1)].actual == 22_000


def test_what_is_kept_private_does_not_show_in_a_sum(
    cast: Cast, firm: Any, order: Make, november: One
) -> None:
    order(10)
    deal = actions.create(
        "deal",
        {"name": "内密", "account": firm, "amount": 90_000, "close_on": "2026-11-30", "privacy": "private"},
        by=cast.aoyama,
    )
    assert deal.privacy == "private"
    assert november(cast.mori).open == 0
    assert november(cast.aoyama).open == 9_000
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    assert november(cast.mori).actual == 0
    assert november(cast.aoyama).actual == 10_000


def test_a_deal_of_a_customer_that_became_private_is_in_no_other_sum(
    cast: Cast, firm: Any, order: Make, november: One
) -> None:
    values = {"name": "内密", "account": firm, "amount": 90_000, "close_on": "2026-11-30"}
    actions.create("deal", values, by=cast.aoyama)
    assert november(cast.mori).open == 9_000
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    assert [november(person).open for person in (cast.mori, cast.aoyama)] == [0, 9_000]
    actions.edit(firm, {"privacy": ""}, by=cast.aoyama)
    assert november(cast.mori).open == 9_000


def test_targets_of_people_make_those_of_teams_and_firm(cast: Cast, november: One) -> None:
    month = date(2026, 11, 1)
    cells = [Cell("a", month, "10万", owner=cast.aoyama), Cell("b", month, "200000", owner=cast.baba)]
    enter_targets(cells, by=cast.mori)
    assert november(cast.mori).target == 300_000
    assert november(cast.osaki).target == 300_000
    assert november(cast.aoyama).target == 100_000
    assert november(cast.senda).target is None
    enter_targets([Cell("c", month, "50万円")], by=cast.mori)
    assert november(cast.mori).target == 500_000


def test_the_rate_is_cut_off(cast: Cast, order: Make, november: One) -> None:
    order(1)
    enter_targets([Cell("a", date(2026, 11, 1), "1001", owner=cast.aoyama)], by=cast.mori)
    assert november(cast.aoyama).rate == 99


def test_sums_are_the_same_after_they_were_put_together_and_renewed(
    cast: Cast, order: Make, deal: Make, november: One
) -> None:
    for quantity in range(1, 6):
        order(quantity)
    deal(100_000)
    before = november(cast.mori)
    booking.put_together()
    assert Summed.objects.filter(source="ordered").count() == 1
    assert november(cast.mori) == before
    Booked.objects.all().delete()
    Summed.objects.all().delete()
    booking.renew()
    assert november(cast.mori) == before
    assert not booking.unfilled()


def test_the_sums_are_those_of_the_records(cast: Cast, order: Make, deal: Make) -> None:
    """Whatever was done: the sums say what the sources say."""
    made = order(10)
    order(4, by=cast.baba)
    deal(5_000)
    actions.edit(made, {"owner": cast.baba}, by=cast.mori)
    for source in sources.every():
        keys = list(source.model.plain.values_list("pk", flat=True))
        rows = [row for each in source.rows(keys).values() for row in each]
        span = reading.Span(date(2000, 1, 1), date(2100, 1, 1))
        from daifuku.staff.viewer import viewer_of

        sums = list(reading.sums(source, span, viewer_of(cast.mori), None))
        assert sum(row.amount for row in rows) == sum(row.amount for row in sums)
        assert {row.owner for row in rows} == {row.owner for row in sums if row.amount}


def test_deals_that_are_carried_into_another_process_land_as_it_says(
    cast: Cast, deal: Make, november: One
) -> None:
    deal(1_000_000)
    begun = november(cast.mori).open
    row = verbs.add_process({"name": "リピート"}, by=cast.mizuno)
    carrying.carry("standard", row.key, {"inquiry": f"{row.key}_3"}, by=cast.mizuno)
    waiting = queue.claim()
    assert waiting is not None
    running.carry_out(waiting)
    assert november(cast.mori).open == Deal.plain.get().expected != begun
