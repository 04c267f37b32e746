"""与信限度額 of a customer is set, changed, taken away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.billing.models import CreditLimit
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records.actions.editing import locked
from daifuku.records.catalogue.types import Money, Refused, Text
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def set_limit(account: Any, amount: Any, note: Any = "", *, by: Person, today: date) -> int | None:
    """An empty amount takes the limit away. Raises Invalid (negative, no number), Forbidden, NotFound."""
    wanted, words = _cleaned(amount, note)
    with ledger.writing():
        account = locked(account, viewer_of(by), "edit")
        before = _of(account)
        if before == (wanted, words):
            return wanted
        _put(account, wanted, words, by=by, today=today)
        data = {"old": list(before), "new": [wanted, words], "words": _said(wanted)}
        ledger.record("account.credit_limit_set", by=by, about=[About("account", account.pk)], data=data)
    return wanted


def undo_set(event: Event, by: Person) -> Undone:
    with ledger.writing():
        account = locked(subject_of(event), viewer_of(by), "edit")
        if list(_of(account)) != event.data["new"]:
            raise ChangedSince
        amount, note = event.data["old"]
        _put(account, amount, note, by=by, today=timezone.localdate(event.at))
        data = {"old": event.data["new"], "new": event.data["old"], "words": _said(amount)}
        ledger.record(
            "account.credit_limit_set", by=by, about=[About("account", account.pk)], data=data, undoes=event
        )
    return Undone(1)


def _put(account: Any, amount: int | None, note: str, *, by: Person, today: date) -> None:
    if amount is None:
        CreditLimit.objects.filter(account=account).delete()
        return
    said = {"amount": amount, "note": note, "set_on": today, "set_by": by}
    CreditLimit.objects.update_or_create(account=account, defaults=said)


def _of(account: Any) -> tuple[int | None, str]:
    row = CreditLimit.objects.filter(account=account).first()
    return (row.amount, row.note) if row else (None, "")


def _said(amount: int | None) -> str:
    return "" if amount is None else f"{amount:,}"


def _cleaned(amount: Any, note: Any) -> tuple[int | None, str]:
    problems = []
    wanted, words = None, ""
    try:
        wanted = Money().clean(amount)
        if wanted is not None and wanted < 0:
            problems.append(FieldProblem("amount", _("限度額は0円以上で入力してください。"), code="negative"))
    except Refused as error:
        problems.append(FieldProblem("amount", error.message, code=error.code))
    try:
        words = Text(200).clean(note) or ""
    except Refused as error:
        problems.append(FieldProblem("note", error.message, code=error.code))
    if problems:
        raise Invalid(problems)
    return wanted, words
