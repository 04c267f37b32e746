"""入金: what came in is registered and set off against what is owed; both can be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.billing import owed, settled
from daifuku.billing.actions.issuing import need_open
from daifuku.billing.models import Invoice, Payment, SetOff
from daifuku.billing.setting_off import meant
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records.actions import create
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.catalogue.types import Date, Money, Refused, Text
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

# Of one invoice, None: whatever is open of it.
Parts = Mapping[str, Any]
MOST_PARTS = 500


def record(
    values: Mapping[str, Any],
    parts: Parts | None = None,
    *,
    by: Person,
    today: date,
    uid: uuid.UUID | None = None,
) -> Payment:
    """Registers a payment and sets it off: against `parts` (amounts by the uid of an invoice; None as an amount: what
    is open of it, as far as the money lasts), where that is None against the invoices that give its worth exactly,
    else the oldest first. What is left over stays with the customer as an advance. An empty `parts` sets nothing off.

    Raises Invalid (the fields, `set_off.UID` where an amount cannot be), Forbidden, NotFound (an invoice).
    """
    with ledger.writing():
        payment: Payment = create("payment", values, by=by, uid=uid)
        if parts is None or parts:
            _apply(payment, parts, by=by, on=max(today, payment.paid_on), must=parts is not None)
    return _fresh(payment)


def set_off(payment: Payment, parts: Parts | None, *, by: Person, today: date) -> Payment:
    """Sets off what is left of it, as above. Raises Conflict (nothing left, nothing owed), Invalid, Forbidden."""
    with ledger.writing():
        payment = need_edit(payment, by)
        if payment.cancelled_on is not None:
            raise Conflict(_("取り消した入金は消し込めません。"), code="cancelled")
        if not payment.left:
            raise Conflict(_("この入金は、すべて消し込まれています。"), code="nothing_left")
        _apply(payment, parts, by=by, on=today, must=True)
    return _fresh(payment)


def release(payment: Payment, invoices: Sequence[Any] | None, *, by: Person) -> Payment:
    """消込を外す: of these invoices, None of all. The money stays as an advance. Raises Conflict, Forbidden."""
    with ledger.writing():
        payment = need_edit(payment, by)
        rows = SetOff.objects.filter(payment=payment, counts=True)
        if invoices is not None:
            rows = rows.filter(invoice__in=[each.pk for each in invoices])
        gone = [[row.invoice_id, row.amount] for row in rows.order_by("pk")]
        if not gone:
            raise Conflict(_("外せる消込がありません。"), code="nothing_set_off")
        rows.delete()
        _count(payment, [key for key, _amount in gone], by)
        _tell("payment.released", payment, gone, by=by)
    return _fresh(payment)


def cancel(payment: Payment, reason: str, on: Any = None, *, by: Person, today: date) -> Payment:
    """組戻し・不渡り: the money went back on that day. Until then it counted; its invoices are open again.

    Raises Invalid (no reason, a day before the payment or ahead), Conflict (cancelled before, the books of that day
    are closed), Forbidden.
    """
    with ledger.writing():
        payment = need_edit(payment, by)
        if payment.cancelled_on is not None:
            raise Conflict(_("この入金はすでに取り消されています。"), code="cancelled")
        day, words = _when_and_why(payment, reason, on, today)
        need_open(day)
        _put(payment, day, words)
        touched = settled.park(payment)
        _count(payment, touched, by)
        ledger.record("payment.cancelled", by=by, about=_about(payment, touched), data={"reason": words})
    return _fresh(payment)


def undo_set_off(event: Event, by: Person) -> Undone:
    """Exactly what was set off then goes, if it still stands."""
    with ledger.writing():
        payment = need_edit(subject_of(event), by)
        rows = {row.invoice_id: row for row in SetOff.objects.filter(payment=payment, counts=True)}
        for key, amount in event.data["set_offs"]:
            row = rows.get(key)
            if row is None or row.amount < amount:
                raise ChangedSince
            row.amount -= amount
            if row.amount:
                row.save(update_fields=["amount"])
            else:
                row.delete()
        _count(payment, [key for key, _amount in event.data["set_offs"]], by)
        _tell("payment.released", payment, event.data["set_offs"], by=by, undoes=event)
    return Undone(1)


def undo_released(event: Event, by: Person) -> Undone:
    with ledger.writing():
        payment = need_edit(subject_of(event), by)
        invoices = {each.pk: each for each in owed.open_invoices(payment.account_id)}
        found = event.data["set_offs"]
        fits = all(key in invoices and amount <= invoices[key].open for key, amount in found)
        if not payment.counts or not fits or sum(amount for _key, amount in found) > payment.left:
            raise ChangedSince
        _write(
            payment,
            [(key, amount) for key, amount in found],
            by=by,
            on=timezone.localdate(event.at),
            undoes=event,
        )
    return Undone(1)


def undo_cancelled(event: Event, by: Person) -> Undone:
    """It counts again, and so do its set-offs, as far as their invoices are still open."""
    with ledger.writing():
        payment = need_edit(subject_of(event), by)
        if payment.cancelled_on is None:
            raise ChangedSince
        need_open(payment.cancelled_on)
        _put(payment, None, "")
        touched = settled.revive(payment)
        _count(payment, touched, by)
        ledger.record("payment.counted_again", by=by, about=_about(payment, touched), undoes=event)
    return Undone(1)


def need_edit(payment: Payment, by: Person) -> Payment:
    """The payment as it stands, its customer and itself held until the transaction ends. Raises NotFound, Forbidden."""
    settled.hold([payment.account_id])
    found: Payment = locked(payment, viewer_of(by), "edit")
    return found


def _apply(payment: Payment, parts: Parts | None, *, by: Person, on: date, must: bool) -> None:
    settled.hold([payment.account_id])
    if parts is None:
        invoices = owed.open_invoices(payment.account_id)
        chosen = [(each.key, each.amount) for each in meant(payment.left, owed.as_owed(invoices))[0]]
    else:
        viewer = viewer_of(by)
        chosen = _checked(payment, parts, owed.open_invoices(payment.account_id, viewer), viewer)
    if not chosen and must:
        raise Conflict(_("消し込む請求書がありません。前受として残ります。"), code="nothing_owed")
    if chosen:
        _write(payment, chosen, by=by, on=on)


def _write(
    payment: Payment, chosen: Sequence[tuple[int, int]], *, by: Person, on: date, undoes: Event | None = None
) -> None:
    rows = {row.invoice_id: row for row in SetOff.objects.filter(payment=payment)}
    for key, amount in chosen:
        row = rows.get(key)
        if row is None:
            SetOff.objects.create(payment=payment, invoice_id=key, amount=amount, set_on=on, set_by=by)
        else:
            row.amount += amount
            row.save(update_fields=["amount"])
    _count(payment, [key for key, _amount in chosen], by)
    _tell("payment.set_off", payment, chosen, by=by, undoes=undoes)


def _checked(payment: Payment, parts: Parts, invoices: Sequence[Any], viewer: Any) -> list[tuple[int, int]]:
    """Never more than is open of an invoice, never more than is left of the payment."""
    known = {str(each.uid): each for each in invoices}
    if missing := [key for key in parts if key not in known]:
        seen = {str(uid) for uid in _seen(payment, missing, viewer)}
        if any(key not in seen for key in missing):
            raise NotFound
    chosen: list[tuple[int, int]] = []
    problems: list[FieldProblem] = []
    said = _amounts(parts, problems)
    rest = payment.left - sum(amount for amount in said.values() if amount)
    for key, amount in said.items():
        invoice = known.get(key)
        if amount is None and invoice is not None:
            amount = max(0, min(invoice.open, rest))
            rest -= amount
        if problem := _wrong(amount, invoice):
            problems.append(FieldProblem(f"set_off.{key}", problem[0], code=problem[1]))
        elif amount and invoice is not None:
            chosen.append((invoice.pk, amount))
    whole = sum(amount for _key, amount in chosen)
    if whole > payment.left and not problems:
        sentence = _(
            "消込額の合計が%(sum)s円で、入金の残り%(left)s円を超えています。金額を減らしてください。"
        )
        words = {"sum": f"{whole:,}", "left": f"{payment.left:,}"}
        problems.append(FieldProblem("set_off", sentence % words, code="more_than_paid"))
    if problems:
        raise Invalid(problems)
    return chosen


def _amounts(parts: Parts, problems: list[FieldProblem]) -> dict[str, int | None]:
    found: dict[str, int | None] = {}
    for key, raw in list(parts.items())[:MOST_PARTS]:
        try:
            found[key] = Money().clean(raw)
        except Refused as error:
            problems.append(FieldProblem(f"set_off.{key}", error.message, code=error.code))
    return found


def _wrong(amount: int | None, invoice: Any) -> tuple[Any, str] | None:
    if amount is not None and amount < 0:
        return _("消込額は0円以上で入力してください。"), "negative"
    if invoice is None:
        return _("この請求書に、入金を待っている残りはありません。"), "nothing_open"
    if amount is not None and amount > invoice.open:
        sentence = _(
            "「%(number)s」の残りは%(open)s円です。それより多くは消し込めません。余りは前受になります。"
        )
        return sentence % {"number": invoice.number, "open": f"{invoice.open:,}"}, "more_than_owed"
    return None


def _seen(payment: Payment, uids: Sequence[str], viewer: Any) -> list[Any]:
    """Those of the customer's invoices that this person may know of; they may be paid in the meantime."""
    good = []
    for uid in uids:
        try:
            good.append(uuid.UUID(uid))
        except ValueError as error:
            raise NotFound from error
    rows = Invoice.objects.visible_to(viewer).filter(account=payment.account_id, uid__in=good)
    return list(rows.values_list("uid", flat=True))


