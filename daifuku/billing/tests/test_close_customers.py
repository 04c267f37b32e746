"""締め請求: everything delivered until the closing day, once, without gaps, however often and by whomever it is run."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.billing import closing_preview, drawing
from daifuku.billing.actions import bill_deliveries, closing, issuing, start_closing
from daifuku.billing.models import ClosingResult, ClosingRun, Invoice, InvoicePaper
from daifuku.billing.tests.paying import owes
from daifuku.documents.models import Sealed
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.jobs.testing import make_due, work_off
from daifuku.orders.actions import deliver, enter
from daifuku.orders.models import Delivery, Order
from daifuku.records import actions
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)
TODAY, END = date(2026, 12, 1), date(2026, 11, 30)


def delivered(cast: Cast, account: Any, day: str = "2026-11-25", price: int = 1000) -> Delivery:
    values = {"account": account, "title": "梱包材", "ordered_on": "2026-11-01", "due_on": "2026-11-30"}
    order = enter(values, [{"name": "箱", "quantity": 3, "unit_price": price}], by=cast.aoyama)
    return deliver(order, None, {"delivered_on": day}, by=cast.aoyama, today=TODAY)


@pytest.fixture
def firms(cast: Cast) -> list[Any]:
    """Two close at the end of the month, one on the 20th, one has each delivery billed by itself."""
    terms = (
        ("末締め一", "end", ""),
        ("末締め二", "", "月末締め翌月末払い"),
        ("二十日締め", "20", ""),
        ("都度払い", "each", ""),
    )
    return [
        actions.create("account", {"name": name, "closing_day": day, "payment_terms": said}, by=cast.aoyama)
        for name, day, said in terms
    ]


def run(cast: Cast, **options: Any) -> ClosingRun:
    made = start_closing(END, by=cast.aoyama, today=TODAY, **options)
    work_off()
    made.refresh_from_db()
    return made


def test_who_closes_on_that_day_is_billed_once(cast: Cast, firms: list[Any]) -> None:
    for firm in firms:
        delivered(cast, firm)
    delivered(cast, firms[0], "2026-11-10", 333)
    delivered(cast, firms[0], "2026-12-01")
    found = closing_preview.rows(END, viewer_of(cast.aoyama))
    assert [(row.account.name, row.amount) for row in found] == [("末締め一", 3999), ("末締め二", 3000)]
    made = run(cast)
    assert (made.state, made.issued, made.failed, made.total) == ("done", 2, 0, 4398 + 3300)
    first, second = Invoice.plain.order_by("number")
    assert (first.number, second.number) == ("I2026-00001", "I2026-00002")
    assert (first.kind, first.net, first.tax, first.issued_on) == ("closing", 3999, 399, END)
    assert (first.period_from, first.closes_on, first.due_on) == (date(2026, 11, 1), END, date(2026, 12, 28))
    assert first.rows.count() == 2
    assert Order.plain.filter(state="invoiced").count() == 3
    with pytest.raises(Conflict, match="請求するものはありません"):
        start_closing(END, by=cast.aoyama, today=TODAY)
    with pytest.raises(Conflict, match="すでに請求しています"):
        bill_deliveries([Delivery.plain.get(account=firms[1])], by=cast.aoyama, today=TODAY)
    late = delivered(cast, firms[1], "2026-11-29", 10)
    again = run(cast)
    assert (again.issued, again.total) == (1, 33)
    third = Invoice.plain.get(closing_run=again)
    assert (third.carried, third.asked, third.number) == (3300, 3333, "I2026-00003")
    assert late.account == third.account


def test_its_pages_are_drawn_afterwards_as_they_were_fixed(cast: Cast, firms: list[Any]) -> None:
    delivered(cast, firms[0])
    made = start_closing(END, by=cast.aoyama, today=TODAY)
    closing.run(_running(made))
    assert InvoicePaper.objects.count() == 1
    invoice = Invoice.plain.get()
    actions.edit(firms[0], {"name": "改名した会社"}, by=cast.aoyama)
    work_off()
    assert not InvoicePaper.objects.exists()
    copy = Sealed.objects.get(kind="invoice")
    assert (copy.number, copy.partner, copy.data["heading"]) == (invoice.number, "末締め一", "合計請求書")
    assert copy.data["balance"][0] == ["前回ご請求額", "0"]
    assert copy.place == 1
    assert drawing.copy_of(invoice) == copy


def _running(made: ClosingRun) -> Any:
    from daifuku.jobs.running import Running

    job = queue.claim()
    assert job is not None
    assert job.payload == {"run": made.pk}
    return Running(job)


def test_whose_tax_is_wrong_is_named_and_the_others_go_out(cast: Cast, firms: list[Any]) -> None:
    bad = delivered(cast, firms[0])
    bad.lines.update(rate=Decimal(8))
    delivered(cast, firms[1])
    made = run(cast)
    assert (made.issued, made.failed) == (1, 1)
    failed = ClosingResult.objects.get(outcome="failed")
    assert failed.account == firms[0]
    assert "税率8%" in failed.sentence
    assert Invoice.plain.get().number == "I2026-00001"
    bad.lines.update(rate=Decimal(10))
    assert run(cast).issued == 1


def test_a_run_that_was_killed_goes_on_and_bills_nobody_twice(
    cast: Cast, firms: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "BATCH", 1)
    for firm in firms[:2]:
        delivered(cast, firm)
    whole, calls = closing._batch, []

    def killed(*given: Any) -> None:
        calls.append(given)
        whole(*given)
        if len(calls) == 2:
            raise RuntimeError("killed")

    monkeypatch.setattr(closing, "_batch", killed)
    made = start_closing(END, by=cast.aoyama, today=TODAY)
    work_off()
    assert Invoice.plain.count() == 1, "the batch that failed left nothing"
    monkeypatch.setattr(closing, "_batch", whole)
    make_due()
    work_off()
    made.refresh_from_db()
    assert (made.state, made.issued) == ("done", 2)
    assert sorted(Invoice.plain.values_list("number", flat=True)) == ["I2026-00001", "I2026-00002"]


def test_customers_may_be_left_out_and_strangers_bill_nobody(cast: Cast, firms: list[Any]) -> None:
    for firm in firms[:2]:
        delivered(cast, firm)
    made = run(cast, leave_out=[str(firms[0].uid)])
    assert [each.account for each in Invoice.plain.filter(closing_run=made)] == [firms[1]]
    actions.edit(firms[0], {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(Conflict, match="請求するものはありません"):
        start_closing(END, by=cast.senda, today=TODAY)
    with pytest.raises(Forbidden):
        start_closing(END, by=cast.eguchi, today=TODAY)


def test_a_run_whose_job_ended_before_it_began_is_in_nobodys_way(cast: Cast, firms: list[Any]) -> None:
    delivered(cast, firms[0])
    dead = start_closing(END, by=cast.aoyama, today=TODAY)
    with pytest.raises(Conflict, match="別の締め請求"):
        start_closing(END, by=cast.aoyama, today=TODAY)
    queue.cancel(Job.objects.get(uid__in=[dead.job]))
    assert run(cast).issued == 1
    dead.refresh_from_db()
    assert (dead.state, dead.issued) == ("stopped", 0)


def test_nobody_is_asked_twice_for_the_balance_of_one_closing_day(cast: Cast, firms: list[Any]) -> None:
    for firm in firms[:2]:
        owes(firm, 5000)
    delivered(cast, firms[0])
    assert run(cast, with_balance=True).issued == 2
    with pytest.raises(Conflict, match="請求するものはありません"):
        run(cast, with_balance=True)
    delivered(cast, firms[0], "2026-11-26")
    assert run(cast, with_balance=True).issued == 1
    assert Invoice.plain.filter(kind="closing", account=firms[1]).count() == 1


def test_a_run_does_not_bill_into_books_that_were_closed_meanwhile(
    cast: Cast, firms: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(day: date) -> None:
        raise Conflict("締めています", code="period_closed")

    delivered(cast, firms[0])
    start_closing(END, by=cast.aoyama, today=TODAY)
    monkeypatch.setattr(issuing, "OPEN_PERIOD", [closed])
    work_off()
    assert not Invoice.plain.exists()
    monkeypatch.undo()
    assert run(cast).issued == 1


@pytest.mark.parametrize(
    ("closes_on", "issued_on", "code"),
    [
        (date(2025, 11, 1), None, "range"),
        (date(2027, 5, 31), None, "range"),
        (END, date(2026, 11, 1), "before"),
    ],
)
def test_days_that_make_no_sense_are_refused(cast: Cast, closes_on: date, issued_on: Any, code: str) -> None:
    with pytest.raises(Invalid) as error:
        start_closing(closes_on, issued_on, by=cast.aoyama, today=TODAY)
    assert code in {each.code for each in error.value.problems}


def test_the_pages_lead_from_the_day_to_the_result(cast: Cast, client: Any, firms: list[Any]) -> None:
    from django.utils import timezone

    today = timezone.localdate()
    client.force_login(cast.aoyama)
    assert "まだ実行していません" in client.get(reverse("billing:closing")).content.decode()
    address = reverse("billing:closing_preview")
    assert "請求するものはありません" in client.get(address, {"closes_on": "2026-10-31"}).content.decode()
    wrong = client.get(address, {"closes_on": "いつか"})
    assert wrong.status_code == 422
    assert 'value="いつか"' in wrong.content.decode()
    values = {"account": firms[0], "title": "箱", "ordered_on": "2026-09-01", "due_on": "2026-10-30"}
    order = enter(values, [{"name": "箱", "quantity": 3, "unit_price": 100}], by=cast.aoyama)
    deliver(order, None, {"delivered_on": "2026-10-20"}, by=cast.aoyama, today=today)
    page = client.get(address, {"closes_on": "2026-10-31"}).content.decode()
    assert "末締め一" in page
    assert "1社の請求書を発行" in page
    answer = client.post(address, {"closes_on": "2026-10-31", "issued_on": "2026-10-31"})
    work_off()
    shown = client.get(answer["Location"]).content.decode()
    assert Invoice.plain.get().number in shown
    client.force_login(cast.eguchi)
    assert client.get(address).status_code == 403
