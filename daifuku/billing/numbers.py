"""A payment has its number from the moment it is registered; a number that somebody typed is his own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.billing.models import Payment
from daifuku.documents import numbering
from daifuku.documents.kinds import PaperKind
from daifuku.records import derived
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.object_type import Saved
from daifuku.staff.models import Person

PAYMENT = "payment"
KIND = PaperKind(PAYMENT, _("入金"), "R{YYYY}-{NNNNN}", "payment", 50)


def give_numbers(saved: Saved, by: Person) -> None:
    """In the transaction of the registration; a number that was typed before is passed over."""
    given = [payment for payment, _changed in saved if not payment.number]
    for payment in given:
        number = numbering.take(PAYMENT, payment.paid_on).text
        while Payment.plain.filter(number=number).exists():
            number = numbering.take(PAYMENT, payment.paid_on).text
        payment.number = number
        payment.save(update_fields=["number"])
    if given:
        derived.keep(registry.get("payment"), given)
