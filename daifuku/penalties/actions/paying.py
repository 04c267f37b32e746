"""What was paid is written down, by whoever keeps the people; never more than is owed, and nothing is deducted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.duties.whose import POWER
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.penalties.models import Entry, Payment
from daifuku.penalties.models.terms import terms
from daifuku.penalties.periods import bounds, month_of
from daifuku.records.actions.powers import need_power
from daifuku.staff.models import Person


def owed(person: int, month: date) -> int:
    """Yen of the month's statement that are not paid yet; below nothing it never goes."""
    first, last = bounds(month, terms().closing_day)
    rows = Entry.objects.counting().filter(person=person, day__gte=first, day__lte=last)
    whole = rows.aggregate(n=Sum("amount"))["n"] or 0
    paid = Payment.objects.filter(person=person, month=month).aggregate(n=Sum("amount"))["n"] or 0
    return max(0, whole - paid)


def record_payment(
    person: Person, month: date | None, amount: Any, paid_on: date | None, note: str = "", *, by: Person,
    undoes: Event | None = None,
) -> Payment:  # fmt: skip
    """Raises Invalid (month, amount beyond what is owed, a day to come), Forbidden."""
    need_power(by, POWER)
    today, problems = timezone.localdate(moment()), []
    text = str(amount).strip().replace(",", "")
    yen = int(text) if text.isdecimal() and len(text) < 9 else 0
    if month is None or month.day != 1 or month > month_of(today, terms().closing_day):
        problems.append(FieldProblem("month", _("対象の月を選んでください。")))
    if paid_on is None or paid_on > today:
        problems.append(FieldProblem("paid_on", _("今日までの日付を入力してください。")))
    if yen <= 0:
        problems.append(FieldProblem("amount", _("1円以上の整数で入力してください。")))
    if problems or month is None or paid_on is None:
        raise Invalid(problems)
    with ledger.writing():
        Person.objects.select_for_update().filter(pk=person.pk).first()
        left = owed(person.pk, month)
        if yen > left:
            sentence = _("残りは%(left)s円です。それより多くは記録できません。") % {"left": f"{left:,}"}
            raise Invalid([FieldProblem("amount", sentence, code="beyond")])
        made: Payment = Payment.objects.create(
            person=person, month=month, amount=yen, paid_on=paid_on, created_by=by, created_at=moment(),
            note=clean_text(note or "")[:200],
        )  # fmt: skip
        _write("penalty.paid", made, by, undoes)
    return made


def cancel_payment(payment: Payment, *, by: Person, undoes: Event | None = None) -> None:
    """It was written down by mistake. Raises Forbidden, NotFound."""
    need_power(by, POWER)
    with ledger.writing():
        held = Payment.objects.select_for_update().filter(pk=payment.pk).first()
        if held is None:
            raise NotFound
        held.delete()
        _write("penalty.payment_cancelled", held, by, undoes)


def undo_paid(event: Event, by: Person) -> Undone:
    found = Payment.objects.filter(uid=event.data["payment"]).first()
    if found is None:
        raise ChangedSince
    cancel_payment(found, by=by, undoes=event)
    return Undone(1)


def undo_cancelled(event: Event, by: Person) -> Undone:
    data = event.data
    month, paid_on = date.fromisoformat(data["month"]), date.fromisoformat(data["paid_on"])
    person = Person.objects.get(pk=data["person"])
    record_payment(person, month.replace(day=1), data["amount"], paid_on, data["why"], by=by, undoes=event)
    return Undone(1)


def _write(kind: str, row: Payment, by: Person, undoes: Event | None) -> None:
    data = {"payment": str(row.uid), "person": row.person_id, "month": row.month.isoformat(),
            "amount": row.amount, "paid_on": row.paid_on.isoformat(), "why": row.note}  # fmt: skip
    ledger.record(kind, by=by, about=[About("person", row.person_id)], data=data, undoes=undoes)
