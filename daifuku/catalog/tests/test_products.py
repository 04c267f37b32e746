"""A product is a record like any other, with a code of its own and a cost that not everybody sees."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.catalog.models import Product
from daifuku.catalog.objects.unit_price import UnitPrice
from daifuku.foundation.errors import Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions, search, undoing
from daifuku.records.actions.rows import RowChange, change_rows
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Refused
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TAPE: dict[str, Any] = {
    "code": "HK-1", "name": "布粘着テープ", "kana": "ヌノネンチャクテープ", "unit": "巻", "price": "1,200",
    "cost": "800",
}  # fmt: skip


def product(cast: Cast, **values: Any) -> Product:
    made: Product = actions.create("product", TAPE | values, by=cast.osaki)
    return made


def refused(cast: Cast, **values: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as error:
        product(cast, **values)
    return [(problem.field, problem.code) for problem in error.value.problems]


def test_a_product_has_a_code_a_name_and_a_tax_class(cast: Cast) -> None:
    made = product(cast)
    assert (made.price, made.cost, made.tax_class) == (Decimal(1200), Decimal(800), "standard")
    assert refused(cast, code="", name="") == [("code", "required"), ("name", "required")]
    assert refused(cast, code="HK-2", tax_class="luxury") == [("tax_class", "choice")]


def test_no_two_products_have_the_same_code_not_even_in_the_trash(cast: Cast) -> None:
    made = product(cast)
    with pytest.raises(Invalid, match="「布粘着テープ」で使われています"):
        product(cast, name="別のテープ")
    actions.trash(made, by=cast.osaki)
    with pytest.raises(Invalid, match="ごみ箱の「布粘着テープ」"):
        product(cast)
    other = product(cast, code="HK-2")
    with pytest.raises(Invalid):
        actions.edit(other, {"code": "HK-1"}, by=cast.osaki)


def test_of_many_rows_the_second_with_the_same_code_is_refused_and_the_others_come_in(cast: Cast) -> None:
    rows = [TAPE, TAPE | {"name": "もう一度"}, TAPE | {"code": "HK-3"}]
    one, twin, three = actions.create_many("product", rows, by=cast.osaki)
    assert isinstance(twin, Invalid)
    assert twin.problems[0].code == "taken"
    assert {one.code, three.code} == {"HK-1", "HK-3"}
    changes = [RowChange(one.pk, {"code": "HK-9"}), RowChange(three.pk, {"code": "HK-9"})]
    first, second = change_rows("product", changes, by=cast.osaki)
    assert first.code == "HK-9"
    assert isinstance(second, Invalid)


def test_it_is_found_by_kana_and_by_code_and_what_was_done_is_undone(cast: Cast) -> None:
    made = product(cast)
    for words in ("ネンチャク", "HK-1", "ぬの"):
        assert [hit.record for hit in search.search(words, viewer_of(cast.senda))] == [made]
    actions.edit(made, {"price": "1500"}, by=cast.osaki)
    undoing.undo(Event.objects.get(kind="product.edited"), by=cast.osaki)
    assert Product.plain.get().price == 1200


def test_the_cost_is_hidden_from_those_who_only_read(cast: Cast) -> None:
    made = product(cast)
    assert "cost" in vocabulary.fields_for(viewer_of(cast.aoyama), "product")
    assert "cost" not in vocabulary.fields_for(viewer_of(cast.eguchi), "product")
    assert made.cost == 800


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("1200", "1200", "1,200円"), ("￥1,200-", "1200", "1,200円"), ("2.35", "2.35", "2.35円"),
        ("0.5円", "0.5", "0.5円"),
        ("１２００", "1200", "1,200円"), ("0", "0", "0円"), ("1.50", "1.5", "1.5円"),
    ],
)  # fmt: skip
def test_a_price_is_read_as_people_write_it(typed: str, value: str, shown: str) -> None:
    kind = UnitPrice()
    assert kind.clean(typed) == Decimal(value)
    assert kind.to_json(kind.clean(typed)) == value
    assert kind.display(kind.clean(typed)) == shown


@pytest.mark.parametrize("typed", ["-1", "1e30", "0.001", "一二", "1000000000000", "NaN"])
def test_what_is_no_price_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        UnitPrice().clean(typed)


def test_a_product_is_neither_its_own_successor_nor_sold_after_its_last_day(cast: Cast) -> None:
    made = product(cast)
    with pytest.raises(Invalid):
        actions.edit(made, {"successor": made}, by=cast.osaki)
    ended = actions.edit(made, {"discontinued_on": "2026-11-20"}, by=cast.osaki)
    assert ended.is_sold(ended.discontinued_on)
    assert not ended.is_sold(ended.discontinued_on.replace(day=21))
    assert refused(cast, code="HK-4", lead_days="-1") == [("lead_days", "range")]
