"""An order has its number from the moment it is registered; a number that somebody typed is his own."""

from __future__ import annotations

from daifuku.documents import numbering
from daifuku.orders.models import Order
from daifuku.records import derived
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person


def give_numbers(saved: Saved, by: Person) -> None:
    """In the transaction of the registration; a number that was typed before is passed over."""
    given = [order for order, _changed in saved if not order.number]
    for order in given:
        number = numbering.take("order", order.ordered_on).text
        while Order.plain.filter(number=number).exists():
            number = numbering.take("order", order.ordered_on).text
        order.number = number
        order.save(update_fields=["number"])
    if given:
        derived.keep(registry.get("order"), given)
