"""What was delivered is billed once: in one step, with the law's particulars, and never changed afterwards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Q

from daifuku.billing import unbilled
from daifuku.billing.actions import bill_deliveries, bill_order, correct, issue
from daifuku.billing.models import Invoice, InvoiceLine
from daifuku.documents import sealing
from daifuku.documents.models import Sealed
from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.orders.actions import cancel, change_lines, deliver, enter, take_back
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Order
from daifuku.records import actions
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


def state(order: Any) -> str:
    found: str = Order.plain.get(pk=order.pk).state
    return found


def test_a_delivery_is_billed_in_one_step(cast: Cast, order: Any, delivery: Any) -> None:
    Company.objects.update_or_create(
        pk=1, defaults={"name": "シャチホコ商事", "invoice_number": "T7000012050002"}
    )
    invoice = bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    assert (invoice.number, invoice.state, invoice.kind) == ("I2026-00001", "issued", "single")
    assert (invoice.net, invoice.tax, invoice.total) == (11500, 1120, 12620)
    assert (invoice.title, invoice.payment, invoice.due_on) == (
        "梱包材",
        "月末締め翌月末払い",
        date(2026, 12, 28),
    )
    sealed = Sealed.objects.get(kind="invoice")
    assert sealing.content_of(sealed).startswith(b"%PDF-")
    data = sealed.data
    assert (data["issuer"]["invoice_number"], data["partner"]) == ("T7000012050002", "青葉商事")
    assert data["sums"] == [
        ["10%対象", "10,000", "1,000", "", "11,000"], ["8%対象", "1,500", "120", "※", "1,620"],
    ]  # fmt: skip
    assert [(line["on"], line["paper"], line["mark"]) for line in data["lines"]] == [
        ("11/25", delivery.number, ""), ("11/25", delivery.number, "※"),
    ]  # fmt: skip
    assert state(order) == "invoiced"
    assert Event.objects.filter(kind="invoice.issued").count() == 1


def test_no_delivery_is_billed_twice_and_no_number_is_lost(cast: Cast, order: Any, delivery: Any) -> None:
    bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    with pytest.raises(Conflict, match="すでに請求しています"):
        bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    with pytest.raises(Conflict, match="残っていません"):
        bill_order(order, by=cast.aoyama, today=TODAY)
    values = {"account": order.account, "title": "別件", "ordered_on": "2026-11-26", "due_on": "2026-11-30"}
    other = enter(values, [{"name": "特注", "quantity": 1, "unit_price": 10}], by=cast.aoyama)
    second = bill_deliveries(
        [deliver(other, None, {}, by=cast.aoyama, today=TODAY)], by=cast.aoyama, today=TODAY
    )
    assert second.number == "I2026-00002"


def test_what_came_back_lessens_the_bill_or_has_a_bill_of_its_own(
    cast: Cast, order: Any, delivery: Any
) -> None:
    tape, miso = lines_of(order)
    take_back(delivery, {str(tape.uid): "2"}, "破損", by=cast.aoyama, today=TODAY)
    invoice = bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    assert (invoice.net, invoice.tax) == (9500, 920)
    later = take_back(delivery, {str(miso.uid): "1"}, "破損", by=cast.aoyama, today=TODAY)
    back = bill_deliveries([later], by=cast.aoyama, today=TODAY)
    assert (back.net, back.tax, back.total) == (-500, -40, -540)
    assert Sealed.objects.get(number=back.number).data["heading"] == "返還請求書"


def test_an_order_may_be_billed_before_it_is_delivered(cast: Cast, order: Any) -> None:
    first = bill_order(order, by=cast.aoyama, today=TODAY)
    assert first.net == 11500
    delivery = deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    assert unbilled.delivered(Q(delivery=delivery)) == []
    assert state(order) == "invoiced"
    tape = lines_of(order)[0]
    actions.edit(tape, {"quantity": "12"}, by=cast.aoyama)
    deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    rest = bill_order(order, by=cast.aoyama, today=TODAY)
    assert rest.net == 2000


@pytest.mark.parametrize(
    ("ahead", "lines", "left"),
    [
        (10, [(1, 4, None), (2, 6, None), (3, 5, None)], {1: 0, 2: 0, 3: 5}),
        (10, [(1, 12, 2), (2, 3, None)], {1: 0, 2: 3}),
        (5, [(1, 4, None), (2, -2, None), (3, 4, None)], {1: 0, 2: -2, 3: 3}),
        (0, [(1, 4, None)], {1: 4}),
    ],
)
def test_what_was_billed_ahead_covers_the_oldest_deliveries(ahead, lines, left) -> None:
    rows = [(key, Decimal(n), None if billed is None else Decimal(billed)) for key, n, billed in lines]
    assert unbilled.spend(Decimal(ahead), rows) == left


def test_an_issued_invoice_never_changes(cast: Cast, delivery: Any) -> None:
    invoice = bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    changes: tuple[dict[str, Any], ...] = (
        {"title": "別の件名"},
        {"note": "値引"},
        {"lines": []},
        {"due_on": "2027-01-31"},
    )
    for change in changes:
        with pytest.raises(Invalid, match="発行した請求書は変更できません"):
            actions.edit(invoice, change, by=cast.aoyama)
    with pytest.raises(Conflict, match="発行した請求書は削除できません"):
        actions.trash(invoice, by=cast.aoyama)
    actions.edit(invoice, {"memo": "電話で確認"}, by=cast.aoyama)


def test_a_deleted_product_stands_on_the_old_paper_as_it_was(cast: Cast, tape: Any, delivery: Any) -> None:
    invoice = bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    actions.edit(tape, {"name": "新しい名前", "price": "9999"}, by=cast.osaki)
    actions.trash(tape, by=cast.osaki)
    made, _draft = correct(invoice, "宛名の誤り", by=cast.aoyama, today=TODAY)
    for each in (invoice, made):
        assert Sealed.objects.get(number=each.number).data["lines"][0]["name"] == "布粘着テープ"


def test_markup_in_a_text_is_printed_as_it_stands(cast: Cast, order: Any) -> None:
    evil = "<img src=file:///etc/passwd><script>alert(1)</script>"
    values = {"account": order.account, "title": evil, "ordered_on": "2026-11-20", "due_on": "2026-11-30"}
    other = enter(values, [{"name": evil, "quantity": 1, "unit_price": 10}], by=cast.aoyama)
    delivery = deliver(other, None, {}, by=cast.aoyama, today=TODAY)
    invoice = bill_deliveries([delivery], {"note": evil}, by=cast.aoyama, today=TODAY)
    sealed = Sealed.objects.get(number=invoice.number)
    assert sealed.data["lines"][0]["name"] == evil
    assert sealing.content_of(sealed).startswith(b"%PDF-")


def test_a_rate_not_in_force_on_the_day_of_delivery_is_refused(cast: Cast, order: Any, delivery: Any) -> None:
    delivery.lines.update(rate=Decimal(8), tax_class="standard")
    with pytest.raises(Invalid, match="税率8%は2026/11/25の.*では使えません") as error:
        bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    assert error.value.problems[0].code == "rate"
    assert not Invoice.plain.exists()
    assert not Sealed.objects.filter(kind="invoice").exists()


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"issued_on": "いつか"}, "issued_on", "invalid"),
        ({"issued_on": "2027-02-01"}, "issued_on", "range"),
        ({"issued_on": "2020-01-01"}, "issued_on", "range"),
        ({"due_on": "2026-11-01"}, "due_on", "before"),
        ({"title": "あ" * 201}, "title", "too_long"),
    ],
)
def test_what_makes_no_sense_is_refused(
    cast: Cast, delivery: Any, values: Any, field: str, code: str
) -> None:
    with pytest.raises(Invalid) as error:
        bill_deliveries([delivery], values, by=cast.aoyama, today=TODAY)
    assert [(each.field, each.code) for each in error.value.problems] == [(field, code)]
    assert not Invoice.plain.exists()


def test_one_invoice_has_one_customer(cast: Cast, delivery: Any) -> None:
    other = actions.create("account", {"name": "若葉工業"}, by=cast.aoyama)
    values = {"account": other, "title": "別", "ordered_on": "2026-11-20", "due_on": "2026-11-30"}
    order = enter(values, [{"name": "箱", "quantity": 1, "unit_price": 10}], by=cast.aoyama)
    theirs = deliver(order, None, {}, by=cast.aoyama, today=TODAY)
    with pytest.raises(Invalid, match="同じ取引先"):
        bill_deliveries([delivery, theirs], by=cast.aoyama, today=TODAY)


def test_who_only_reads_or_sees_nothing_bills_nothing(cast: Cast, firm: Any, delivery: Any) -> None:
    with pytest.raises(Forbidden):
        bill_deliveries([delivery], by=cast.eguchi, today=TODAY)
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    delivery.refresh_from_db()
    with pytest.raises(NotFound):
        bill_deliveries([delivery], by=cast.senda, today=TODAY)
    assert not Invoice.plain.exists()


def test_a_correction_names_the_old_one_and_the_right_one_bills_the_same(
    cast: Cast, order: Any, delivery: Any
) -> None:
    invoice = bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    made, draft = correct(invoice, "単価の誤り", by=cast.aoyama, today=TODAY)
    invoice.refresh_from_db()
    assert (made.kind, made.corrects, made.total, made.number) == (
        "correction",
        invoice,
        -12620,
        "I2026-00002",
    )
    assert (invoice.state, invoice.reversed_on) == ("issued", TODAY)
    sealed = Sealed.objects.get(number=made.number)
    assert sealed.replaces is not None
    assert sealed.replaces.number == invoice.number
    assert ["訂正する請求書", "I2026-00001（2026年11月27日発行）"] in sealed.data["terms"]
    assert state(order) == "delivered"
    assert draft is not None
    draft = actions.edit(
        draft, {"lines": [{**draft.lines[0], "unit_price": "900"}, draft.lines[1]]}, by=cast.aoyama
    )
    right = issue(draft, by=cast.aoyama, today=TODAY)
    assert (right.net, right.corrects, right.number) == (10500, invoice, "I2026-00003")
    assert Sealed.objects.get(number=right.number).data["lines"][0]["on"] == "11/25"
    assert state(order) == "invoiced"
    assert sum(each.total for each in Invoice.plain.filter(state="issued")) == right.total
    with pytest.raises(Conflict, match="すでに取り消されています"):
        correct(invoice, "もう一度", by=cast.aoyama, today=TODAY)
    with pytest.raises(Conflict, match="さらに訂正できません"):
        correct(made, "訂正の訂正", by=cast.aoyama, today=TODAY)
    with pytest.raises(Invalid, match="訂正の理由"):
        correct(right, " ", by=cast.aoyama, today=TODAY)


def test_a_draft_is_written_changed_and_issued(cast: Cast, firm: Any) -> None:
    values = {
        "account": firm, "title": "保守料", "traded_on": "2026-11-10",
        "lines": [{"name": "保守", "quantity": 1, "unit_price": 50000}, {"kind": "discount", "unit_price": 1000}],
    }  # fmt: skip
    draft = actions.create("invoice", values, by=cast.aoyama)
    assert (draft.state, draft.number, draft.total) == ("draft", "", 53900)
    with pytest.raises(Invalid, match="税率8%"):
        rate = [{"name": "保守", "unit_price": 1, "tax_class": "standard", "rate": "8"}]
        actions.edit(draft, {"lines": rate}, by=cast.aoyama)
    invoice = issue(draft, by=cast.aoyama, today=TODAY)
    assert (invoice.number, invoice.due_on) == ("I2026-00001", date(2026, 12, 28))
    assert InvoiceLine.objects.filter(invoice=invoice).count() == 2
    with pytest.raises(Conflict, match="すでに発行しています"):
        issue(invoice, by=cast.aoyama, today=TODAY)
    empty = actions.create("invoice", {"account": firm, "title": "空"}, by=cast.aoyama)
    with pytest.raises(Invalid, match="商品の行"):
        issue(empty, by=cast.aoyama, today=TODAY)
    actions.trash(empty, by=cast.aoyama)


def test_the_pages_show_what_was_billed_and_what_took_it_back(
    cast: Cast, order: Any, delivery: Any, client: Any
) -> None:
    invoice = bill_deliveries([delivery], by=cast.aoyama, today=TODAY)
    made, draft = correct(invoice, "宛名の誤り", by=cast.aoyama, today=TODAY)
    assert draft is not None
    client.force_login(cast.aoyama)
    pages = [
        client.get(each.get_absolute_url()) for each in (invoice, made, draft, order, delivery, order.account)
    ]
    assert [page.status_code for page in pages] == [200] * 6
    assert made.number in pages[0].content.decode()
    assert invoice.number in pages[1].content.decode()
    assert "発行する" in pages[2].content.decode()
    assert "請求書を作る" in pages[4].content.decode()


def test_nothing_is_corrected_before_it_was_issued(cast: Cast, delivery: Any) -> None:
    ahead = bill_deliveries([delivery], {"issued_on": "2026-11-30"}, by=cast.aoyama, today=TODAY)
    with pytest.raises(Invalid, match="元の請求書の発行日より前"):
        correct(ahead, "誤り", by=cast.aoyama, today=TODAY, issued_on="2026-11-29")
    assert Invoice.plain.get().reversed_on is None
    assert correct(ahead, "誤り", by=cast.aoyama, today=TODAY)[0].issued_on == date(2026, 11, 30)


def test_what_was_billed_ahead_is_neither_cancelled_nor_made_smaller(cast: Cast, order: Any) -> None:
    """Until the invoice is taken back: the customer was asked for so much."""
    invoice = bill_order(order, by=cast.aoyama, today=TODAY)
    line = lines_of(order)[0]
    with pytest.raises(Conflict, match="先に請求書を訂正"):
        cancel(order, "先方の都合", by=cast.aoyama, today=TODAY)
    with pytest.raises(Invalid, match="すでに10を請求しています"):
        change_lines(order, [{"uid": str(line.uid), "quantity": "9"}], by=cast.aoyama)
    change_lines(order, [{"uid": str(line.uid), "quantity": "12"}], by=cast.aoyama)
    correct(invoice, "受注の取り消し", by=cast.aoyama, today=TODAY, rewrite=False)
    change_lines(order, [{"uid": str(line.uid), "quantity": "9"}], by=cast.aoyama)
    cancel(order, "先方の都合", by=cast.aoyama, today=TODAY)
    assert Order.plain.get().state == "cancelled"
