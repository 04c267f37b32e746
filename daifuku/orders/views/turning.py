"""What is done with an order, each on a page of its own: confirmed, cancelled, bought for, delivered, taken back."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from daifuku.catalog.objects.unit_price import plain
from daifuku.foundation.errors import Forbidden
from daifuku.orders import actions
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.actions.purchasing import may_buy_for
from daifuku.orders.models import DeliveryLine
from daifuku.orders.views.asking import Quantities, Question, ask
from daifuku.records.catalogue import vocabulary
from daifuku.records.once import once
from daifuku.records.scope import sees
from daifuku.records.views import telling
from daifuku.records.views.finding import object_at, record_at, viewer_at
from daifuku.staff.viewer import Viewer

EITHER = ["GET", "HEAD", "POST"]


@require_POST
def confirm(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    order, by = record_at(request, "orders", uid, action="edit")[1], viewer_at(request).person

    def act() -> dict[str, str]:
        copy = actions.confirm(order, by=by, today=timezone.localdate())
        telling.done(request, _("注文請書 %(number)s を発行しました。") % {"number": copy.number})
        return {"number": copy.number}

    once(request.POST, act, by=by)
    return redirect(order.get_absolute_url())


@require_http_methods(EITHER)
def cancel_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    order = record_at(request, "orders", uid, action="edit")[1]
    by, today = viewer_at(request).person, timezone.localdate()
    question = Question(
        _("「%(order)s」を取り消す") % {"order": order}, order, _("取り消す"),
        _("納品していない受注だけ取り消せます。履歴から元に戻せます。"),
        texts={"reason": _("取り消しの理由")}, danger=True,
    )  # fmt: skip

    def act(sent: Any) -> Any:
        actions.cancel(order, sent.get("reason", ""), by=by, today=today)
        telling.done(request, _("受注を取り消しました。"), telling.written(order))
        return order

    return ask(request, question, act)


@require_http_methods(EITHER)
def deliver_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Filled with all that is left, so that one press delivers it."""
    order = record_at(request, "orders", uid, action="edit")[1]
    object_at(request, "deliveries", "create")
    by, today = viewer_at(request).person, timezone.localdate()
    rows = [line for line in lines_of(order) if line.counts and line.left > 0]
    question = Question(
        _("「%(order)s」の納品") % {"order": order}, order, _("納品書を発行"),
        _("今回納品する数量を入力してください。0の行は納品しません。発行した納品書は変更できません。"),
        quantities=[
            Quantities(str(line.uid), line.name, line.unit, line.quantity, line.delivered, line.left) for line in rows
        ],
        days={"delivered_on": (_("納品日"), today)},
        texts={"place": _("納品先（空欄なら受注の納品先）"), "carrier": _("運送会社・伝票番号"), "note": _("備考")},
        nothing=_("納品する商品は残っていません。"),
    )  # fmt: skip

    def act(sent: Any) -> Any:
        delivery = actions.deliver(order, question.typed(sent), sent.dict(), by=by, today=today)
        telling.done(request, _("納品書 %(number)s を発行しました。") % {"number": delivery.number})
        return delivery

    return ask(request, question, act)


@require_http_methods(EITHER)
def take_back_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    delivery = record_at(request, "deliveries", uid, action="edit")[1]
    by, today = viewer_at(request).person, timezone.localdate()
    back: dict[int, Any] = {}
    for row in DeliveryLine.objects.filter(delivery__corrects=delivery):
        back[row.order_line_id] = back.get(row.order_line_id, 0) - row.quantity
    rows = delivery.lines.select_related("order_line") if delivery.corrects_id is None else []
    question = Question(
        _("「%(delivery)s」の返品・訂正") % {"delivery": delivery}, delivery, _("返品・訂正の納品書を発行"),
        _("元の納品書は変えず、マイナスの納品書を新しく発行します。"),
        quantities=[
            Quantities(
                str(row.order_line.uid), row.name, row.unit, row.quantity, back.get(row.order_line_id, 0),
                row.quantity - back.get(row.order_line_id, 0), filled=False,
            )
            for row in rows
        ],
        texts={"reason": _("返品・訂正の理由")}, nothing=_("訂正できる商品は残っていません。"),
    )  # fmt: skip

    def act(sent: Any) -> Any:
        made = actions.take_back(delivery, question.typed(sent), sent.get("reason", ""), by=by, today=today)
        telling.done(request, _("納品書 %(number)s を発行しました。") % {"number": made.number})
        return made

    return ask(request, question, act)


