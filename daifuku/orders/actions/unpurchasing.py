"""An arrival that was noted by mistake, and a purchase that was cancelled by mistake, are taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Conflict
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.orders.actions.purchasing import about_purchase, follow, put_state
from daifuku.orders.models import Arrival, OrderLine, Purchase, PurchaseLine
from daifuku.records.actions.editing import locked
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def undo_arrived(event: Event, by: Person) -> Undone:
    """Each part gets a row of the opposite sign. Raises Conflict (told without its parts, which old lines are), and
    ChangedSince where the purchase was cancelled or less is there by now."""
    parts = {key: Decimal(quantity) for key, quantity in event.data.get("parts", {}).items()}
    if not parts:
        raise Conflict(_("この操作は元に戻せません。"), code="cannot_undo")
    with ledger.writing():
        purchase = _held(event, by)
        lines = list(purchase.lines.filter(uid__in=parts))
        if purchase.cancelled_on is not None or len(lines) < len(parts):
            raise ChangedSince
        for line in lines:
            quantity = parts[str(line.uid)]
            if line.arrived < quantity:
                raise ChangedSince
            Arrival.objects.create(
                line=line,
                quantity=-quantity,
                arrived_on=date.fromisoformat(event.data["on"]),
                by=by,
                at=moment(),
            )
            PurchaseLine.objects.filter(pk=line.pk).update(arrived=F("arrived") - quantity)
        put_state(purchase)
        follow({line.order_line_id for line in lines})
        _tell("purchase.unarrived", purchase, event, by)
    return Undone(1)


def undo_cancelled_purchase(event: Event, by: Person) -> Undone:
    """It holds again. Raises Conflict where what it was for was bought otherwise, or is not wanted any more."""
    with ledger.writing():
        purchase = _held(event, by)
        if purchase.cancelled_on is None:
            raise ChangedSince
        lines = list(purchase.lines.select_related("order_line"))
        for line in lines:
            _need_room(line)
        purchase.cancelled_on, purchase.cancel_reason = None, ""
        put_state(purchase, "cancelled_on", "cancel_reason")
        follow({line.order_line_id for line in lines})
        _tell("purchase.reopened", purchase, event, by)
    return Undone(1)


def _need_room(line: PurchaseLine) -> None:
    ordered: OrderLine | None = line.order_line
    if ordered is not None and (ordered.trashed_at is not None or line.quantity > ordered.to_buy):
        sentence = _("「%(name)s」は、取り消したあとに別に発注したか、不要になったため、元に戻せません。")
        raise Conflict(sentence % {"name": line.name}, code="more_than_ordered")


def _held(event: Event, by: Person) -> Purchase:
    found: Any = locked(subject_of(event), viewer_of(by), "edit")
    purchase: Purchase = found
    return purchase


def _tell(kind: str, purchase: Purchase, event: Event, by: Person) -> None:
    ledger.record(kind, by=by, about=about_purchase(purchase), undoes=event)
