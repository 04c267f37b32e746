"""取引明細書 and 残高確認書: the statement of a customer as a page to print. It is no invoice and bears no number."""

from __future__ import annotations

from datetime import date
from typing import Any

from daifuku.billing.statement import Entry, Statement
from daifuku.documents import sender
from daifuku.documents.models.issuer import issuer
from daifuku.documents.sealing import Draft
from daifuku.orders.papers import address_of, day_of
from daifuku.staff.models import Company

TEMPLATE = "billing/pdf/statement.html"
CLOSING = {
    False: "下記のとおり、お取引の内容をお知らせいたします。",
    True: "下記の残高につき、貴社の帳簿残高をご記入のうえ、ご返送くださいますようお願い申し上げます。",
}


def paper(found: Statement, today: date, *, confirm: bool = False) -> Draft:
    """`confirm`: the customer is asked to say what stands in his books."""
    of, company, account = issuer(), Company.objects.first() or Company(), found.account
    data: dict[str, Any] = {
        "heading": "残高確認書" if confirm else "取引明細書", "confirm": confirm, "day": day_of(today),
        "partner": account.name, "opening": CLOSING[confirm], "begin": day_of(found.begin), "end": day_of(found.end),
        "partner_address": [f"〒{account.postal_code}" if account.postal_code else "", address_of(account)],
        "before": f"{found.before:,}", "after": f"{found.after:,}", "asked": f"{found.asked:,}",
        "paid": f"{found.paid:,}", "entries": [_line(each) for each in found.entries],
        "issuer": sender.said(company, of),
    }  # fmt: skip
    pictures = {"seal": of.seal} if of.seal else None
    return Draft(TEMPLATE, data, account.name, found.after, account.pk, pictures)


def _line(entry: Entry) -> dict[str, str]:
    return {
        "day": f"{entry.day:%Y/%m/%d}", "words": entry.words, "number": entry.number,
        "due": f"{entry.due_on:%Y/%m/%d}" if entry.due_on else "", "asked": f"{entry.asked:,}" if entry.asked else "",
        "paid": f"{entry.paid:,}" if entry.paid else "", "balance": f"{entry.balance:,}",
    }  # fmt: skip
