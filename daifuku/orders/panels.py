"""What stands on the pages of orders, deliveries and purchases: the next step, the lines, the papers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from daifuku.catalog.models import Product
from daifuku.catalog.objects.product import PRODUCT
from daifuku.customers.models import Account
from daifuku.customers.objects.account import ACCOUNT
from daifuku.documents import kinds, sealing
from daifuku.documents.tax import CLASSES
from daifuku.foundation.reversing import url_of
from daifuku.foundation.sql.prepared import Prepared
from daifuku.orders import ledger_reading as reading
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.actions.purchasing import may_buy_for
from daifuku.orders.models import Delivery, Order, OrderLine, Purchase
from daifuku.orders.models.order import OPEN
from daifuku.orders.objects.delivery import DELIVERY
from daifuku.orders.objects.order import ORDER
from daifuku.orders.objects.purchase import PURCHASE
from daifuku.records.actions.filing import files_of
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.panel import Panel
from daifuku.records.first_rows import FirstRows
from daifuku.records.once import new_word
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

SHOWN = 8


def register() -> None:
    ORDER.panels += [
        Panel("turn", _("この受注"), "orders/panels/turn.html", turning, "head", 1),
        Panel("lines", _("明細"), "orders/panels/lines.html", lines, "main", 2),
        Panel("papers", _("納品・発注・書類"), "orders/panels/papers.html", papers, "side", 5),
    ]
    ACCOUNT.panels.append(Panel("orders", _("受注台帳"), "orders/panels/ledger.html", of_account, "main", 13))
    PRODUCT.panels.append(Panel("orders", _("受注台帳"), "orders/panels/ledger.html", of_product, "main", 9))
    DELIVERY.panels += [
        Panel("lines", _("明細"), "orders/panels/paper_lines.html", of_delivery, "main", 2),
        Panel("papers", _("書類"), "orders/panels/papers.html", copies, "side", 5),
    ]
    PURCHASE.panels += [
        Panel("lines", _("明細"), "orders/panels/paper_lines.html", of_purchase, "main", 2),
        Panel("papers", _("書類"), "orders/panels/papers.html", copies, "side", 5),
    ]


WAITING = FirstRows(Order, "account", lambda orders: orders.filter(state__in=OPEN).order_by("due_on", "pk"))
ANYTHING = Prepared(
    lambda account: OrderLine.plain.filter(account_id=account, trashed_at__isnull=True).values_list("pk")[:1]
)


def of_account(account: Account, viewer: Viewer) -> dict[str, Any] | None:
    """The ledger of one customer: what he orders, how often, when next; and what is on the way to him."""
    if not reading.may_read(viewer):
        return None
    today = timezone.localdate()
    asked = reading.Asked(account=account)
    rows = reading.by_product(asked, viewer, today)[:SHOWN] if ANYTHING.first(account.pk) else []
    words = urlencode({"account": str(account.uid)})
    may_enter = account.trashed_at is None and viewer.may("order", "create")
    found = WAITING(account.pk, viewer, SHOWN)[:SHOWN]
    if not rows and not found and not may_enter:
        return None
    return {
        "rows": rows, "rhythm": True, "heading": "product", "today": today, "open": found,
        "totals": "total" in vocabulary.fields_for(viewer, "order"),
        "ledger": f"{url_of('orders:ledger')}?{words}",
        "enter": f"{url_of('orders:enter')}?{words}" if may_enter else "",
    }  # fmt: skip


def of_product(product: Product, viewer: Viewer) -> dict[str, Any] | None:
    """Who orders it."""
    if not reading.may_read(viewer):
        return None
    today = timezone.localdate()
    rows = reading.by_account(reading.Asked(product=product), viewer, today)[:SHOWN]
    words = urlencode({"product": str(product.uid)})
    ledger = f"{url_of('orders:ledger')}?{words}"
    return (
        {"rows": rows, "rhythm": None, "heading": "account", "today": today, "ledger": ledger}
        if rows
        else None
    )


def turning(order: Order, viewer: Viewer) -> dict[str, Any] | None:
    """One obvious next step: goods, then delivery. Whoever only buys sees that."""
    may_edit, may_buy = sees(viewer, order, "edit"), may_buy_for(order, viewer)
    if order.trashed_at is not None or not (may_edit or may_buy):
        return None
    found = [line for line in lines_of(order) if line.counts]
    today, open_ = timezone.localdate(), order.cancelled_on is None
    late = (today - order.due_on).days if order.is_open and order.due_on < today else 0
    delivered = any(line.delivered for line in found)
    addresses = {
        name: url_of(f"orders:{name}", order.uid)
        for name in ("lines", "deliver", "buy", "confirm", "cancel", "preview")
    }
    return {
        "next": "lines" if may_edit and not found else "", "late": late,
        "attached": not may_edit or bool(files_of(order)[:1]),
        "may_deliver": may_edit and open_ and viewer.may("delivery", "create") and any(line.left > 0 for line in found),
        "may_buy": may_buy and order.is_open and any(line.to_buy > 0 for line in found),
        "may_confirm": may_edit and open_ and bool(found), "may_cancel": may_edit and open_ and not delivered,
        "once": new_word(), **addresses,
    }  # fmt: skip


def lines(order: Order, viewer: Viewer) -> dict[str, Any] | None:
    """As far as this person may know of lines and their sums."""
    fields = vocabulary.fields_for(viewer, "order_line")
    found = list(lines_of(order))
    for line in found:
        line.mark = CLASSES[line.tax_class].mark if line.tax_class in CLASSES else ""
    sums = [
        {
            "taxed": CLASSES[each.tax_class].taxed, "label": CLASSES[each.tax_class].label, "rate": each.rate,
            "net": each.net, "tax": each.tax,
        }
        for each in order.rate_sums
    ]  # fmt: skip
    may_edit = order.trashed_at is None and order.cancelled_on is None and sees(viewer, order, "edit")
    return {
        "lines": found, "sums": sums if _sums_seen(order, viewer) else [], "may_edit": may_edit,
        "prices": "unit_price" in fields, "amounts": "amount" in fields, "total": _sums_seen(order, viewer),
    }  # fmt: skip


def _sums_seen(record: Any, viewer: Viewer) -> bool:
    return {"net", "tax", "total"} <= vocabulary.fields_for(viewer, record.object_key).keys()


def papers(order: Order, viewer: Viewer) -> dict[str, Any] | None:
    """Only what this person may see."""
    deliveries: Any = []
    purchases: Any = []
    if viewer.may("delivery", "view"):
        deliveries = list(Delivery.objects.visible_to(viewer).filter(order=order).order_by("pk"))
    if viewer.may("purchase", "view"):
        bought = Purchase.objects.visible_to(viewer).filter(lines__order_line__order=order)
        purchases = list(bought.distinct().order_by("pk"))
    found = _copies(order, viewer)
    if not deliveries and not purchases and not found:
        return None
    totals = "total" in vocabulary.fields_for(viewer, "delivery")
    return {
        "deliveries": deliveries, "purchases": purchases, "copies": found, "slug": ORDER.slug, "totals": totals,
    }  # fmt: skip


def copies(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    found = _copies(record, viewer)
    return {"copies": found, "slug": registry.of(record).slug} if found else None


def _copies(record: Any, viewer: Viewer) -> list[Any]:
    found: list[Any] = [copy for copy in sealing.copies_of(record) if sealing.may_open(viewer, copy.kind)]
    for copy in found:
        copy.label = kinds.get(copy.kind).label
    return found


def of_delivery(delivery: Delivery, viewer: Viewer) -> dict[str, Any] | None:
    ways = []
    if delivery.corrects_id is None and sees(viewer, delivery, "edit"):
        ways.append((url_of("orders:take_back", delivery.uid), _now("返品・訂正"), ""))
    rows, priced = list(delivery.lines.order_by("place", "pk")), _sums_seen(delivery, viewer)
    return {"lines": rows, "ways": ways, "priced": priced}


def of_purchase(purchase: Purchase, viewer: Viewer) -> dict[str, Any] | None:
    rows = list(purchase.lines.select_related("order_line__order").order_by("place", "pk"))
    for row in rows:
        if row.order_line is not None and not sees(viewer, row.order_line.order, "view"):
            row.order_line = None
    ways = []
    if purchase.cancelled_on is None and sees(viewer, purchase, "edit"):
        if any(row.left > 0 for row in rows):
            ways.append((url_of("orders:arrive", purchase.uid), _now("入荷を登録"), "primary"))
        if not any(row.arrived for row in rows):
            ways.append((url_of("orders:cancel_purchase", purchase.uid), _now("取り消す"), "quiet"))
    return {"lines": rows, "ways": ways, "arrivals": True, "priced": _sums_seen(purchase, viewer)}
