"""What may not go into the trash: papers that were issued, and what they name."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, DomainError
from daifuku.orders.models import Delivery, DeliveryLine, PurchaseLine
from daifuku.orders.objects.delivery import DELIVERY
from daifuku.orders.objects.order import ORDER
from daifuku.orders.objects.order_line import ORDER_LINE
from daifuku.orders.objects.purchase import PURCHASE


def register() -> None:
    ORDER.bound.append(order)
    ORDER_LINE.bound.append(order_line)
    for object_type in (DELIVERY, PURCHASE):
        object_type.bound.append(issued)


def order(record: Any) -> DomainError | None:
    if (
        record.issued_on
        or Delivery.plain.filter(order=record).exists()
        or PurchaseLine.objects.filter(order_line__order=record).exists()
    ):
        sentence = _(
            "注文請書・発注書・納品書のどれかを発行したため、削除できません。「取り消す」をお使いください。"
        )
        return Conflict(sentence, code="issued")
    return None


def order_line(record: Any) -> DomainError | None:
    if DeliveryLine.objects.filter(order_line=record).exists():
        return Conflict(
            _("「%(name)s」は納品したため、削除できません。") % {"name": record.name}, code="delivered"
        )
    if PurchaseLine.objects.filter(order_line=record, purchase__cancelled_on__isnull=True).exists():
        sentence = _("「%(name)s」は発注したため、削除できません。先に発注を取り消してください。")
        return Conflict(sentence % {"name": record.name}, code="purchased")
    return None


def issued(record: Any) -> DomainError | None:
    sentence = _("発行した書類は削除できません。返品・訂正か取り消しを登録してください。")
    return Conflict(sentence, code="issued")
