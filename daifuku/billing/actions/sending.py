"""An invoice is sent by mail with a link that only the customer knows; the link can be taken back."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from daifuku.billing.models import Invoice, InvoiceLink
from daifuku.billing.objects.invoice import INVOICE
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.messages import mail
from daifuku.quotes.actions.sending import LONGEST_TEXT
from daifuku.records import derived
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.actions.saving import about
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

# 128 random bits, as OWASP ASVS 5.0 asks of an address that opens something (11.5.1).
BYTES = 16
PLACE = "{リンク}"
# So long the customer can fetch it; afterwards he asks for it.
OPEN_FOR = timedelta(days=120)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def send(invoice: Invoice, to: str, subject: str, text: str, *, by: Person, today: date) -> InvoiceLink:
    """The mail goes out soon after, the address of the page in the place of `{リンク}`. Raises Invalid, Conflict (a
    draft), NotFound, Forbidden."""
    _check(subject, text)
    to = mail.one_address(to)
    with ledger.writing():
        fresh: Invoice = locked(invoice, viewer_of(by), "edit")
        if fresh.is_draft:
            raise Conflict(_("発行した請求書だけを送れます。先に発行してください。"), code="draft")
        token = secrets.token_urlsafe(BYTES)
        link = InvoiceLink.objects.create(
            invoice=fresh, digest=digest_of(token), to=to, made_by=by, made_at=moment(),
            expires_on=today + OPEN_FOR,
        )  # fmt: skip
        before = fresh.sent_on.isoformat() if fresh.sent_on else None
        fresh.sent_on = today
        stamp(fresh)
        fresh.save(update_fields=["sent_on", "version", "updated_at"])
        derived.keep(INVOICE, [fresh])
        event = ledger.record(
            "invoice.sent", by=by, about=about(INVOICE, fresh),
            data={"changes": {"sent_on": [before, today.isoformat()]}, "to": to, "link": str(link.uid)},
        )  # fmt: skip
        address = f"{settings.BASE_URL}{reverse('billing:offered', args=[token])}"
        mail.send(to, subject, text.replace(PLACE, address), key=f"invoice-{link.uid}", event=event)
    return link


def revoke(link: InvoiceLink, *, by: Person) -> InvoiceLink:
    """Nobody can open the page any more. Raises NotFound, Forbidden."""
    with ledger.writing():
        fresh: Invoice = locked(link.invoice, viewer_of(by), "edit")
        kept = InvoiceLink.objects.select_for_update().get(pk=link.pk)
        if kept.revoked_at is None:
            kept.revoked_at = moment()
            kept.save(update_fields=["revoked_at"])
            ledger.record(
                "invoice.link_revoked", by=by, about=about(INVOICE, fresh), data={"link": str(kept.uid)}
            )
    return kept


def find(token: str) -> InvoiceLink | None:
    rows = InvoiceLink.objects.select_related("invoice__account", "invoice__owner", "invoice__created_by")
    return rows.filter(digest=digest_of(token)).first()


def opened(link: InvoiceLink) -> None:
    """The customer has looked; the first time is a line in the ledger."""
    with ledger.writing():
        kept = InvoiceLink.objects.select_for_update().get(pk=link.pk)
        first, kept.last_opened_at = kept.opened_at is None, moment()
        kept.opened_at = kept.opened_at or kept.last_opened_at
        kept.save(update_fields=["opened_at", "last_opened_at"])
        if first:
            who = about(INVOICE, kept.invoice)
            ledger.record("invoice.opened_by_customer", by=None, about=who, data={"link": str(kept.uid)})


def _check(subject: str, text: str) -> None:
    problems = []
    if not subject.strip():
        problems.append(FieldProblem("subject", _("件名を入力してください。"), code="required"))
    if PLACE not in text:
        sentence = _("本文に %(place)s を入れてください。請求書を見るアドレスになります。")
        problems.append(FieldProblem("text", sentence % {"place": PLACE}, code="no_link"))
    if len(text) > LONGEST_TEXT:
        sentence = _("本文は%(most)s文字までです。短くしてください。")
        problems.append(FieldProblem("text", sentence % {"most": f"{LONGEST_TEXT:,d}"}, code="too_long"))
    if problems:
        raise Invalid(problems)
