"""An order needs its day, its goods and the day on which it is due; all of it comes in at once or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.orders.actions import cancel, change_lines, confirm, deliver, enter
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Order, OrderLine
from daifuku.records import actions, search, undoing
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


def fresh(order: Any) -> Order:
    found: Order = Order.plain.get(pk=order.pk)
    return found


def test_prices_tax_and_sums_come_from_the_price_list(cast: Cast, firm: Any, tape: Any, order: Any) -> None:
    first, second = lines_of(order)
    assert (first.name, first.unit, first.unit_price, first.amount, first.rate) == (
        "布粘着テープ",
        "巻",
        1000,
        10000,
        10,
    )
    assert (second.tax_class, second.rate, second.amount) == ("reduced", 8, 1500)
    assert (order.net, order.tax, order.total, order.state) == (11500, 1120, 12620, "open")
    assert order.number.startswith("J2026-")
    assert (order.payment_terms, order.owner) == ("月末締め翌月末払い", cast.aoyama)
    actions.create("price", {"product": tape, "account": firm, "amount": "900"}, by=cast.osaki)
    line = {"order": order, "product": tape, "quantity": 1}
    assert actions.create("order_line", line, by=cast.aoyama).unit_price == 900
    assert actions.create("order_line", line | {"unit_price": 0}, by=cast.aoyama).unit_price == 0
    assert fresh(order).net == 12400


@pytest.mark.parametrize(
    ("values", "lines", "problems"),
    [
        ({"ordered_on": ""}, [{}], {"ordered_on": "required"}),
        ({"due_on": ""}, [{}], {"due_on": "required"}),
        ({"due_on": "2026-11-19"}, [{}], {"due_on": "due_before"}),
        ({"account": ""}, [{}], {"account": "required"}),
        ({}, [], {"lines": "required"}),
        ({"due_on": ""}, [], {"due_on": "required", "lines": "required"}),
        ({}, [{"quantity": "-1"}], {"lines.0.quantity": "negative"}),
        ({}, [{"quantity": "0"}], {"lines.0.quantity": "range"}),
        ({}, [{"quantity": "999999999999"}], {"lines.0.quantity": "too_large"}),
        ({}, [{"quantity": "999999999", "unit_price": "99999999999"}], {"lines.0.quantity": "too_large"}),
        ({}, [{"quantity": "たくさん"}], {"lines.0.quantity": "invalid"}),
        (
            {"ordered_on": "2019-09-01", "due_on": "2019-09-20"},
            [{"tax_class": "reduced"}],
            {"lines.0.tax_class": "rate"},
        ),
        ({}, [{"due_on": "2026-11-01"}], {"lines.0.due_on": "due_before"}),
        ({}, [{"discount": "120"}], {"lines.0.discount": "range"}),
        ({}, [{"product": "", "name": ""}], {"lines.0.name": "required"}),
        ({}, [{}, {"product": "知らない商品"}], {"lines.1.product": "unknown"}),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    cast: Cast,
    firm: Any,
    tape: Any,
    values: dict[str, Any],
    lines: list[dict[str, Any]],
    problems: dict[str, str],
) -> None:
    given = {"account": firm, "ordered_on": "2026-11-20", "due_on": "2026-11-30"} | values
    with pytest.raises(Invalid) as error:
        enter(given, [{"product": tape, "quantity": 1} | line for line in lines], by=cast.aoyama)
    assert {each.field: each.code for each in error.value.problems} == problems
    assert not Order.plain.exists()
    assert not OrderLine.plain.exists()


def test_what_is_sold_no_more_is_refused_and_its_successor_named(
    cast: Cast, firm: Any, tape: Any, miso: Any
) -> None:
    tape = actions.edit(tape, {"discontinued_on": "2026-11-01", "successor": miso}, by=cast.osaki)
    values = {"account": firm, "ordered_on": "2026-11-20", "due_on": "2026-11-30"}
    with pytest.raises(Invalid, match="後継は「赤みそ」です"):
        enter(values, [{"product": tape, "quantity": 1}], by=cast.aoyama)


def test_lines_are_changed_added_and_taken_out_together(cast: Cast, tape: Any, order: Any) -> None:
    first, second = lines_of(order)
    rows: list[dict[str, Any]] = [
        {"uid": str(first.uid), "quantity": "20"}, {"uid": str(second.uid), "remove": True},
        {"kind": "heading", "name": "追加分"}, {"name": "特注の箱", "quantity": "2", "unit_price": "1500.5"},
        {"kind": "discount", "name": "出精値引き", "unit_price": "1000", "tax_class": "standard"},
    ]  # fmt: skip
    changed = change_lines(order, rows, by=cast.aoyama)
    assert [line.amount for line in lines_of(changed)] == [20000, 0, 3001, -1000]
    assert (changed.net, changed.tax) == (22001, 2200)
    with pytest.raises(Invalid) as error:
        change_lines(
            order, [{"uid": str(first.uid), "quantity": "5"}, {"name": "", "quantity": 1}], by=cast.aoyama
        )
    assert [each.field for each in error.value.problems] == ["lines.1.name"]
    assert OrderLine.plain.get(pk=first.pk).quantity == 20


def test_a_change_is_told_and_undone_and_the_sums_follow(cast: Cast, order: Any) -> None:
    first = lines_of(order)[0]
    actions.edit(first, {"quantity": "1"}, by=cast.aoyama)
    assert fresh(order).net == 2500
    undoing.undo(Event.objects.get(kind="order_line.edited"), by=cast.aoyama)
    assert fresh(order).net == 11500
    actions.trash(first, by=cast.aoyama)
    assert fresh(order).net == 1500
    undoing.undo(Event.objects.get(kind="order_line.trashed"), by=cast.aoyama)
    assert fresh(order).net == 11500
    told = Event.objects.filter(subjects__object="order", subjects__record_id=order.pk)
    assert {"order.created", "order_line.created", "order_line.edited", "order_line.trashed"} <= set(
        told.values_list("kind", flat=True)
    )


def test_the_lines_follow_their_order_and_are_no_wider_open(cast: Cast, firm: Any, order: Any) -> None:
    actions.edit(order, {"owner": cast.baba, "ordered_on": "2026-11-18"}, by=cast.aoyama)
    assert {(line.owner, line.ordered_on) for line in lines_of(order)} == {(cast.baba, date(2026, 11, 18))}
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    assert not Order.objects.visible_to(viewer_of(cast.senda)).exists()
    assert not OrderLine.objects.visible_to(viewer_of(cast.senda)).exists()
    assert OrderLine.objects.visible_to(viewer_of(cast.aoyama)).count() == 2


def test_orders_are_found_by_their_number_and_lines_only_in_their_list(cast: Cast, order: Any) -> None:
    viewer = viewer_of(cast.aoyama)
    assert order in [hit.record for hit in search.search(order.number, viewer)]
    assert not [hit for hit in search.search("布粘着", viewer) if hit.record.object_key == "order_line"]
    assert search.narrow(OrderLine.objects.visible_to(viewer), "布粘着", "order_line", viewer).count() == 1


def test_a_number_of_ones_own_is_kept_and_nobody_gets_it_again(
    cast: Cast, firm: Any, tape: Any, order: Any
) -> None:
    following = order.number[:-1] + str(int(order.number[-1]) + 1)
    values = {"account": firm, "ordered_on": "2026-11-20", "due_on": "2026-11-30"}
    own = enter(values | {"number": following}, [{"product": tape, "quantity": 1}], by=cast.aoyama)
    third = enter(values, [{"product": tape, "quantity": 1}], by=cast.aoyama)
    assert own.number == following
    assert len({order.number, own.number, third.number}) == 3
    with pytest.raises(Invalid):
        enter(values | {"number": following}, [{"product": tape, "quantity": 1}], by=cast.aoyama)


def test_a_confirmation_is_sealed_and_a_later_one_names_it(cast: Cast, order: Any) -> None:
    first = confirm(order, by=cast.aoyama, today=TODAY)
    assert first.number.startswith("C2026-")
    assert first.amount == 12620
    change_lines(order, [{"name": "追加", "quantity": 1, "unit_price": "100"}], by=cast.aoyama)
    second = confirm(order, by=cast.aoyama, today=TODAY)
    assert second.replaces == first
    assert ["訂正する注文請書", first.number] in second.data["terms"]
    assert first.data["total"] == "12,620"
    with pytest.raises(Invalid):
        actions.edit(order, {"number": "X-1"}, by=cast.aoyama)
    with pytest.raises(Conflict):
        actions.trash(order, by=cast.aoyama)
    with pytest.raises((Forbidden, NotFound)):
        confirm(order, by=cast.eguchi, today=TODAY)


def test_an_order_is_cancelled_with_a_reason_and_taken_up_again(cast: Cast, order: Any) -> None:
    with pytest.raises(Invalid):
        cancel(order, " ", by=cast.aoyama, today=TODAY)
    done = cancel(order, "先方の都合", by=cast.aoyama, today=TODAY)
    assert (done.state, done.cancel_reason) == ("cancelled", "先方の都合")
    assert not OrderLine.plain.filter(counts=True).exists()
    with pytest.raises(Conflict):
        cancel(order, "もう一度", by=cast.aoyama, today=TODAY)
    with pytest.raises(Conflict):
        deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    undoing.undo(Event.objects.get(kind="order.cancelled"), by=cast.aoyama)
    assert (fresh(order).state, fresh(order).cancelled_on) == ("open", None)
    assert OrderLine.plain.filter(counts=True).count() == 2


def test_a_product_that_is_gone_stays_on_the_order(cast: Cast, tape: Any, order: Any) -> None:
    actions.edit(tape, {"name": "別の名前"}, by=cast.osaki)
    actions.trash(tape, by=cast.osaki)
    line = lines_of(order)[0]
    assert (line.name, line.unit_price) == ("布粘着テープ", Decimal(1000))


def test_who_may_not_change_an_order_adds_no_line_to_it(cast: Cast, order: Any) -> None:
    with pytest.raises(Forbidden):
        change_lines(order, [{"name": "横入り", "quantity": 1}], by=cast.senda)
    with pytest.raises(Invalid, match="権限がありません"):
        actions.create("order_line", {"order": order, "name": "横入り", "quantity": 1}, by=cast.senda)
    assert lines_of(order).count() == 2
