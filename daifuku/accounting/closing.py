"""The closed period: what stands in the books of a closed month is not changed by anything that bears its date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.accounting.models import accounting_setting
from daifuku.billing.models import Payment
from daifuku.foundation.errors import Conflict, DomainError, FieldProblem
from daifuku.staff.viewer import Viewer

SENTENCE = _("%(day)sまでの会計は締めています。翌日より後の日付にするか、経理の担当者に相談してください。")
# Of a payment that lies in a closed period these may still be written.
FREE = frozenset({"note", "payer", "number", "owner", "team", "privacy"})


def closed() -> date | None:
    return accounting_setting().closed_until


def need_open(day: date) -> None:
    """Raises Conflict where the books of this day are closed."""
    until = closed()
    if until is not None and day <= until:
        raise Conflict(SENTENCE % {"day": f"{until:%Y/%m/%d}"}, code="period_closed")


def payment_open(payment: Payment, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """Neither into a closed period nor out of one."""
    until, known = closed(), payment._state.adding is False
    if until is None or (known and not changed - FREE):
        return
    days = {payment.paid_on}
    if known:
        days |= set(Payment.plain.filter(pk=payment.pk).values_list("paid_on", flat=True))
    if any(day is not None and day <= until for day in days):
        yield FieldProblem("paid_on", SENTENCE % {"day": f"{until:%Y/%m/%d}"}, code="period_closed")


def payment_bound(payment: Any) -> DomainError | None:
    """One that stands in the books of a closed period is not thrown away; it is taken back on a later day. Nor does one
    come back into such books."""
    until = closed()
    if until is not None and payment.paid_on <= until:
        return Conflict(SENTENCE % {"day": f"{until:%Y/%m/%d}"}, code="period_closed")
    return None
