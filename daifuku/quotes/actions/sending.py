"""A quote is sent by mail with a link that only the customer knows; the link can be taken back."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.messages import mail
from daifuku.quotes.actions.moving import held, need_state, put
from daifuku.quotes.models import Link, Quote
from daifuku.quotes.models.quote import ACCEPTED, ISSUED
from daifuku.quotes.objects.quote import QUOTE
from daifuku.records.actions.saving import about
from daifuku.staff.models import Person

# 128 random bits, as OWASP ASVS 5.0 asks of an address that opens something (11.5.1).
BYTES = 16
PLACE = "{リンク}"
LONGEST_TEXT = 20_000


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def open_link(quote: Quote, *, by: Person, today: date, to: str = "") -> tuple[Link, str]:
    """The link and its address, which is told here and never again. Raises Conflict, Invalid (validity is over)."""
    with ledger.writing():
        fresh = held(quote, by)
        link, address = _linked(fresh, by, today, to)
        put(fresh, "quote.linked", {}, by=by, data={"link": str(link.uid)})
    return link, address


def send(quote: Quote, to: str, subject: str, text: str, *, by: Person, today: date) -> Link:
    """The mail goes out soon after, the address of the page in the place of `{リンク}`. Raises Invalid, Conflict."""
    if not subject.strip():
        raise Invalid([FieldProblem("subject", _("件名を入力してください。"), code="required")])
    if len(text) > LONGEST_TEXT:
        sentence = _("本文は%(most)s文字までです。短くしてください。") % {"most": f"{LONGEST_TEXT:,d}"}
        raise Invalid([FieldProblem("text", sentence, code="too_long")])
    if PLACE not in text:
        raise Invalid(
            [
                FieldProblem(
                    "text",
                    _("本文に %(place)s を入れてください。見積書を見るアドレスになります。")
                    % {"place": PLACE},
                )
            ]
        )
    to = mail.one_address(to)
    with ledger.writing():
        fresh = held(quote, by)
        link, address = _linked(fresh, by, today, to)
        event = put(fresh, "quote.sent", {}, by=by, data={"to": to, "link": str(link.uid)})
        mail.send(to, subject, text.replace(PLACE, address), key=f"quote-{link.uid}", event=event)
    return link


def revoke(link: Link, *, by: Person) -> Link:
    """Nobody can open the page any more. Raises NotFound, Forbidden."""
    with ledger.writing():
        fresh = held(link.quote, by)
        kept = Link.objects.select_for_update().get(pk=link.pk)
        if kept.revoked_at is None:
            kept.revoked_at = moment()
            kept.save(update_fields=["revoked_at"])
            put(fresh, "quote.link_revoked", {}, by=by, data={"link": str(kept.uid)})
    return kept


def find(token: str) -> Link | None:
    rows = Link.objects.select_related("quote", "quote__account", "quote__owner")
    return rows.filter(digest=digest_of(token)).first()


def opened(link: Link) -> None:
    """The customer has looked; the first time is a line in the ledger."""
    with ledger.writing():
        kept = Link.objects.select_for_update().get(pk=link.pk)
        first, kept.last_opened_at = kept.opened_at is None, moment()
        kept.opened_at = kept.opened_at or kept.last_opened_at
        kept.save(update_fields=["opened_at", "last_opened_at"])
        if first:
            lines = about(QUOTE, kept.quote)
            ledger.record("quote.opened_by_customer", by=None, about=lines, data={"link": str(kept.uid)})


def _linked(quote: Quote, by: Person, today: date, to: str) -> tuple[Link, str]:
    need_state(quote, ISSUED, ACCEPTED, sentence=_("発行した見積書だけを送れます。先に発行してください。"))
    if quote.valid_until is None or quote.is_over(today):
        raise Invalid(
            [
                FieldProblem(
                    "valid_until", _("有効期限が過ぎています。新しい版を作ってください。"), code="over"
                )
            ]
        )
    token = secrets.token_urlsafe(BYTES)
    link = Link.objects.create(
        quote=quote,
        digest=digest_of(token),
        to=to,
        made_by=by,
        made_at=moment(),
        expires_on=quote.valid_until,
    )
    return link, f"{settings.BASE_URL}{reverse('quotes:offered', args=[token])}"