@require_http_methods(EITHER)
def buy_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """By supplier: each gets his own 発注書."""
    order = record_at(request, "orders", uid)[1]
    object_at(request, "purchases", "create")
    if not may_buy_for(order, viewer_at(request)):
        raise Forbidden
    by, today = viewer_at(request).person, timezone.localdate()
    groups: dict[Any, list[Any]] = {}
    rows = lines_of(order).select_related("product__supplier")
    viewer = viewer_at(request)
    needed = [(line, _supplier(line, viewer)) for line in rows if line.counts and line.to_buy > 0]
    unknown = [line for line, seller in needed if seller is None]
    for line, seller in needed:
        if seller is not None:
            groups.setdefault(seller, []).append(line)
    chosen = request.GET.get("supplier", "")
    supplier: Any = next((each for each in groups if str(each.uid) == chosen), next(iter(groups), None))
    lines = groups.get(supplier, [])
    question = Question(
        _("「%(order)s」の発注") % {"order": order}, order, _("発注書を発行"),
        _("仕入先ごとに発注書を発行します。発行した発注書は変更できません。"),
        quantities=[
            Quantities(
                str(line.uid), line.name, line.unit, line.quantity, line.purchased, line.to_buy,
                price=_cost(line, viewer),
            )
            for line in lines
        ],
        days={"wanted_on": (_("希望納期"), None)},
        texts={"title": _("件名"), "place": _("納品先（空欄なら自社）"), "note": _("備考")},
        nothing=_("発注する商品は残っていません。仕入先は商品のページで登録します。"),
        choices=[(each, len(found), each == supplier) for each, found in groups.items()], unknown=unknown,
        priced=True,
    )  # fmt: skip

    def act(sent: Any) -> Any:
        by_uid = {str(line.uid): line for line in rows}
        wanted = [
            {"line": by_uid.get(key), "quantity": quantity, "price": sent.get(f"p-{key}", "")}
            for key, quantity in question.typed(sent).items()
        ]
        made = actions.buy(supplier, wanted, sent.dict(), by=by, today=today)
        telling.done(request, _("発注書 %(number)s を発行しました。") % {"number": made.number})
        return order if len(groups) > 1 else made

    return ask(request, question, act)


@require_http_methods(EITHER)
def arrive_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    purchase = record_at(request, "purchases", uid, action="edit")[1]
    by, today = viewer_at(request).person, timezone.localdate()
    rows = [line for line in purchase.lines.order_by("place", "pk") if line.left > 0]
    question = Question(
        _("「%(purchase)s」の入荷") % {"purchase": purchase}, purchase, _("入荷を登録"),
        _("届いた数量を入力してください。"),
        quantities=[
            Quantities(str(line.uid), line.name, line.unit, line.quantity, line.arrived, line.left) for line in rows
        ],
        days={"arrived_on": (_("入荷日"), today)}, nothing=_("すべて入荷しています。"),
    )  # fmt: skip

    def act(sent: Any) -> Any:
        actions.arrive(purchase, question.typed(sent), on=sent.get("arrived_on"), by=by, today=today)
        telling.done(request, _("入荷を登録しました。"), telling.written(purchase))
        return purchase

    return ask(request, question, act)


@require_http_methods(EITHER)
def cancel_purchase_page(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    purchase = record_at(request, "purchases", uid, action="edit")[1]
    by, today = viewer_at(request).person, timezone.localdate()
    question = Question(
        _("「%(purchase)s」を取り消す") % {"purchase": purchase}, purchase, _("取り消す"),
        _("入荷していない発注だけ取り消せます。仕入先への連絡もお願いします。"),
        texts={"reason": _("取り消しの理由")}, danger=True,
    )  # fmt: skip

    def act(sent: Any) -> Any:
        actions.cancel_purchase(purchase, sent.get("reason", ""), by=by, today=today)
        telling.done(request, _("発注を取り消しました。"), telling.written(purchase))
        return purchase

    return ask(request, question, act)


def _supplier(line: Any, viewer: Viewer) -> Any:
    """None as well where this person may not know of him."""
    supplier = line.product.supplier if line.product_id else None
    known = supplier is not None and "supplier" in vocabulary.fields_for(viewer, "product")
    return supplier if known and sees(viewer, supplier, "view") else None


def _cost(line: Any, viewer: Viewer) -> str:
    """What it usually costs, for whoever may see that."""
    asked = [("product", line.product.cost), ("order_line", line.cost)]
    seen = [cost for key, cost in asked if "cost" in vocabulary.fields_for(viewer, key) and cost is not None]
    return f"{plain(seen[0]):f}" if seen else ""
