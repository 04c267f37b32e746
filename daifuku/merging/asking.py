"""Whether these records may become one: asked before the page is shown, and once more when they are held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.accounting.closing import closed
from daifuku.billing.models import Invoice, Payment
from daifuku.billing.models.invoice import ISSUED
from daifuku.customers.models import Account
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.foundation.sql.tree import above
from daifuku.records.absorbing import is_absorbed
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

KINDS = ("account", "contact", "lead")
MOST = 20


def need_mergeable(records: Sequence[Any], viewer: Viewer) -> None:
    """Raises Invalid (too few, too many, of several kinds), NotFound, Forbidden, Conflict (thrown away, merged before,
    one stands below the other)."""
    need_number(len({record.pk for record in records}))
    if len({record.object_key for record in records}) > 1 or records[0].object_key not in KINDS:
        raise _invalid(
            _("同じ種類の記録を選んでください。統合できるのは、取引先、担当者、見込み客です。"), "kind"
        )
    for record in records:
        if not sees(viewer, record, "view"):
            raise NotFound
        if record.trashed_at is not None:
            raise _gone(record)
        if not sees(viewer, record, "edit"):
            sentence = _(
                "「%(name)s」を変更する権限がないため、統合できません。営業担当か管理者に依頼してください。"
            )
            raise Forbidden(sentence % {"name": record})
    if records[0].object_key == "account":
        _need_no_branch(records)


def need_number(number: int) -> None:
    if number < 2:
        raise _invalid(_("統合する記録を2件以上選んでください。"), "too_few")
    if number > MOST:
        sentence = _("一度に統合できるのは%(most)s件までです。数回に分けて統合してください。")
        raise _invalid(sentence % {"most": MOST}, "too_many")


def _gone(record: Any) -> Conflict:
    if is_absorbed(record):
        sentence = _("「%(name)s」は、すでにほかの記録に統合されています。画面を開き直してください。")
        return Conflict(sentence % {"name": record}, code="merged_before")
    sentence = _("「%(name)s」はごみ箱にあります。ごみ箱から戻すか、選択から外してください。")
    return Conflict(sentence % {"name": record}, code="trashed")


def _need_no_branch(records: Sequence[Any]) -> None:
    """One that stands above another would stand above itself."""
    keys = {record.pk: record for record in records}
    for record in records:
        for key in above(Account, "parent", record.pk):
            if key in keys and key != record.pk:
                sentence = _(
                    "「%(below)s」は「%(above)s」の下位にあるため、統合できません。"
                    "先に上位組織を外すか、両方を残して「同じ相手」として登録してください。"
                )
                raise Conflict(sentence % {"below": record, "above": keys[key]}, code="branch")


def need_untraded(sources: Sequence[Any]) -> None:
    """Raises Conflict where a lead with which trading has begun would go: its customer would not know it any more."""
    for record in sources:
        if getattr(record, "converted_at", None) is not None:
            sentence = _("「%(name)s」とは取引を開始しています。この見込み客を残す側にしてください。")
            raise Conflict(sentence % {"name": record}, code="converted")


def need_open_books(sources: Sequence[Any]) -> None:
    """Raises Conflict where amounts of a closed period would come under another customer."""
    until = closed()
    if until is None or not sources or sources[0].object_key != "account":
        return
    for record in sources:
        invoices = Invoice.plain.filter(account=record, state=ISSUED, issued_on__lte=until)
        payments = Payment.plain.filter(account=record, paid_on__lte=until, trashed_at__isnull=True)
        if invoices.exists() or payments.exists():
            sentence = _(
                "「%(name)s」には、締めた期間（%(day)sまで）の請求か入金があるため、ほかの取引先へは移せません。"
                "この取引先を残す側にするか、経理の担当者に相談してください。"
            )
            raise Conflict(sentence % {"name": record, "day": f"{until:%Y/%m/%d}"}, code="period_closed")


def need_books_open_still(images: Sequence[Any]) -> None:
    """Raises Conflict where amounts that the merge moved stand in a period that was closed since: who was billed in it
    does not change any more."""
    until = closed()
    if until is None:
        return
    moved: dict[str, set[int]] = {}
    for image in images:
        moved.setdefault(image["model"], set()).update(
            row[0] for row in image["rows"] if isinstance(row[0], int)
        )
    invoices = Invoice.plain.filter(
        pk__in=moved.get(Invoice._meta.label, ()), state=ISSUED, issued_on__lte=until
    )
    payments = Payment.plain.filter(
        pk__in=moved.get(Payment._meta.label, ()), paid_on__lte=until, trashed_at__isnull=True
    )
    if invoices.exists() or payments.exists():
        sentence = _(
            "この統合で移した請求か入金が、締めた期間（%(day)sまで）に入っているため、元に戻せません。"
            "経理の担当者に相談してください。"
        )
        raise Conflict(sentence % {"day": f"{until:%Y/%m/%d}"}, code="period_closed")


def _invalid(sentence: object, code: str) -> Invalid:
    return Invalid([FieldProblem("records", sentence, code=code)])
