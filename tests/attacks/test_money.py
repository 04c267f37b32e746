"""Nobody learns the sums of a customer whom he may not know; no file of the bank and no customer's name does harm."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.api.tests.support import Program
from daifuku.billing.actions import bank, bill_deliveries, payments
from daifuku.billing.models import BankFile, BankLine
from daifuku.documents import sealing
from daifuku.foundation.errors import Invalid
from daifuku.orders.actions import deliver, enter
from daifuku.records import actions, listing
from daifuku.staff.models import Company
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
NAME, NET, TOTAL, PAID = "若葉産業秘密部", 7_654_320, 8_419_752, 1_357_913
LEFT = TOTAL - PAID
LISTS = ("invoices", "payments", "orders", "order-lines", "deliveries", "quotes", "deals", "milestones")


@pytest.fixture(autouse=True)
def firm(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn is not asked here."""
    Company.objects.create(name="シャチホコ商事")
    monkeypatch.setattr(sealing, "draw", lambda draft: b"%PDF-")


def traded(cast: Cast, name: str = NAME, **more: Any) -> Any:
    """An order, delivered, billed and paid in part; a quote and a deal of the same sum."""
    today, by = timezone.localdate(), cast.aoyama
    account = actions.create("account", {"name": name, **more}, by=by)
    deal = actions.create("deal", {"name": "大口", "account": account, "amount": NET, **more}, by=by)
    lines = [{"name": "特注機", "quantity": "1", "unit_price": str(NET)}]
    actions.create("quote", {"title": "大口", "account": account, "deal": deal, "lines": lines}, by=by)
    values = {"account": account, "title": "大口", "ordered_on": today, "due_on": today}
    delivery = deliver(enter(values, lines, by=by), None, {}, by=by, today=today)
    bill_deliveries([delivery], by=by, today=today)
    paid = {"account": account, "paid_on": today, "method": "transfer", "amount": PAID}
    payments.record(paid, by=by, today=today)
    return account


def nothing_told(answer: Any, where: str) -> None:
    page = b"".join(answer.streaming_content) if answer.streaming else answer.content
    said = page.decode("utf-8", "replace") + page.decode("cp932", "replace")
    for secret in (NET, TOTAL, PAID, LEFT):
        assert f"{secret:,}" not in said and str(secret) not in said, (where, secret)
    assert NAME not in said, where


def test_the_world_of_a_rep_has_no_sum_of_a_customer_he_may_not_know(cast: Cast, login_as: Login) -> None:
    account = traded(cast, privacy="private")
    client = login_as(cast.senda)
    pages = [f"/{slug}/" for slug in LISTS]
    names = ("receivables", "until_paid", "closing", "closing_preview")
    pages += [reverse(f"billing:{name}") for name in names]
    pages += [reverse("orders:ledger"), reverse("accounting:papers"), reverse("accounting:journal")]
    pages += [f"/search/?q={NAME[:3]}", "/"]
    pages += [
        f"{reverse('forecast:page')}?basis={basis}"
        for basis in ("ordered", "delivered", "invoiced", "paid", "won")
    ]
    for page in pages:
        nothing_told(client.get(page), page)
    for name in ("statement", "statement_pdf", "limit", "bill_account"):
        assert client.get(reverse(f"billing:{name}", args=[account.uid])).status_code == 404
    files = [("accounting:papers_file", {}), ("accounting:papers_file", {"form": "zip"})]
    for name, sent in [*files, ("accounting:journal_file", {"package": "yayoi"})]:
        nothing_told(client.post(reverse(name), sent), name)
    nothing_told(client.get(reverse("forecast:file")), "forecast:file")


def test_nor_has_his_program(cast: Cast) -> None:
    account = traded(cast, privacy="private")
    program = Program(cast.senda)
    for path in (
        *(f"/{slug}" for slug in LISTS), "/receivables", "/orders/ledger", "/papers", "/papers/received",
        "/journal", "/forecast", "/milestones/ahead", f"/closings/preview?closes_on={timezone.localdate()}",
    ):  # fmt: skip
        nothing_told(program.get(path), path)
    for path in ("statement", "credit"):
        assert program.get(f"/accounts/{account.uid}/{path}").status_code == 404


def test_a_payment_is_not_found_by_an_amount_that_may_be_hidden(cast: Cast) -> None:
    traded(cast)
    found = listing.query("payment", Viewer(cast.aoyama), search=str(PAID), today=timezone.localdate())
    assert not found.page().rows


HOSTILE = {
    "only line ends": b"\n" * 4_900_000,
    "a row without end": b"\xe6\x97\xa5\xe4\xbb\x98," * 500_000,
    "commas": b"a,b,c\n" + b"," * 4_900_000,
    "quotes": '日付,摘要,入金額\n"'.encode() + b'"' * 4_000_001,
    "digits": "日付,摘要,入金額\n2026/11/25,アオバ,".encode() + b"9" * 1_000_000,
    "a day of digits": "日付,摘要,入金額\n".encode() + b"1" * 900_000 + ",アオバ,5000\n".encode(),
    "a form cut off": b"103" + b"0" * 197 + b"\n" + b"2" + b"0" * 120,
    "a form of nothing": b"101" + b" " * 197,
    "a form with others' letters": b"101" + "あ".encode("cp932") * 98 + b" ",
    "too large": b"x" * 5_000_001,
    "zip": b"PK\x03\x04" + b"\x00" * 5000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_of_the_bank_is_refused_soon_and_whole(cast: Cast, name: str) -> None:
    began = time.monotonic()
    try:
        found = bank.take_in("入金.csv", HOSTILE[name], by=cast.mizuno, today=timezone.localdate())
        assert isinstance(found, bank.Unclear) or (name in {"digits", "a day of digits"} and found.wrong)
    except Invalid as refusal:
        assert refusal.message.endswith("。")
        assert ("列が多すぎます" in refusal.message) == (name in {"a row without end", "commas"})
    assert time.monotonic() - began < 20
    assert not BankLine.objects.exists()
    assert BankFile.objects.count() <= 1


FORMULA = '=HYPERLINK("http://example.com/","x")'


def test_no_file_for_a_spreadsheet_begins_a_cell_with_a_formula(cast: Cast, login_as: Login) -> None:
    traded(cast, FORMULA)
    client = login_as(cast.mizuno)
    today = timezone.localdate()
    span = {"begin": (today - timedelta(days=9)).isoformat(), "end": today.isoformat()}
    for name, sent in (
        ("accounting:papers_file", {}), ("forecast:file", {}),
        *(("accounting:journal_file", {"package": each, **span}) for each in ("yayoi", "freee", "moneyforward")),
    ):  # fmt: skip
        answer = client.post(reverse(name), sent)
        if answer.status_code == 405:
            answer = client.get(reverse(name), sent)
        assert answer.status_code == 200, (name, sent)
        text = answer.content.decode("utf-8", "replace") + answer.content.decode("cp932", "replace")
        for mark in (",=", ',"=', "\n=", '\n"='):
            assert mark not in text, (name, sent)
