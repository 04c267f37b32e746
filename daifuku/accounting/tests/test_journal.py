"""Invoices and payments as the accounting packages read them, and periods that are closed."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.accounting import journal
from daifuku.accounting.actions import close_period, edit_setting
from daifuku.accounting.layouts import LAYOUTS, cut, write
from daifuku.accounting.models import AccountingSetting, accounting_setting
from daifuku.billing.actions import correct, issue, payments
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions.many import restore_many
from daifuku.staff.models import Role
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
LINES = [
    {"name": "棚", "quantity": 1, "unit_price": 10_000, "tax_class": "standard"},
    {"name": "赤みそ", "quantity": 2, "unit_price": 500, "tax_class": "reduced"},
]


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def firm(cast: Cast) -> Any:
    return actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)


@pytest.fixture
def invoice(cast: Cast, firm: Any) -> Any:
    made = actions.create("invoice", {"account": firm, "title": "備品", "lines": LINES}, by=cast.aoyama)
    return issue(made, by=cast.aoyama, today=today())


def entries(person: Any) -> list[journal.Entry]:
    return journal.entries(today() - timedelta(days=1), today(), viewer_of(person), accounting_setting())


def rows(package: str, person: Any, encoding: str = "") -> list[list[str]]:
    layout = LAYOUTS[package]
    written = write(layout, entries(person), encoding or layout.encodings[0])
    return list(csv.reader(io.StringIO(written.content.decode(encoding or layout.encodings[0]))))


def test_an_invoice_is_an_entry_for_each_rate(cast: Cast, invoice: Any) -> None:
    found = entries(cast.mori)
    assert [(e.debit.account, e.credit.account, e.amount, e.taxed) for e in found] == [
        ("売掛金", "売上高", 11_000, 1_000), ("売掛金", "売上高", 1_080, 80),
    ]  # fmt: skip
    assert sum(e.amount for e in found) == invoice.total


def test_a_correction_is_turned_round(cast: Cast, invoice: Any) -> None:
    correct(invoice, "金額の誤り", by=cast.aoyama, today=today())
    found = entries(cast.mori)
    assert [(e.debit.account, e.credit.account) for e in found[2:]] == [("売上高", "売掛金")] * 2
    assert all(e.amount > 0 for e in found)


def test_a_payment_with_the_fee_that_we_bear(cast: Cast, firm: Any) -> None:
    actions.create(
        "payment", {"account": firm, "paid_on": today(), "amount": 10_560, "fee": 440}, by=cast.mori
    )
    found = [(e.debit.account, e.credit.account, e.amount) for e in entries(cast.mori)]
    assert found == [("普通預金", "売掛金", 10_560), ("支払手数料", "売掛金", 440)]


def test_yayoi_reads_25_columns_in_cp932(cast: Cast, invoice: Any) -> None:
    found = rows("yayoi", cast.mori)
    assert [len(row) for row in found] == [25, 25]
    first = found[0]
    assert (first[0], first[3], first[24]) == ("2000", f"{today():%Y/%m/%d}", "no")
    assert first[4:10] == ["売掛金", "株式会社青葉商事", "", "対象外", "11000", "0"]
    assert first[10:16] == ["売上高", "", "", "課税売上込10%", "11000", "1000"]
    assert found[1][13] == "課税売上込軽減8%"
    content = write(LAYOUTS["yayoi"], entries(cast.mori), "cp932").content
    assert content.endswith(b"\r\n")


def test_freee_and_moneyforward_have_their_headings(cast: Cast, invoice: Any) -> None:
    freee = rows("freee", cast.mori)
    assert freee[0][:4] == ["日付", "伝票番号", "決算整理仕訳", "借方勘定科目"]
    assert dict(zip(freee[0], freee[2], strict=True))["貸方税区分"] == "課税売上8%（軽）"
    money = rows("moneyforward", cast.mori, "cp932")
    row = dict(zip(money[0], money[1], strict=True))
    assert (row["貸方税区分"], row["貸方金額(円)"], row["貸方税額"]) == ("課税売上 10%", "11000", "1000")
    assert row["取引No"] == invoice.number


def test_what_the_encoding_lacks_is_marked_and_told(cast: Cast) -> None:
    firm = actions.create("account", {"name": "𠮷野商店"}, by=cast.aoyama)
    actions.create("payment", {"account": firm, "paid_on": today(), "amount": 100}, by=cast.mori)
    written = write(LAYOUTS["yayoi"], entries(cast.mori), "cp932")
    assert written.missing == "𠮷"
    assert "野商店" in written.content.decode("cp932")


def test_long_names_are_cut_between_characters() -> None:
    assert cut("あいうえお", 5) == "あい"
    assert cut("ABCあ", 4) == "ABC"


def test_closed_periods_refuse_invoices_and_payments(cast: Cast, firm: Any) -> None:
    paid = actions.create(
        "payment", {"account": firm, "paid_on": today() - timedelta(days=3), "amount": 100}, by=cast.mori
    )
    close_period(today() - timedelta(days=1), by=cast.mizuno, today=today())
    with pytest.raises(Invalid, match="締めています"):
        actions.create(
            "payment", {"account": firm, "paid_on": today() - timedelta(days=2), "amount": 5}, by=cast.mori
        )
    with pytest.raises(Invalid, match="締めています"):
        actions.edit(paid, {"amount": 200}, by=cast.mori)
    with pytest.raises(Conflict, match="締めています"):
        actions.trash(paid, by=cast.mori)
    draft = actions.create("invoice", {"account": firm, "title": "備品", "lines": LINES}, by=cast.aoyama)
    with pytest.raises(Conflict, match="締めています"):
        issue(draft, {"issued_on": today() - timedelta(days=1)}, by=cast.aoyama, today=today())
    issue(draft, by=cast.aoyama, today=today())
    actions.create("payment", {"account": firm, "paid_on": today(), "amount": 5}, by=cast.mori)


def test_a_closed_period_keeps_its_payments_as_they_were(cast: Cast, firm: Any) -> None:
    def paid(days: int) -> Any:
        values = {"account": firm, "paid_on": today() - timedelta(days=days), "amount": 100}
        return payments.record(values, by=cast.mori, today=today())

    stays, gone, back = paid(5), paid(5), paid(5)
    actions.trash(gone, by=cast.mori)
    payments.cancel(back, "組戻し", today() - timedelta(days=3), by=cast.mori, today=today())
    close_period(today() - timedelta(days=2), by=cast.mizuno, today=today())
    with pytest.raises(Conflict, match="締めています"):
        payments.cancel(stays, "不渡り", today() - timedelta(days=2), by=cast.mori, today=today())
    with pytest.raises(Conflict, match="締めています"):
        actions.restore(gone, by=cast.mori)
    with pytest.raises(Conflict, match="締めています"):
        undoing.undo(Event.objects.get(kind="payment.cancelled"), by=cast.mori)
    payments.cancel(stays, "不渡り", today() - timedelta(days=1), by=cast.mori, today=today())


def test_closing_is_a_line_and_is_taken_back(cast: Cast) -> None:
    close_period(today() - timedelta(days=1), by=cast.mizuno, today=today())
    undoing.undo(Event.objects.get(kind="accounting.period_closed"), by=cast.mizuno)
    assert AccountingSetting.objects.get().closed_until is None
    with pytest.raises(Invalid, match="今日より前"):
        close_period(today(), by=cast.mizuno, today=today())
    with pytest.raises(Forbidden):
        close_period(None, by=cast.mori, today=today())


def test_accounts_are_the_firms_own(cast: Cast, invoice: Any) -> None:
    edit_setting({"sales": "製品売上高", "by_partner": False}, by=cast.mizuno)
    assert entries(cast.mori)[0].credit.account == "製品売上高"
    assert entries(cast.mori)[0].debit.sub == ""
    with pytest.raises(Invalid):
        edit_setting({"sales": ""}, by=cast.mizuno)


def test_the_page_and_the_file(cast: Cast, invoice: Any, login_as: Login) -> None:
    client = login_as(cast.mori)
    begin, end = today().isoformat(), today().isoformat()
    page = client.get(f"/journal/?begin={begin}&end={end}").content.decode()
    assert "12,080円" in page
    answer = client.post("/journal/file/", {"begin": begin, "end": end, "package": "yayoi"})
    assert "課税売上込10%" in answer.content.decode("cp932")
    assert Event.objects.filter(kind="accounting.exported").count() == 1
    assert client.get("/journal/?begin=2020-01-01&end=2026-01-01").status_code == 422
    assert login_as(cast.eguchi).post("/journal/file/", {"package": "yayoi"}).status_code == 404


def test_the_settings_page_closes_and_says_what_is_wrong(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.mizuno)
    answer = client.post("/settings/accounting/close/", {"closed_until": today().isoformat()})
    assert answer.status_code == 422
    assert "今日より前" in answer.content.decode()
    client.post("/settings/accounting/close/", {"closed_until": "2026-03-31"})
    assert AccountingSetting.objects.get().closed_until == date(2026, 3, 31)
    assert "2026-03-31" in client.get("/settings/accounting/").content.decode()


def days_ago(number: int) -> date:
    return today() - timedelta(days=number)


def paid(cast: Cast, firm: Any, day: date) -> Any:
    return actions.create("payment", {"account": firm, "paid_on": day, "amount": 100}, by=cast.mori)


def test_a_payment_does_not_come_back_from_the_trash_into_a_closed_period(cast: Cast, firm: Any) -> None:
    first, second = (actions.trash(paid(cast, firm, days_ago(9)), by=cast.mori) for _each in range(2))
    free = actions.trash(paid(cast, firm, today()), by=cast.mori)
    close_period(days_ago(3), by=cast.mizuno, today=today())
    with pytest.raises(Conflict, match="締めています"):
        actions.restore(first, by=cast.mori)
    outcome = restore_many("payment", [first.pk, second.pk, free.pk], by=cast.mori)
    assert (outcome.done, len(outcome.refused)) == (1, 2)
    assert type(first).plain.get(pk=first.pk).trashed_at is not None


def test_whom_sums_are_hidden_from_reads_no_journal(cast: Cast, invoice: Any, login_as: Login) -> None:
    Role.objects.filter(key="reader").update(field_rules={"invoice": {"net": "hidden", "total": "hidden"}})
    assert login_as(cast.eguchi).get("/journal/").status_code == 404
    Role.objects.filter(key="reader").update(field_rules={"payment": {"amount": "hidden"}})
    assert login_as(cast.eguchi).get("/journal/").status_code == 404
    Role.objects.filter(key="reader").update(field_rules={})
    assert login_as(cast.eguchi).get("/journal/").status_code == 200
