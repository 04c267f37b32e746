"""An order that is not to be fulfilled any more: what was delivered stays, the rest is not owed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Conflict, DomainError, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.orders.actions.entering import need_edit
from daifuku.orders.models import Order, OrderLine
from daifuku.orders.state import recount
from daifuku.records.actions.editing import stamp
from daifuku.staff.models import Person

# What areas above know of that stands against it.
BOUND: list[Callable[[Order], DomainError | None]] = []


def cancel(order: Order, reason: str, *, by: Person, today: date) -> Order:
    """Raises Invalid (no reason), Conflict (delivered in part or whole, billed ahead, cancelled before), Forbidden,
    NotFound."""
    reason = clean_text(reason)
    if not reason:
        raise Invalid([FieldProblem("reason", _("取り消しの理由を入力してください。"), code="required")])
    if len(reason) > 200:
        raise Invalid([FieldProblem("reason", _("理由は200文字以内で入力してください。"), code="too_long")])
    with ledger.writing():
        order = need_edit(order, by)
        if order.cancelled_on is not None:
            raise Conflict(_("この受注はすでに取り消されています。"), code="cancelled")
        if OrderLine.plain.filter(order=order, delivered__gt=0).exists():
            sentence = _(
                "納品した商品があるため、取り消せません。残りは明細の数量を減らし、戻った商品は返品を登録してください。"
            )
            raise Conflict(sentence, code="delivered")
        for bound in BOUND:
            if (error := bound(order)) is not None:
                raise error
        _put(order, today, reason, by)
        ledger.record("order.cancelled", by=by, about=_about(order), data={"reason": reason})
    return order


def uncancel(order: Order, *, by: Person, undoes: Event | None = None) -> Order:
    """It is to be fulfilled after all. Raises Conflict, Forbidden, NotFound."""
    with ledger.writing():
        order = need_edit(order, by)
        if order.cancelled_on is None:
            raise Conflict(_("この受注は取り消されていません。"), code="open")
        _put(order, None, "", by)
        ledger.record("order.reopened", by=by, about=_about(order), undoes=undoes)
    return order


def undo_cancelled(event: Event, by: Person) -> Undone:
    subject = event.subjects.get(object="order", role="main")
    order = Order.plain.get(pk=subject.record_id)
    if order.cancelled_on is None:
        raise ChangedSince
    uncancel(order, by=by, undoes=event)
    return Undone(1)


def _put(order: Order, day: date | None, reason: str, by: Person) -> None:
    order.cancelled_on, order.cancel_reason = day, reason
    stamp(order)
    order.save(update_fields=["cancelled_on", "cancel_reason", "version", "updated_at"])
    lines = OrderLine.plain.filter(order=order, kind__in=["goods", "discount"])
    lines.update(counts=day is None)
    recount([order.pk], by)
    order.refresh_from_db(fields=["state", "net", "tax", "total", "rates"])


def _about(order: Order) -> list[About]:
    return [About("order", order.pk), About("account", order.account_id, "related")]
