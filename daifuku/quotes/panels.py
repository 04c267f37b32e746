"""What stands on a quote's page: the next step, the printed lines, versions, approvals, links; and where quotes
are shown."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.catalog.models import Product
from daifuku.customers.objects.account import ACCOUNT
from daifuku.deals.objects.deal import DEAL
from daifuku.documents import sealing
from daifuku.documents.amounts import COUNTED, Kind
from daifuku.documents.lines import commas, printed
from daifuku.foundation.reversing import url_of
from daifuku.quotes import limits
from daifuku.quotes.actions.issuing import versions_of
from daifuku.quotes.models import Approval, Quote
from daifuku.quotes.models.quote import ACCEPTED, APPROVED, ASKED, DECLINED, ISSUED, OPEN, REPLACED, VOID
from daifuku.quotes.objects.quote import QUOTE
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.first_rows import FirstRows
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

MOST = 20


def register() -> None:
    QUOTE.panels += [
        Panel("steps", _("次にすること"), "quotes/panels/steps.html", steps, "head", 1),
        Panel("lines", _("明細"), "quotes/panels/lines.html", lines, "main", 2),
        Panel("approvals", _("承認"), "quotes/panels/approvals.html", approvals, "side", 3),
        Panel("links", _("送付と閲覧"), "quotes/panels/links.html", links, "side", 4),
        Panel("versions", _("版と控え"), "quotes/panels/versions.html", versions, "side", 5),
    ]
    many = pgettext_lazy("many", "見積")
    ACCOUNT.panels.append(Panel("quotes", many, "quotes/panels/quotes.html", of_account, "main", 14))
    DEAL.panels.append(Panel("quotes", many, "quotes/panels/quotes.html", of_deal, "main", 6))


def steps(quote: Quote, viewer: Viewer) -> dict[str, Any] | None:
    """What this person can do with it now; one of them is the obvious one."""
    if quote.trashed_at is not None:
        return None
    may_edit, today = sees(viewer, quote, "edit"), timezone.localdate()
    waiting = Approval.objects.filter(quote=quote, verdict="").first() if quote.state == ASKED else None
    reasons = limits.reasons(quote) if quote.state in OPEN and quote.state != APPROVED else []
    goods = any(line["kind"] == Kind.GOODS for line in quote.lines)
    return {
        "paper": sealing.may_open(viewer, "quote") and goods,
        "issue": may_edit and quote.state in OPEN and not reasons and goods,
        "ask": may_edit and quote.state in OPEN and quote.state != APPROVED and bool(reasons),
        "reasons": reasons,
        "withdraw": may_edit and quote.state == ASKED,
        "decide": waiting is not None and limits.may_approve(viewer, quote, waiting.asked_by_id),
        "send": may_edit and quote.state in {ISSUED, ACCEPTED} and not quote.is_over(today),
        "answer": may_edit and quote.state == ISSUED,
        "revise": may_edit
        and quote.state in {ISSUED, DECLINED, REPLACED, VOID}
        and viewer.may("quote", "create"),
        "void": may_edit and quote.state == ISSUED,
        "copy": viewer.may("quote", "create") and quote.state not in {ISSUED},
        "over": quote.state == ISSUED and quote.is_over(today),
    }


def lines(quote: Quote, viewer: Viewer) -> dict[str, Any] | None:
    fields = vocabulary.fields_for(viewer, "quote")
    if "lines" not in fields:
        return None
    costs = quote.costs if "costs" in fields else None
    rows = [
        (shown, _cost(line, costs))
        for shown, line in zip(printed(quote.lines, quote.day), quote.lines, strict=True)
    ]
    return {
        "rows": rows, "rates": quote.rate_sums, "costs": costs is not None and bool(costs),
        "total": {"net", "tax", "total"} <= fields.keys(),
        "missing": _gone(quote, viewer), "may_edit": quote.is_open and sees(viewer, quote, "edit"),
    }  # fmt: skip


def _cost(line: dict[str, Any], costs: dict[str, str] | None) -> str:
    if costs is None or line["kind"] not in COUNTED:
        return ""
    return commas(costs[line["id"]]) if line["id"] in costs else ""


def _gone(quote: Quote, viewer: Viewer) -> list[str]:
    """Products on an open quote that are sold no more, as far as this person may know of them."""
    uids = [line["product"] for line in quote.lines if "product" in line]
    if not quote.is_open or not uids:
        return []
    today = timezone.localdate()
    rows = Product.objects.visible_to(viewer).filter(uid__in=uids)
    return [product.name for product in rows if not product.is_sold(today)]


def approvals(quote: Quote, viewer: Viewer) -> dict[str, Any] | None:
    rows = list(Approval.objects.filter(quote=quote).select_related("asked_by", "decided_by")[:MOST])
    return {"rows": rows} if rows else None


def links(quote: Quote, viewer: Viewer) -> dict[str, Any] | None:
    rows = list(quote.links.select_related("made_by")[:MOST])
    if not rows:
        return None
    today = timezone.localdate()
    return {"rows": [(link, link.is_dead(today)) for link in rows], "may_edit": sees(viewer, quote, "edit")}


def versions(quote: Quote, viewer: Viewer) -> dict[str, Any] | None:
    others = [each for each in versions_of(quote) if sees(viewer, each, "view")]
    copies = sealing.copies_of(quote) if sealing.may_open(viewer, "quote") else []
    if len(others) < 2 and not copies:
        return None
    return {"versions": others if len(others) > 1 else [], "copies": copies, "states": _state_words()}


OF = {
    link: FirstRows(Quote, link, lambda quotes: quotes.order_by("-day", "-id"))
    for link in ("account", "deal")
}


def of_account(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    return _of("account", record, viewer)


def of_deal(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    return _of("deal", record, viewer)


def _of(link: str, record: Any, viewer: Viewer) -> dict[str, Any] | None:
    """The newest quotes, and the way to a new one with customer and deal filled in."""
    if not viewer.may("quote", "view") or link not in vocabulary.fields_for(viewer, "quote"):
        return None
    found = OF[link](record.pk, viewer, MOST)[:MOST]
    may_create = record.trashed_at is None and viewer.may("quote", "create")
    if not found and not may_create:
        return None
    where = {"all": [{"field": link, "op": "any_of", "value": [str(record.uid)]}]}
    return {
        "rows": found, "new": f"{url_of('records:new', QUOTE.slug)}?{urlencode(_start(link, record, viewer))}",
        "may_create": may_create, "of_lead": link == "deal" and record.account_id is None,
        "states": _state_words(), "total": "total" in vocabulary.fields_for(viewer, "quote"),
        "every": f"{url_of('records:list', QUOTE.slug)}?{urlencode({'where': json.dumps(where)})}",
    }  # fmt: skip


def _start(link: str, record: Any, viewer: Viewer) -> dict[str, str]:
    start = {link: str(record.uid)}
    if link == "deal":
        start["title"] = record.name
        if record.account_id is not None and sees(viewer, record.account, "view"):
            start["account"] = str(record.account.uid)
        if record.contact_id is not None and sees(viewer, record.contact, "view"):
            start["contact"] = str(record.contact.uid)
    return start


def _state_words() -> dict[str, Any]:
    kind: Any = vocabulary.fields_of("quote")["state"].type
    return {option.key: option for option in kind.options}