def _when_and_why(payment: Payment, reason: str, on: Any, today: date) -> tuple[date, str]:
    problems = []
    words = ""
    try:
        words = Text(200).clean(reason)
        if not words:
            problems.append(FieldProblem("reason", _("取り消しの理由を入力してください。"), code="required"))
    except Refused as error:
        problems.append(FieldProblem("reason", error.message, code=error.code))
    day = today
    try:
        day = Date().clean(on) or today
    except Refused as error:
        problems.append(FieldProblem("cancelled_on", error.message, code=error.code))
    if not payment.paid_on <= day <= today:
        sentence = _("取消日は、入金日（%(day)s）から今日までの日付にしてください。")
        said = {"day": f"{payment.paid_on:%Y/%m/%d}"}
        problems.append(FieldProblem("cancelled_on", sentence % said, code="out_of_range"))
    if problems:
        raise Invalid(problems)
    return day, words


def _put(payment: Payment, day: date | None, reason: str) -> None:
    payment.cancelled_on, payment.cancel_reason = day, reason
    stamp(payment)
    payment.save(update_fields=["cancelled_on", "cancel_reason", "version", "updated_at"])


def _count(payment: Payment, invoices: Any, by: Person) -> None:
    settled.recount_payments([payment.pk])
    settled.recount(invoices, by)


def _tell(
    kind: str, payment: Payment, parts: Sequence[Any], *, by: Person, undoes: Event | None = None
) -> None:
    invoices = [key for key, _amount in parts]
    data = {"set_offs": [list(part) for part in parts], "amount": sum(amount for _key, amount in parts)}
    ledger.record(kind, by=by, about=_about(payment, invoices), data=data, undoes=undoes)


def _about(payment: Payment, invoices: Any) -> list[About]:
    return [
        About("payment", payment.pk), About("account", payment.account_id, "related"),
        *(About("invoice", key, "related") for key in sorted(set(invoices))),
    ]  # fmt: skip


def _fresh(payment: Payment) -> Payment:
    found: Payment = Payment.plain.select_related("account").get(pk=payment.pk)
    return found
