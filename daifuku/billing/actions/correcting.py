"""訂正: an issued invoice is taken back by a paper of its own (赤伝) that names it; what is right goes out anew."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.billing import contents, settled
from daifuku.billing.actions.asking import cleaned
from daifuku.billing.actions.issuing import LOCK, issue_new
from daifuku.billing.contents import Content
from daifuku.billing.models import Invoice, InvoiceLine
from daifuku.billing.models.invoice import CORRECTION, DRAFT, SINGLE
from daifuku.billing.objects.invoice import INVOICE
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.foundation.sql.named_lock import hold
from daifuku.ledger import writing as ledger
from daifuku.orders.actions.issuing import register, tell
from daifuku.records import derived
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.actions.saving import about
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

LONGEST = 200


def correct(
    invoice: Invoice, reason: str, *, by: Person, today: date, rewrite: bool = True, issued_on: Any = None
) -> tuple[Invoice, Invoice | None]:
    """The paper that takes it back, and with `rewrite` a draft of the right one, which bills the same deliveries.

    Without a day it is of today, never of a day before the old one. Raises Invalid (no reason, such a day), Conflict (a
    draft, a correction, taken back before), Forbidden, NotFound."""
    issued_on = issued_on or max(today, invoice.issued_on or today)
    reason, day = _reason(reason), cleaned({"issued_on": issued_on}, today)["issued_on"]
    viewer = viewer_of(by)
    with ledger.writing():
        hold(LOCK)
        settled.hold([invoice.account_id])
        old: Invoice = locked(invoice, viewer, "edit")
        _may_be(old, day)
        draft_links = contents.links_of(old)
        InvoiceLine.objects.filter(invoice=old).update(live=False)
        made = issue_new(lambda: _turned(old, reason), day, by=by)
        old.reversed_on = day
        stamp(old)
        old.save(update_fields=["reversed_on", "version", "updated_at"])
        derived.keep(INVOICE, [old])
        ledger.record(
            "invoice.taken_back", by=by, about=about(INVOICE, old),
            data={"changes": {"reversed_on": [None, day.isoformat()]}, "number": made.number, "reason": reason},
        )  # fmt: skip
        draft = _rewritten(old, draft_links, by) if rewrite else None
    return made, draft


def _turned(old: Invoice, reason: str) -> tuple[Invoice, Content]:
    made = Invoice(
        kind=CORRECTION, account=old.account, owner=old.owner, contact=old.contact, title=old.title,
        traded_on=old.traded_on, corrects=old, reason=reason, rounding=old.rounding, included=old.included,
    )  # fmt: skip
    return made, contents.turned(old)


def _rewritten(old: Invoice, links: dict[str, list[int | None]], by: Person) -> Invoice:
    """As the old one was, to be changed and issued; the lines keep what they bill."""
    draft = Invoice(
        kind=SINGLE, state=DRAFT, account=old.account, owner=old.owner, contact=old.contact, title=old.title,
        traded_on=old.traded_on, due_on=old.due_on, payment=old.payment, note=old.note, memo=old.memo,
        lines=old.lines, links=links, rounding=old.rounding, included=old.included, corrects=old,
    )  # fmt: skip
    draft.net, draft.tax, draft.total, draft.rates = old.net, old.tax, old.total, old.rates
    register(draft, by=by)
    tell(draft, by=by)
    return draft


def _may_be(old: Invoice, day: date) -> None:
    if old.is_draft:
        raise Conflict(_("作成中の請求書は、そのまま変更できます。"), code="draft")
    if old.kind == CORRECTION:
        raise Conflict(
            _("訂正の請求書は、さらに訂正できません。新しい請求書を発行してください。"), code="correction"
        )
    if old.reversed_on is not None:
        raise Conflict(_("この請求書は、すでに取り消されています。"), code="reversed")
    if old.issued_on is not None and day < old.issued_on:
        sentence = _("発行日が元の請求書の発行日より前です。日付を確認してください。")
        raise Invalid([FieldProblem("issued_on", sentence, code="before")])


def _reason(reason: str) -> str:
    words = clean_text(reason)
    if not words:
        raise Invalid([FieldProblem("reason", _("訂正の理由を入力してください。"), code="required")])
    if len(words) > LONGEST:
        raise Invalid([FieldProblem("reason", _("理由は200文字以内で入力してください。"), code="too_long")])
    return words
