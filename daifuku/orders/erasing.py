"""When a person is erased, the name of who took a delivery goes as well. The sealed 納品書 does not bear it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext

from daifuku.foundation.japanese import person_key
from daifuku.ledger import erasing as ledger_erasing
from daifuku.orders.models import Delivery
from daifuku.orders.objects.delivery import DELIVERY
from daifuku.records import derived
from daifuku.records.actions import erasing
from daifuku.records.actions.editing import stamp
from daifuku.staff.models import Person


def register() -> None:
    if forget_receiver not in erasing.also_erase:
        erasing.also_erase.append(forget_receiver)
        erasing.say_before.append(say)


def forget_receiver(record: Any, by: Person) -> None:
    """In the transaction of the erasure: whatever bears his family name, on deliveries to his firm. What else lies on a
    delivery stays: a signed receipt is kept for years (法人税法施行規則 第59条)."""
    for delivery in _taken_by(record, held=True):
        delivery.received_by = ""
        stamp(delivery)
        delivery.save(update_fields=["received_by", "version", "updated_at"])
        derived.keep(DELIVERY, [delivery])
        ledger_erasing.erase(DELIVERY.key, delivery.pk, by=by, kind=DELIVERY.event("erased"))


def say(record: Any) -> str:
    n = len(_taken_by(record))
    return ngettext("納品 %(n)s件の受領者", "納品 %(n)s件の受領者", n) % {"n": n} if n else ""


def _taken_by(record: Any, *, held: bool = False) -> list[Delivery]:
    if record.object_key != "contact":
        return []
    names = {person_key(name, "") for name in (record.family_name, record.family_kana) if name}
    rows = Delivery.plain.exclude(received_by="")
    if held:
        rows = rows.select_for_update(of=("self",), no_key=True)
    his = Q(order__contact=record)
    if record.account_id is not None:
        his |= Q(account=record.account_id)
    found = rows.filter(his).order_by("pk")
    return [each for each in found if any(name in person_key(each.received_by, "") for name in names)]
