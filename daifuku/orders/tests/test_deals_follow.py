"""The last stages of a deal follow its quotes, orders and deliveries, there and back; nobody types them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.deals import alone
from daifuku.deals.actions import lose, move
from daifuku.deals.models import Deal
from daifuku.foundation.errors import Invalid
from daifuku.ledger.models import Event
from daifuku.orders import state
from daifuku.orders.actions import cancel, deliver, enter, take_back, uncancel
from daifuku.orders.actions.entering import lines_of
from daifuku.quotes.actions.answering import record_answer
from daifuku.quotes.actions.issuing import issue, void
from daifuku.quotes.models import Quote
from daifuku.records import actions, undoing

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture
def deal(cast: Cast, firm: Any) -> Any:
    return actions.create("deal", {"name": "梱包材の切り替え", "account": firm}, by=cast.aoyama)


def ordered(cast: Cast, deal: Any, tape: Any, **more: Any) -> Any:
    values = {
        "account": deal.account,
        "deal": deal,
        "ordered_on": "2026-11-20",
        "due_on": "2026-11-30",
        **more,
    }
    return enter(values, [{"product": tape, "quantity": "10"}], by=cast.aoyama)


def now(deal: Any) -> Any:
    return Deal.plain.get(pk=deal.pk)


def test_an_order_wins_its_deal_on_its_own_day_with_its_amount(cast: Cast, deal: Any, tape: Any) -> None:
    ordered(cast, deal, tape)
    won = now(deal)
    assert (won.stage, won.state, won.closed_on, won.amount) == ("order", "won", date(2026, 11, 20), 10_000)


def test_undone_with_it(cast: Cast, deal: Any, tape: Any) -> None:
    ordered(cast, deal, tape)
    line = Event.objects.filter(kind="order.created").latest("id")
    undoing.undo(line, by=cast.aoyama)
    back = now(deal)
    assert (back.stage, back.state, back.closed_on, back.amount) == ("inquiry", "open", None, None)


def test_cancelled_it_goes_back_and_reopened_on_again(cast: Cast, deal: Any, tape: Any) -> None:
    order = ordered(cast, deal, tape)
    cancelled = cancel(order, "お客様の都合", by=cast.aoyama, today=TODAY)
    assert now(deal).stage == "inquiry"
    uncancel(cancelled, by=cast.aoyama)
    assert now(deal).stage == "order"


def test_delivered_in_part_it_waits_and_what_comes_back_takes_it_back(
    cast: Cast, deal: Any, tape: Any
) -> None:
    order = ordered(cast, deal, tape)
    line = lines_of(order)[0]
    deliver(order, {str(line.uid): "4"}, {}, by=cast.aoyama, today=TODAY)
    assert now(deal).stage == "order"
    second = deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    assert now(deal).stage == "delivery"
    take_back(second, None, "破損", by=cast.aoyama, today=TODAY)
    assert now(deal).stage == "order"


def test_one_more_order_takes_it_back_to_the_order(cast: Cast, deal: Any, tape: Any) -> None:
    deliver(ordered(cast, deal, tape), None, {}, by=cast.aoyama, today=TODAY)
    ordered(cast, deal, tape)
    assert now(deal).stage == "order"


def test_paid_it_is_done(cast: Cast, deal: Any, tape: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ordered(cast, deal, tape)
    deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    paid: dict[int, str] = {order.pk: "paid"}
    monkeypatch.setattr(state, "FURTHER", [lambda keys: paid])
    state.recount([order.pk], cast.aoyama)
    assert (now(deal).stage, now(deal).state) == ("payment", "done")
    paid.clear()
    state.recount([order.pk], cast.aoyama)
    assert (now(deal).stage, now(deal).state) == ("delivery", "won")


def test_an_order_that_names_another_deal_leaves_the_first(
    cast: Cast, firm: Any, deal: Any, tape: Any
) -> None:
    order = ordered(cast, deal, tape)
    other = actions.create("deal", {"name": "別の商談", "account": firm}, by=cast.aoyama)
    actions.edit(order, {"deal": other}, by=cast.aoyama)
    assert (now(deal).stage, now(other).stage) == ("inquiry", "order")


def test_a_lost_deal_stays_lost_until_a_new_paper_comes(cast: Cast, deal: Any, tape: Any) -> None:
    order = ordered(cast, deal, tape)
    lose(now(deal), {"lost_reason": "price"}, by=cast.aoyama)
    actions.edit(order, {"note": "急ぎ"}, by=cast.aoyama)
    assert now(deal).stage == "lost"
    ordered(cast, deal, tape)
    assert now(deal).stage == "order"


def quoted(cast: Cast, deal: Any) -> Any:
    lines = [{"name": "布粘着テープ", "quantity": "5", "unit_price": "1000"}]
    values = {"title": "梱包材", "account": deal.account, "deal": deal, "lines": lines}
    quote = actions.create("quote", values, by=cast.aoyama)
    issue(quote, by=cast.aoyama, today=quote.day)
    return Quote.plain.get(pk=quote.pk)


def test_a_quote_brings_it_on_when_it_is_issued_and_wins_it_when_accepted(cast: Cast, deal: Any) -> None:
    quote = quoted(cast, deal)
    assert (now(deal).stage, now(deal).amount) == ("quote", 5_000)
    record_answer(quote, "accepted", by=cast.aoyama, today=quote.day)
    assert now(deal).stage == "order"
    undoing.undo(Event.objects.filter(kind="quote.accepted").latest("id"), by=cast.aoyama)
    assert now(deal).stage == "quote"
    void(Quote.plain.get(pk=quote.pk), "条件の変更", by=cast.aoyama)
    assert now(deal).stage == "inquiry"


def test_a_quote_that_names_another_deal_leaves_the_first(cast: Cast, deal: Any) -> None:
    quote = quoted(cast, deal)
    other = actions.create("deal", {"name": "別の商談", "account": deal.account}, by=cast.aoyama)
    actions.edit(quote, {"deal": other}, by=cast.aoyama)
    assert (now(deal).stage, now(other).stage) == ("inquiry", "quote")


def test_by_hand_nobody_moves_it_there(cast: Cast, deal: Any) -> None:
    with pytest.raises(Invalid) as refused:
        move(deal, "order", by=cast.aoyama, reason="電話で注文")
    assert [(each.field, each.code) for each in refused.value.problems] == [("stage", "needs_document")]


def test_a_card_dropped_there_opens_the_form_of_the_document(
    cast: Cast, login_as: Login, deal: Any, tape: Any
) -> None:
    client = login_as(cast.aoyama)
    sent = {"view": "running", "field": "stage", "to": "order", "version": deal.version}
    answer = client.post(f"/deals/{deal.uid}/move/", sent)
    assert answer.status_code == 422
    opened = client.get(answer["Daifuku-Asks"])
    assert opened.status_code == 302
    form = client.get(opened["Location"]).content.decode()
    assert "登録すると、商談「梱包材の切り替え」は「受注（注文書）」に移ります。" in form
    order = ordered(cast, deal, tape)
    opened = client.get(f"/deals/{deal.uid}/stage/?stage=delivery")
    assert opened["Location"] == f"/orders/{order.uid}/deliver/"


def test_its_quote_fills_the_form(cast: Cast, login_as: Login, deal: Any) -> None:
    quote = quoted(cast, deal)
    opened = login_as(cast.aoyama).get(f"/deals/{deal.uid}/stage/?stage=order")
    assert opened["Location"] == f"/orders/enter/?quote={quote.uid}"


def test_the_page_of_the_deal_shows_its_orders_and_how_it_came_there(
    cast: Cast, login_as: Login, deal: Any, tape: Any
) -> None:
    order = ordered(cast, deal, tape)
    text = login_as(cast.aoyama).get(deal.get_absolute_url()).content.decode()
    assert order.number in text
    assert "書類で自動" in text


def test_past_its_day_it_is_left_alone(cast: Cast, deal: Any, tape: Any) -> None:
    ordered(cast, deal, tape)

    def keys(day: date) -> list[str]:
        return [each.key for each in alone.reasons([now(deal)], day, alone.limits())[deal.pk]]

    assert "undelivered" not in keys(date(2026, 11, 30))
    assert "undelivered" in keys(date(2026, 12, 1))


def test_delivered_and_not_invoiced_counts_where_the_house_invoices_here(
    cast: Cast, deal: Any, tape: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(ordered(cast, deal, tape), None, {}, by=cast.aoyama, today=TODAY)
    look = date(2026, 12, 10)
    monkeypatch.setattr(state, "FURTHER", [])
    assert alone.reasons([now(deal)], look, alone.limits())[deal.pk] == []
    monkeypatch.setattr(state, "FURTHER", [lambda keys: {}])
    assert [each.key for each in alone.reasons([now(deal)], look, alone.limits())[deal.pk]] == ["uninvoiced"]
