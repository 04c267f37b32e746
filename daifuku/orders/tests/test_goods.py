"""An order without goods is refused on every way in; one file brings orders with their lines, a row a line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.foundation.errors import Invalid
from daifuku.ledger.models import Event
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Order, OrderLine
from daifuku.records import actions, undoing
from daifuku.records.actions.rows import create_many
from daifuku.transfers.models import RejectedRow
from daifuku.transfers.tests.files import brought_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
HEAD = "受注番号,取引先,受注日,納期,商品コード,品名,数量,単価"


@pytest.fixture
def values(firm: Any) -> dict[str, Any]:
    return {"account": firm, "ordered_on": "2026-11-20", "due_on": "2026-11-30"}


def refused(error: Any) -> dict[str, str]:
    return {each.field: each.code for each in error.value.problems}


def test_without_goods_it_is_refused(cast: Cast, values: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="受注した商品を1つ以上入力してください") as error:
        actions.create("order", values, by=cast.aoyama)
    assert refused(error) == {"goods": "required"}
    assert isinstance(create_many("order", [values], by=cast.aoyama)[0], Invalid)
    assert not Order.plain.exists()


def test_with_them_it_has_lines_and_sums(cast: Cast, values: dict[str, Any], tape: Any) -> None:
    goods = [{"product": "HK-1", "quantity": "3"}, {"name": "送料", "quantity": "1", "unit_price": "800"}]
    order = actions.create("order", {**values, "goods": goods}, by=cast.aoyama)
    assert [(line.name, line.amount) for line in lines_of(order)] == [("布粘着テープ", 3000), ("送料", 800)]
    assert Order.plain.get().net == 3800


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"product": "知らない商品"}, "unknown"),
        ({"product": "HK-1", "quantity": "-1"}, "negative"),
        ({"product": "HK-1", "quantity": "999999999999"}, "too_large"),
        ({"product": "HK-1", "due_on": "2026-11-01"}, "due_before"),
        ({"product": "HK-1", "colour": "red"}, "unknown_field"),
        ("たくさん", "type"),
    ],
)
def test_what_is_wrong_with_a_line_is_said_of_it(
    cast: Cast, values: dict[str, Any], tape: Any, row: Any, code: str
) -> None:
    with pytest.raises(Invalid) as error:
        actions.create("order", {**values, "goods": [row]}, by=cast.aoyama)
    assert refused(error) == {"goods": code}
    assert not Order.plain.exists()
    assert not OrderLine.plain.exists()


def test_later_they_are_changed_as_lines(cast: Cast, order: Any) -> None:
    with pytest.raises(Invalid, match="受注明細で変更してください"):
        actions.edit(order, {"goods": [{"name": "追加", "quantity": "1"}]}, by=cast.aoyama)
    actions.edit(order, {"title": "別の件名"}, by=cast.aoyama)


def test_undone_the_order_is_gone(cast: Cast, values: dict[str, Any], tape: Any) -> None:
    actions.create("order", {**values, "goods": [{"product": "HK-1"}]}, by=cast.aoyama)
    undoing.undo(Event.objects.filter(kind="order.created").latest("id"), by=cast.aoyama)
    assert not Order.plain.filter(trashed_at__isnull=True).exists()


def test_one_file_brings_orders_with_their_lines(cast: Cast, firm: Any, tape: Any, miso: Any) -> None:
    rows = [
        HEAD,
        "A-1,青葉商事,2026/11/20,2026/11/30,HK-1,,10,",
        "A-1,青葉商事,2026/11/20,2026/12/05,SH-1,,3,450",
        "A-2,青葉商事,2026/11/21,2026/11/30,,特注の箱,2,1500",
        ",,,,HK-1,,1,",
    ]
    imported = brought_in("\n".join(rows) + "\n", cast.mizuno, object_key="order")
    assert (imported.counts["new"], imported.counts["rejected"]) == (2, 0)
    first, second = Order.plain.order_by("number")
    assert [(line.name, line.quantity, line.amount, line.due_on) for line in lines_of(first)] == [
        ("布粘着テープ", 10, 10_000, None), ("赤みそ", 3, 1350, date(2026, 12, 5)),
    ]  # fmt: skip
    assert [line.name for line in lines_of(second)] == ["特注の箱", "布粘着テープ"]
    assert (first.net, second.net) == (11_350, 4_000)


def test_a_row_that_is_wrong_sends_back_the_whole_order_and_no_other(
    cast: Cast, firm: Any, tape: Any
) -> None:
    rows = [
        HEAD,
        "B-1,青葉商事,2026/11/20,2026/11/30,HK-1,,10,",
        "B-1,青葉商事,2026/11/20,2026/11/30,NONE-9,,1,",
        "B-2,青葉商事,2026/11/20,2026/11/30,,,,",
        "B-3,青葉商事,2026/11/20,2026/11/30,HK-1,,1,",
    ]
    imported = brought_in("\n".join(rows) + "\n", cast.mizuno, object_key="order")
    assert (imported.counts["new"], imported.counts["rejected"]) == (1, 2)
    assert [order.number for order in Order.plain.all()] == ["B-3"]
    told = {row.line: " ".join(row.reasons) for row in RejectedRow.objects.filter(imported=imported)}
    assert set(told) == {2, 3, 4}
    assert "受注商品2行目の商品" in told[2]
    assert "受注した商品を1つ以上入力してください" in told[4]


def test_two_customers_under_one_number_are_told(cast: Cast, firm: Any, tape: Any) -> None:
    actions.create("account", {"name": "桜物産"}, by=cast.aoyama)
    rows = [
        HEAD, "C-1,青葉商事,2026/11/20,2026/11/30,HK-1,,10,", "C-1,桜物産,2026/11/20,2026/11/30,HK-1,,10,",
    ]  # fmt: skip
    imported = brought_in("\n".join(rows) + "\n", cast.mizuno, object_key="order")
    assert imported.counts["new"] == 0
    reasons = RejectedRow.objects.filter(imported=imported).order_by("line").first()
    assert reasons is not None
    assert "同じ番号の行で「取引先」が違います" in " ".join(reasons.reasons)


def test_the_columns_of_the_lines_are_offered(
    cast: Cast, login_as: Callable[[Person], Client], firm: Any, tape: Any
) -> None:
    from daifuku.staff.viewer import Viewer
    from daifuku.transfers.mapping import guess_mapping

    headers = HEAD.split(",")
    assert guess_mapping(headers, "order", Viewer(cast.aoyama)) == [
        "number", "account", "ordered_on", "due_on", "goods.product", "goods.name", "goods.quantity",
        "goods.unit_price",
    ]  # fmt: skip
