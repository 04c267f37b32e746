"""Orders with their lines, what is bought and delivered for them, and the order ledger."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of
from daifuku.api.operations.many import answering, own_uid, shown
from daifuku.api.routing import fixed
from daifuku.catalog.objects.unit_price import plain
from daifuku.foundation.errors import NotFound
from daifuku.orders import actions
from daifuku.orders import ledger_reading as reading
from daifuku.orders.ledger_asking import read

ENTERED, ORDER = answering("Order", "201", "Created"), answering("Order")
DELIVERED, PURCHASED, PURCHASE = (
    answering("Delivery", "201", "Created"), answering("Purchase", "201", "Created"), answering("Purchase"),
)  # fmt: skip


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class OrderEntered(Strict):
    uid: str | None = Field(None, description=noop("受注の番号。自分で決めるとき"))
    values: dict[str, Any] = Field(..., description=noop("受注の項目"))
    lines: list[dict[str, Any]] = Field(..., description=noop("明細。項目は受注明細と同じです"))


class OrderLines(Strict):
    lines: list[dict[str, Any]] = Field(
        ..., description=noop("uid のある行は変更、remove が true なら削除、ほかは追加")
    )


class Reason(Strict):
    reason: str = Field(..., description=noop("理由"))


class Moved(Strict):
    quantities: dict[str, str] | None = Field(
        None, description=noop("明細の uid ごとの数量。省くと残りのすべて")
    )
    on: str = Field("", description=noop("日付。省くと今日"))
    values: dict[str, str] = Field(default_factory=dict, description=noop("place、carrier、note"))


class TakenBack(Strict):
    quantities: dict[str, str] | None = Field(
        None, description=noop("明細の uid ごとの数量。省くと残りのすべて")
    )
    reason: str = Field(..., description=noop("理由"))


class Bought(Strict):
    supplier: str = Field(..., description=noop("仕入先の uid"))
    lines: list[dict[str, str]] = Field(
        ..., description=noop("line（受注明細）か product の uid、quantity、price")
    )
    values: dict[str, str] = Field(default_factory=dict, description=noop("title、wanted_on、place、note"))


class LedgerRow(Schema):
    uid: str | None
    name: str | None
    orders: int
    quantity: str
    amount: int
    last_on: str
    usual_days: int | None = None
    next_on: str | None = None


class LedgerMonth(Schema):
    month: str
    orders: int
    amount: int


class OrderLedger(Schema):
    products: list[LedgerRow]
    accounts: list[LedgerRow]
    months: list[LedgerMonth]


@fixed.post(
    "/orders/enter", operation_id="enter_order", summary=noop("明細のある受注の登録"), openapi_extra=ENTERED
)
def enter_order(request: Asked, body: OrderEntered) -> Answer:
    """Order and lines at once, or nothing."""
    order = actions.enter(body.values, body.lines, by=request.auth.person, uid=own_uid({"uid": body.uid}))
    return shown(request, object_of(request.auth.viewer, "orders"), order, status=201)


@fixed.patch(
    "/orders/{uid}/lines", operation_id="lines_order", summary=noop("受注の明細の変更"), openapi_extra=ORDER
)
def lines_order(request: Asked, uid: str, body: OrderLines) -> Answer:
    """Lines that are not named stay as they are."""
    order = actions.change_lines(_record(request, "orders", uid), body.lines, by=request.auth.person)
    return shown(request, object_of(request.auth.viewer, "orders"), order)


@fixed.post(
    "/orders/{uid}/confirm", operation_id="confirm_order", summary=noop("注文請書の発行"), openapi_extra=ORDER
)
def confirm_order(request: Asked, uid: str) -> Answer:
    """A later one names the one before."""
    order = _record(request, "orders", uid)
    actions.confirm(order, by=request.auth.person, today=timezone.localdate())
    return shown(request, object_of(request.auth.viewer, "orders"), _record(request, "orders", uid))


@fixed.post(
    "/orders/{uid}/cancel", operation_id="cancel_order", summary=noop("受注の取り消し"), openapi_extra=ORDER
)
def cancel_order(request: Asked, uid: str, body: Reason) -> Answer:
    """Nothing of it may have been delivered."""
    order = actions.cancel(
        _record(request, "orders", uid), body.reason, by=request.auth.person, today=timezone.localdate()
    )
    return shown(request, object_of(request.auth.viewer, "orders"), order)


@fixed.post(
    "/orders/{uid}/deliver", operation_id="deliver_order", summary=noop("納品"), openapi_extra=DELIVERED
)
def deliver_order(request: Asked, uid: str, body: Moved) -> Answer:
    """The 納品書 is issued with it."""
    order, values = _record(request, "orders", uid), {**body.values, "delivered_on": body.on}
    made = actions.deliver(order, body.quantities, values, by=request.auth.person, today=timezone.localdate())
    return shown(request, object_of(request.auth.viewer, "deliveries"), made, status=201)


@fixed.post(
    "/deliveries/{uid}/take_back", operation_id="take_back_delivery", summary=noop("返品・訂正"),
    openapi_extra=DELIVERED,
)  # fmt: skip
def take_back_delivery(request: Asked, uid: str, body: TakenBack) -> Answer:
    """A delivery of negative quantities that names this one."""
    made = actions.take_back(
        _record(request, "deliveries", uid), body.quantities, body.reason, by=request.auth.person,
        today=timezone.localdate(),
    )  # fmt: skip
    return shown(request, object_of(request.auth.viewer, "deliveries"), made, status=201)


@fixed.post("/purchases/buy", operation_id="buy_purchase", summary=noop("発注"), openapi_extra=PURCHASED)
def buy_purchase(request: Asked, body: Bought) -> Answer:
    """To one supplier; the 発注書 is issued with it."""
    supplier = _record(request, "accounts", body.supplier)
    rows = [
        {
            **row,
            **({"line": _record(request, "order-lines", row["line"])} if row.get("line") else {}),
            **({"product": _record(request, "products", row["product"])} if row.get("product") else {}),
        }
        for row in body.lines
    ]
    made = actions.buy(supplier, rows, body.values, by=request.auth.person, today=timezone.localdate())
    return shown(request, object_of(request.auth.viewer, "purchases"), made, status=201)


@fixed.post(
    "/purchases/{uid}/arrive", operation_id="arrive_purchase", summary=noop("入荷"), openapi_extra=PURCHASE
)
def arrive_purchase(request: Asked, uid: str, body: Moved) -> Answer:
    """Part of it or all that is left."""
    made = actions.arrive(
        _record(request, "purchases", uid), body.quantities, on=body.on, by=request.auth.person,
        today=timezone.localdate(),
    )  # fmt: skip
    return shown(request, object_of(request.auth.viewer, "purchases"), made)


@fixed.post(
    "/purchases/{uid}/cancel",
    operation_id="cancel_purchase",
    summary=noop("発注の取り消し"),
    openapi_extra=PURCHASE,
)
def cancel_purchase(request: Asked, uid: str, body: Reason) -> Answer:
    """Nothing of it may have arrived."""
    made = actions.cancel_purchase(
        _record(request, "purchases", uid), body.reason, by=request.auth.person, today=timezone.localdate()
    )
    return shown(request, object_of(request.auth.viewer, "purchases"), made)


@fixed.get("/orders/ledger", operation_id="order_ledger", summary=noop("受注台帳"), response=OrderLedger)
def order_ledger(
    request: Asked, account: str = "", product: str = "", begin: str = "", end: str = ""
) -> Answer:
    """By product, customer and month; of one customer with the rhythm of each product."""
    viewer, today = request.auth.viewer, timezone.localdate()
    object_of(viewer, "order-lines")
    if not reading.may_read(viewer):
        raise NotFound
    asked = read({"account": account, "product": product, "begin": begin, "end": end}, viewer)
    months = [
        {"month": f"{each.year:04d}-{each.month:02d}", "orders": each.orders, "amount": each.amount}
        for each in reading.by_month(asked, viewer)
    ]
    return Answer({
        "products": [_row(each) for each in reading.by_product(asked, viewer, today)],
        "accounts": [_row(each) for each in reading.by_account(asked, viewer, today)], "months": months,
    })  # fmt: skip


def _row(row: reading.Row) -> dict[str, Any]:
    return {
        "uid": str(row.what.uid) if row.what is not None else None, "name": row.name or None, "orders": row.orders,
        "quantity": f"{plain(Decimal(row.quantity)):f}", "amount": row.amount, "last_on": row.last_on.isoformat(),
        "usual_days": row.usual, "next_on": row.next_on.isoformat() if row.next_on else None,
    }  # fmt: skip


def _record(request: Asked, slug: str, uid: str) -> Any:
    viewer = request.auth.viewer
    return record_of(viewer, object_of(viewer, slug), uid)
