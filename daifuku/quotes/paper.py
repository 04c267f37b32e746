"""What stands on a printed quote: taken from the record once, kept with the copy, drawn from that alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from daifuku.documents import sender
from daifuku.documents.lines import printed
from daifuku.documents.models.issuer import issuer
from daifuku.documents.sealing import Compose, Draft
from daifuku.quotes.models import Quote
from daifuku.staff.models import Company

TEMPLATE = "quotes/pdf/quote.html"


def composer(quote: Quote) -> Compose:
    def compose(number: str) -> Draft:
        with translation.override("ja"):
            return Draft(
                TEMPLATE, _data(quote, number), str(quote.account), quote.total, quote.account_id,
                {"seal": issuer().seal},
            )  # fmt: skip

    return compose


def draft_of(quote: Quote) -> Draft:
    """Before it is issued: without a number, and it says so."""
    return composer(quote)("")


def _data(quote: Quote, number: str) -> dict[str, Any]:
    return {
        "number": number, "draft": not number, "edition": quote.edition, "before": _before(quote),
        "day": written(quote.day), "partner": str(quote.account), "person": _person(quote), "title": quote.title,
        "valid_until": written(quote.valid_until), "delivery": quote.delivery, "place": quote.place,
        "payment": quote.payment, "note": quote.note, "lines": printed(quote.lines, quote.day),
        "with_code": any("code" in line for line in quote.lines),
        "with_discount": any("discount" in line for line in quote.lines),
        "reduced": any(line.get("tax_class") == "reduced" for line in quote.lines),
        "included": quote.included, "rates": [_rate(each) for each in quote.rate_sums], "net": f"{quote.net:,d}",
        "tax": f"{quote.tax:,d}", "total": f"{quote.total:,d}", "issuer": _issuer(quote),
    }  # fmt: skip


def _rate(each: Any) -> dict[str, str]:
    words = {
        "standard": _("%(rate)s%%対象"), "reduced": _("%(rate)s%%対象（軽減税率）"), "exempt": _("非課税"),
        "outside": _("不課税"), "export": _("免税"),
    }[each.tax_class] % {"rate": f"{each.rate:f}".removesuffix(".00")}  # fmt: skip
    return {"words": words, "net": f"{each.net:,d}", "tax": f"{each.tax:,d}", "gross": f"{each.gross:,d}"}


def _issuer(quote: Quote) -> dict[str, Any]:
    person = str(quote.owner) if quote.owner_id else ""
    return {**sender.said(Company.objects.first() or Company(), issuer()), "person": person}


def _person(quote: Quote) -> str:
    contact = quote.contact
    if contact is None:
        return ""
    return " ".join(part for part in (contact.department, contact.title, str(contact)) if part)


def _before(quote: Quote) -> str:
    """The number of the version that this one takes the place of."""
    if quote.first_id is None:
        return ""
    versions = Quote.plain.exclude(number="").exclude(pk=quote.pk).filter(edition__lt=quote.edition)
    rows = versions.filter(first_id=quote.first_id) | versions.filter(pk=quote.first_id)
    return rows.order_by("-edition").values_list("number", flat=True).first() or ""


def written(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
