"""発注: what is needed for orders is bought from its suppliers, each with one paper; what arrives is noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from daifuku.catalog.models import Product
from daifuku.catalog.objects.unit_price import Quantity, UnitPrice
from daifuku.customers.models import Account
from daifuku.documents.amounts import line_amount, totals
from daifuku.documents.models.issuer import issuer
from daifuku.documents.tax import STANDARD, checked_rate
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.writing import About
from daifuku.orders.actions.issuing import issue, register, tell
from daifuku.orders.models import Arrival, Order, OrderLine, Purchase, PurchaseLine
from daifuku.orders.papers import PURCHASE, purchase_order
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.catalogue.types import Date, Refused, Text
from daifuku.records.scope import sees
from daifuku.staff.models import Company, Person
from daifuku.staff.viewer import Viewer, viewer_of

Row = Mapping[str, Any]
ZERO = Decimal(0)


def buy(supplier: Account, rows: Sequence[Row], values: Row, *, by: Person, today: date) -> Purchase:
    """Issues the 発注書 to one supplier. A row names an order line (`line`) or a `product`, `quantity` and `price`.
    `values`: title, wanted_on, place, note.

    Raises Invalid (nothing, more than is needed for the order), Forbidden (see `may_buy_for`), NotFound.
    """
    with ledger.writing():
        given = _cleaned(values, today)
        lines = _lines(_held(rows, by), given["wanted_on"] or today)
        of = issuer()
        purchase = Purchase(
            account=supplier, owner=by, rounding=of.rounding, payment_terms=supplier.payment_terms, **given
        )
        purchase.place = purchase.place or _own_address()
        purchase.put_totals(totals(lines, purchase.rounding))
        register(purchase, by=by)
        for line in lines:
            line.purchase = purchase
            line.save(force_insert=True)
        copy = issue(PURCHASE, purchase, purchase_order(purchase, lines, today), today, by=by)
        follow({line.order_line_id for line in lines})
        tell(purchase, by=by, data={"sha256": copy.sha256})
    return purchase


def arrive(
    purchase: Purchase, quantities: Mapping[str, Any] | None, *, on: Any = None, by: Person, today: date
) -> Purchase:
    """Notes what came, by the uid of the purchase's lines; None: all that is left. Raises Invalid, Conflict."""
    with ledger.writing():
        purchase = locked(purchase, viewer_of(by), "edit")
        if purchase.cancelled_on is not None:
            raise Conflict(_("取り消した発注には入荷を登録できません。"), code="cancelled")
        lines = {str(line.uid): line for line in purchase.lines.order_by("place", "pk")}
        if quantities is None:
            quantities = {key: line.left for key, line in lines.items() if line.left > 0}
        day = _day("arrived_on", on) or today
        if purchase.issued_on is not None and day < purchase.issued_on:
            sentence = _("入荷日が発注日より前です。日付を確認してください。")
            raise Invalid([FieldProblem("arrived_on", sentence, code="before_order")])
        came = _came(lines, quantities)
        for line, quantity in came:
            Arrival.objects.create(line=line, quantity=quantity, arrived_on=day, by=by, at=moment())
            PurchaseLine.objects.filter(pk=line.pk).update(arrived=F("arrived") + quantity)
        put_state(purchase)
        follow({line.order_line_id for line, _quantity in came})
        told = [{"name": line.name, "quantity": str(quantity)} for line, quantity in came]
        parts = {str(line.uid): str(quantity) for line, quantity in came}
        ledger.record(
            "purchase.arrived", by=by, about=about_purchase(purchase),
            data={"on": day.isoformat(), "lines": told, "parts": parts},
        )  # fmt: skip
    return purchase


def cancel_purchase(purchase: Purchase, reason: str, *, by: Person, today: date) -> Purchase:
    """Raises Invalid (no reason), Conflict (something arrived, cancelled before), Forbidden."""
    words = clean_text(reason)[:200]
    if not words:
        raise Invalid([FieldProblem("reason", _("取り消しの理由を入力してください。"), code="required")])
    with ledger.writing():
        purchase = locked(purchase, viewer_of(by), "edit")
        if purchase.cancelled_on is not None:
            raise Conflict(_("この発注はすでに取り消されています。"), code="cancelled")
        if purchase.lines.filter(arrived__gt=0).exists():
            raise Conflict(_("入荷した商品があるため、取り消せません。"), code="arrived")
        purchase.cancelled_on, purchase.cancel_reason, purchase.state = today, words, "cancelled"
        stamp(purchase)
        purchase.save(update_fields=["cancelled_on", "cancel_reason", "state", "version", "updated_at"])
        follow(set(purchase.lines.values_list("order_line_id", flat=True)))
        ledger.record("purchase.cancelled", by=by, about=about_purchase(purchase), data={"reason": words})
    return purchase


def may_buy_for(order: Order, viewer: Viewer) -> bool:
    """Whoever may change the order, and whoever buys for the whole house."""
    whole = viewer.reach("purchase", "edit").everyone
    return viewer.may("purchase", "create") and (whole or sees(viewer, order, "edit"))


def _held(rows: Sequence[Row], by: Person) -> list[Row]:
    """The order lines as they stand now, with their orders held, so that two who buy at once see one another."""
    keys = {row["line"].pk for row in rows if isinstance(row.get("line"), OrderLine)}
    orders = {
        row["line"].order_id: row["line"].order for row in rows if isinstance(row.get("line"), OrderLine)
    }
    viewer = viewer_of(by)
    for _key, order in sorted(orders.items()):
        if not may_buy_for(locked(order, viewer, "view"), viewer):
            raise Forbidden
    known = OrderLine.plain.select_related("product").in_bulk(keys)
    return [{**row, "line": known.get(row["line"].pk)} if row.get("line") else row for row in rows]


