"""納品: what was ordered is brought, in one piece or in parts; what comes back is a paper of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from daifuku.catalog.objects.unit_price import Quantity
from daifuku.documents.amounts import line_amount, totals
from daifuku.documents.models import Line
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.orders.actions.entering import lines_of, need_edit
from daifuku.orders.actions.issuing import issue, register, tell
from daifuku.orders.models import Delivery, DeliveryLine, Order, OrderLine
from daifuku.orders.papers import DELIVERY, address_of, delivery_note
from daifuku.orders.state import recount
from daifuku.records.catalogue.types import Date, Refused, Text
from daifuku.staff.models import Person

COPIED = [
    field.name
    for field in Line._meta.get_fields()
    if field.name not in ("uid", "place", "quantity", "amount")
]
ZERO = Decimal(0)


@dataclass(frozen=True)
class Part:
    line: OrderLine
    quantity: Decimal


def deliver(
    order: Order, quantities: Mapping[str, Any] | None, values: Mapping[str, Any], *, by: Person, today: date
) -> Delivery:
    """`quantities` by the uid of the order's lines; None delivers all that is left. `values`: delivered_on, place,
    carrier, note. The 納品書 is issued with it.

    Raises Invalid (more than ordered, before the order's day), Conflict (cancelled, nothing left), Forbidden.
    """
    with ledger.writing():
        order = need_edit(order, by)
        if order.cancelled_on is not None:
            raise Conflict(_("取り消した受注は納品できません。"), code="cancelled")
        lines = list(lines_of(order))
        parts = _parts(lines, quantities)
        given = _cleaned(values, order, today)
        place = given["place"] or order.place or address_of(order.account)
        delivery = Delivery(
            order=order, account=order.account, owner=order.owner, title=order.title, rounding=order.rounding,
            included=order.included, **{**given, "place": place},
        )  # fmt: skip
        return _issued(delivery, parts, by)


def take_back(
    delivery: Delivery, quantities: Mapping[str, Any] | None, reason: str, *, by: Person, today: date
) -> Delivery:
    """返品・訂正: a delivery of negative quantities that names this one. `quantities` as above, of what was delivered
    with it; None takes all of it back. Raises Invalid, Conflict, Forbidden."""
    with ledger.writing():
        order = need_edit(delivery.order, by)
        if delivery.corrects_id is not None:
            raise Conflict(
                _("返品・訂正の納品書は、さらに訂正できません。元の納品から登録してください。"),
                code="correction",
            )
        back = _taken_back(delivery)
        rows = list(delivery.lines.select_related("order_line").order_by("place", "pk"))
        left = {str(row.order_line.uid): row.quantity - back.get(row.order_line_id, ZERO) for row in rows}
        wanted = {key: most for key, most in left.items() if most > 0} if quantities is None else quantities
        parts = _checked(wanted, left, {str(row.order_line.uid): row.order_line for row in rows})
        words = _reason(reason)
        made = Delivery(
            order=order, account=order.account, owner=order.owner, title=delivery.title, reason=words,
            corrects=delivery, rounding=delivery.rounding, included=delivery.included, delivered_on=today,
            place=delivery.place,
        )  # fmt: skip
        return _issued(made, [Part(part.line, -part.quantity) for part in parts], by)


def _reason(raw: str) -> str:
    try:
        words = Text(200).clean(raw)
    except Refused as error:
        raise Invalid([FieldProblem("reason", error.message, code=error.code)]) from error
    if not words:
        raise Invalid([FieldProblem("reason", _("返品・訂正の理由を入力してください。"), code="required")])
    return str(words)


def _issued(delivery: Delivery, parts: list[Part], by: Person) -> Delivery:
    lines = [_line(part, place) for place, part in enumerate(parts, start=1)]
    delivery.put_totals(totals(lines, delivery.rounding, included=delivery.included))
    register(delivery, by=by)
    for line in lines:
        line.delivery = delivery
        line.save(force_insert=True)
    for part in parts:
        OrderLine.plain.filter(pk=part.line.pk).update(delivered=F("delivered") + part.quantity)
    copy = issue(DELIVERY, delivery, delivery_note(delivery, lines), delivery.delivered_on, by=by)
    recount([delivery.order_id], by)
    tell(delivery, by=by, data={"sha256": copy.sha256})
    return delivery


def _line(part: Part, place: int) -> DeliveryLine:
    """All that is printed, as it stands on the order now; a discount in yen goes with its line as a whole."""
    copied = {name: getattr(part.line, name) for name in COPIED}
    amount = line_amount(part.quantity, part.line.unit_price, part.line.discount)
    if part.line.kind == "discount":
        amount = -amount
    return DeliveryLine(order_line=part.line, place=place, quantity=part.quantity, amount=amount, **copied)


def _parts(lines: list[OrderLine], quantities: Mapping[str, Any] | None) -> list[Part]:
    goods = {str(line.uid): line for line in lines if line.counts}
    left = {key: line.left for key, line in goods.items()}
    if quantities is None:
        quantities = {key: most for key, most in left.items() if most > 0}
        if not quantities:
            raise Conflict(_("この受注は、すべて納品済みです。"), code="nothing_left")
    return _checked(quantities, left, goods)


def _checked(
    quantities: Mapping[str, Any], left: Mapping[str, Decimal], lines: Mapping[str, OrderLine]
) -> list[Part]:
    parts, problems = [], []
    for key, raw in quantities.items():
        if key not in lines:
            raise NotFound
        try:
            quantity = Quantity().clean(raw)
        except Refused as error:
            problems.append(FieldProblem(key, error.message, code=error.code))
            continue
        if quantity and quantity > left[key]:
            sentence = _("「%(name)s」は残り%(left)sです。それより多くは登録できません。")
            said = {"name": lines[key].name, "left": Quantity().display(left[key])}
            problems.append(FieldProblem(key, sentence % said, code="more_than_ordered"))
        elif quantity:
            parts.append(Part(lines[key], quantity))
    if not parts and not problems:
        problems.append(FieldProblem("lines", _("数量を1つ以上入力してください。"), code="required"))
    if problems:
        raise Invalid(problems)
    return parts


def _taken_back(delivery: Delivery) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for row in DeliveryLine.objects.filter(delivery__corrects=delivery):
        found[row.order_line_id] = found.get(row.order_line_id, ZERO) - row.quantity
    return found


def _cleaned(values: Mapping[str, Any], order: Order, today: date) -> dict[str, Any]:
    kinds = {"delivered_on": Date(), "place": Text(1000), "carrier": Text(120), "note": Text(4000)}
    found: dict[str, Any] = {}
    problems = []
    for key, kind in kinds.items():
        try:
            found[key] = kind.clean(values.get(key))
        except Refused as error:
            problems.append(FieldProblem(key, error.message, code=error.code))
    day = found.get("delivered_on") or today
    if day < order.ordered_on:
        sentence = _("納品日が受注日（%(day)s）より前です。日付を確認してください。") % {
            "day": f"{order.ordered_on:%Y/%m/%d}"
        }
        problems.append(FieldProblem("delivered_on", sentence, code="before_order"))
    elif day > today:
        problems.append(
            FieldProblem(
                "delivered_on",
                _("納品日に先の日付は使えません。納品した日に登録してください。"),
                code="future",
            )
        )
    if problems:
        raise Invalid(problems)
    return {**found, "delivered_on": day}
