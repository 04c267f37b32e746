"""What stands on a printed invoice: taken from the record once, kept with the copy, drawn from that alone.

適格請求書 (消費税法 第57条の4 第1項): who issues it and his 登録番号, the day of each trade, what it was
and whether the reduced rate holds for it (※), the sum of each rate with the rate, the tax of each rate, to whom.
A correction (第57条の4 第4項) names the number and the day of the paper that it corrects.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import translation

from daifuku.billing.models import Invoice
from daifuku.billing.models.invoice import CLOSING, CORRECTION
from daifuku.documents import sender
from daifuku.documents.amounts import Kind, subtotals
from daifuku.documents.lines import Counted, LineValue, commas
from daifuku.documents.models.issuer import Issuer, issuer
from daifuku.documents.sealing import Compose, Draft
from daifuku.documents.tax import CLASSES, ZERO
from daifuku.orders.papers import address_of, day_of, person_of
from daifuku.staff.models import Company

TEMPLATE = "billing/pdf/invoice.html"
KEY = "invoice"
HEADINGS = {CLOSING: "合計請求書", CORRECTION: "請求書（訂正）"}
OPENING = "下記のとおりご請求申し上げます。"


class Firm:
    """What every invoice of a run shares, asked once."""

    def __init__(self) -> None:
        self.company, self.of = Company.objects.first() or Company(), issuer()

    @property
    def registered(self) -> bool:
        """Without a 登録番号 the paper is an invoice, but no 適格請求書."""
        return bool(self.company.invoice_number)

    def data(self) -> dict[str, Any]:
        return {**sender.said(self.company, self.of), "banks": _banks(self.of)}


def composer(invoice: Invoice, day: date, firm: Firm | None = None) -> Compose:
    """`day` is that of the issue. The record need not be saved."""
    firm = firm or Firm()
    data = _data(invoice, day, firm)
    pictures = {"seal": firm.of.seal} if firm.of.seal else None
    partner, amount, partner_id = str(invoice.account), invoice.total, invoice.account_id
    return lambda number: Draft(
        TEMPLATE, {**data, "number": number, "draft": not number}, partner, amount, partner_id, pictures
    )


def _data(invoice: Invoice, day: date, firm: Firm) -> dict[str, Any]:
    account = invoice.account
    lines = printed(invoice.lines)
    with translation.override("ja"):
        return {
            "kind": invoice.kind, "heading": _heading(invoice), "day": day_of(day),
            "title": invoice.title, "partner": str(account), "person": person_of(invoice.contact),
            "partner_address": [
                f"〒{account.postal_code}" if account.postal_code else "", address_of(account)
            ],
            "opening": str(firm.of.texts.get(KEY) or OPENING), "terms": _terms(invoice), "lines": lines,
            "with_day": any(line["on"] for line in lines), "with_paper": any(line["paper"] for line in lines),
            "sums": [_rate(each) for each in invoice.rate_sums], "marked": any(line["mark"] for line in lines),
            "net": yen(invoice.net), "tax": yen(invoice.tax), "total": yen(invoice.total),
            "included": invoice.included, "due": day_of(invoice.due_on), "note": invoice.note,
            "balance": _balance(invoice), "asked": yen(invoice.asked),
            "back": invoice.total < 0 and invoice.asked < 0, "issuer": firm.data(),
        }  # fmt: skip


def _heading(invoice: Invoice) -> str:
    if invoice.kind != CLOSING and invoice.kind != CORRECTION and invoice.total < 0:
        return "返還請求書"
    return HEADINGS.get(invoice.kind, "請求書")


def _terms(invoice: Invoice) -> list[list[str]]:
    old = invoice.corrects
    period = (
        f"{day_of(invoice.period_from)} ～ {day_of(invoice.closes_on)}"
        if invoice.period_from and invoice.closes_on
        else ""
    )
    rows = [
        ("件名", invoice.title), ("対象期間", period), ("締め日", day_of(invoice.closes_on) if not period else ""),
        ("取引年月日", day_of(invoice.traded_on)), ("お支払条件", invoice.payment),
        ("お支払期限", day_of(invoice.due_on)),
        ("訂正する請求書", f"{old.number}（{day_of(old.issued_on)}発行）" if old else ""), ("理由", invoice.reason),
    ]  # fmt: skip
    return [[name, value] for name, value in rows if value]


def _balance(invoice: Invoice) -> list[list[str]]:
    """前回 - 入金 = 繰越, and what is new: on a closing invoice alone."""
    if invoice.kind != CLOSING:
        return []
    return [
        ["前回ご請求額", yen(invoice.previous)], ["ご入金額", yen(invoice.received)],
        ["繰越金額", yen(invoice.carried)],
        ["今回お買上額", yen(invoice.net)], ["消費税額", yen(invoice.tax)], ["今回ご請求額", yen(invoice.asked)],
    ]  # fmt: skip


def printed(lines: Sequence[LineValue]) -> list[dict[str, Any]]:
    """As a page shows them, from the values alone: a product that is gone stands there still."""
    sums = [Counted(line["kind"], line.get("amount", 0), line.get("tax_class", ""), ZERO) for line in lines]
    return [_printed(line, sum_of) for line, sum_of in zip(lines, subtotals(sums), strict=True)]


def _printed(line: LineValue, sum_of: int | None) -> dict[str, Any]:
    amount = sum_of if sum_of is not None else line.get("amount")
    on, tax_class = str(line.get("on", "")), line.get("tax_class", "")
    return {
        **{key: line.get(key, "") for key in ("kind", "code", "name", "spec", "unit", "discount", "paper")},
        "on": f"{int(on[5:7])}/{int(on[8:10])}" if on else "",
        "quantity": commas(line["quantity"]) if "quantity" in line else "",
        "unit_price": commas(line["unit_price"]) if line["kind"] == Kind.GOODS else "",
        "amount": yen(amount) if amount is not None else "",
        "mark": CLASSES[tax_class].mark if tax_class in CLASSES else "",
    }


def _rate(each: Any) -> list[str]:
    of = CLASSES[each.tax_class]
    words = f"{commas(str(each.rate.normalize()))}%対象" if of.taxed else str(of.label)
    return [words, yen(each.net), yen(each.tax), of.mark, yen(each.gross)]


def _banks(of: Issuer) -> list[str]:
    return [
        " ".join(part for part in (bank["bank"], bank["branch"], bank["kind"], bank["number"], bank["holder"]) if part)
        for bank in of.banks
    ]  # fmt: skip


def yen(amount: int) -> str:
    return f"{amount:,d}"