def _lines(rows: Sequence[Row], day: date) -> list[PurchaseLine]:
    found, problems = [], []
    left: dict[int, Decimal] = {}
    for place, row in enumerate(rows, start=1):
        ordered, product = row.get("line"), row.get("product")
        if not isinstance(ordered, OrderLine) and not isinstance(product, Product):
            raise NotFound
        try:
            quantity = Quantity().clean(row.get("quantity"))
            price = UnitPrice().clean(row.get("price"))
        except Refused as error:
            problems.append(FieldProblem(f"lines.{place - 1}", error.message, code=error.code))
            continue
        if not quantity:
            continue
        if isinstance(ordered, OrderLine):
            left[ordered.pk] = left.get(ordered.pk, ordered.to_buy) - quantity
        if isinstance(ordered, OrderLine) and left[ordered.pk] < 0:
            sentence = _(
                "「%(name)s」の発注は残り%(left)sです。それより多くは、商品を選んで発注してください。"
            )
            said = {"name": ordered.name, "left": Quantity().display(ordered.to_buy)}
            problems.append(FieldProblem(f"lines.{place - 1}", sentence % said, code="more_than_ordered"))
            continue
        found.append(_line(place, ordered, product, quantity, price, day))
    if not found and not problems:
        problems.append(FieldProblem("lines", _("発注する数量を1つ以上入力してください。"), code="required"))
    if problems:
        raise Invalid(problems)
    return found


def _line(
    place: int, ordered: OrderLine | None, product: Product | None, quantity: Decimal, price: Any, day: date
) -> PurchaseLine:
    goods = product or (ordered.product if ordered else None)
    source: Any = ordered or goods
    cost = (
        price
        if price is not None
        else (goods.cost if goods else None) or (ordered.cost if ordered else None) or ZERO
    )
    tax_class = source.tax_class or STANDARD
    return PurchaseLine(
        place=place, order_line=ordered, product=goods,
        code=(goods.supplier_code or goods.code) if goods else source.code,
        name=source.name, spec=source.spec, unit=source.unit, quantity=quantity, unit_price=cost,
        tax_class=tax_class, rate=checked_rate(tax_class, day), amount=line_amount(quantity, cost),
    )  # fmt: skip


def _came(
    lines: Mapping[str, PurchaseLine], quantities: Mapping[str, Any]
) -> list[tuple[PurchaseLine, Decimal]]:
    found, problems = [], []
    for key, raw in quantities.items():
        line = lines.get(key)
        if line is None:
            raise NotFound
        try:
            quantity = Quantity().clean(raw)
        except Refused as error:
            problems.append(FieldProblem(key, error.message, code=error.code))
            continue
        if quantity and quantity > line.left:
            sentence = _("「%(name)s」は残り%(left)sです。それより多くは登録できません。")
            said = {"name": line.name, "left": Quantity().display(line.left)}
            problems.append(FieldProblem(key, sentence % said, code="more_than_ordered"))
        elif quantity:
            found.append((line, quantity))
    if not found and not problems:
        problems.append(FieldProblem("lines", _("数量を1つ以上入力してください。"), code="required"))
    if problems:
        raise Invalid(problems)
    return found


def put_state(purchase: Purchase, *more: str) -> None:
    """How far it is, as its lines say; it arrived when the last of them did. Saves the fields of `more` as well."""
    lines = list(purchase.lines.all())
    done = bool(lines) and all(line.arrived >= line.quantity for line in lines)
    days = Arrival.objects.filter(line__purchase=purchase).values("arrived_on").annotate(came=Sum("quantity"))
    last = max((row["arrived_on"] for row in days if row["came"] > 0), default=None)
    purchase.state = "arrived" if done else "partly" if any(line.arrived for line in lines) else "open"
    purchase.arrived_on = last if done else None
    stamp(purchase)
    purchase.save(update_fields=["state", "arrived_on", "version", "updated_at", *more])


def follow(keys: set[int | None]) -> None:
    """What order lines keep of their purchases."""
    for key in sorted(key for key in keys if key is not None):
        rows = PurchaseLine.objects.filter(order_line=key, purchase__cancelled_on__isnull=True)
        sums = rows.aggregate(bought=Sum("quantity"), came=Sum("arrived"))
        OrderLine.plain.filter(pk=key).update(purchased=sums["bought"] or ZERO, arrived=sums["came"] or ZERO)


def _cleaned(values: Row, today: date) -> dict[str, Any]:
    texts = {"title": Text(200), "place": Text(1000), "note": Text(4000)}
    found: dict[str, Any] = {}
    for key, kind in texts.items():
        try:
            found[key] = kind.clean(values.get(key))
        except Refused as error:
            raise Invalid([FieldProblem(key, error.message, code=error.code)]) from error
    found["wanted_on"] = _day("wanted_on", values.get("wanted_on"))
    if found["wanted_on"] is not None and found["wanted_on"] < today:
        sentence = _("希望納期が過去の日付です。日付を確認してください。")
        raise Invalid([FieldProblem("wanted_on", sentence, code="past")])
    return found


def _day(key: str, raw: Any) -> date | None:
    try:
        found: date | None = Date().clean(raw)
    except Refused as error:
        raise Invalid([FieldProblem(key, error.message, code=error.code)]) from error
    return found


def _own_address() -> str:
    company = Company.objects.first()
    return f"{company.name} {company.address}".strip() if company else ""


def about_purchase(purchase: Purchase) -> list[About]:
    return [About("purchase", purchase.pk), About("account", purchase.account_id, "related")]
