"""The customer says yes or no: at his link, or to the rep, who writes it down."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.quotes.actions.issuing import versions_of
from daifuku.quotes.actions.moving import held, need_state, put
from daifuku.quotes.models import Link, Quote
from daifuku.quotes.models.quote import ACCEPTED, DECLINED, ISSUED
from daifuku.staff.models import Person

KINDS = {ACCEPTED: "quote.accepted", DECLINED: "quote.declined"}
LONGEST = 2000


def record_answer(quote: Quote, verdict: str, *, by: Person, today: date, note: str = "") -> Quote:
    """As told to the rep. Raises Conflict (validity is over, another version was accepted), Forbidden."""
    with ledger.writing():
        fresh = held(quote, by)
        return _answer(fresh, verdict, note, today, by)


def accept_by_order(quote: Quote, *, by: Person, on: date) -> None:
    """Whoever orders has accepted, whatever the rep may do with the quote itself. What was answered before stays."""
    with ledger.writing():
        fresh: Quote = Quote.plain.select_for_update(of=("self",), no_key=True).get(pk=quote.pk)
        if fresh.state == ISSUED and not any(each.state == ACCEPTED for each in versions_of(fresh)):
            put(fresh, KINDS[ACCEPTED], {"state": ACCEPTED, "answered_on": on}, by=by)


def answer_by_link(link: Link, verdict: str, *, name: str, note: str, today: date) -> Quote:
    """As the customer himself says it. Raises Invalid (no name), Conflict."""
    name, note = name.strip()[:80], note.strip()[:LONGEST]
    if not name:
        raise Invalid([FieldProblem("name", _("お名前を入力してください。"), code="required")])
    with ledger.writing():
        fresh: Quote = Quote.plain.select_for_update(of=("self",), no_key=True).get(pk=link.quote_id)
        kept = Link.objects.select_for_update().get(pk=link.pk)
        if kept.is_dead(today) or fresh.trashed_at is not None:
            raise Conflict(
                _("このページの期限は切れています。担当者にお問い合わせください。"), code="link_dead"
            )
        words = f"{name}\n{note}".strip()
        answered = _answer(fresh, verdict, words, today, None)
        kept.answered_at = moment()
        kept.save(update_fields=["answered_at"])
    return answered


def _answer(quote: Quote, verdict: str, note: str, today: date, by: Person | None) -> Quote:
    if verdict not in KINDS:
        raise Invalid([FieldProblem("verdict", _("「受ける」か「断る」を選んでください。"), code="choice")])
    need_state(quote, ISSUED, sentence=_("この見積には、すでに回答があるか、新しい版があります。"))
    if verdict == ACCEPTED:
        if quote.is_over(today):
            sentence = _(
                "有効期限（%(day)s）が過ぎているため、お受けできません。新しい見積書をお求めください。"
            )
            raise Conflict(sentence % {"day": f"{quote.valid_until:%Y/%m/%d}"}, code="over")
        if any(each.state == ACCEPTED for each in versions_of(quote)):
            raise Conflict(_("この見積の別の版が、すでに受注になっています。"), code="accepted")
    values = {"state": verdict, "answered_on": today, "answer_note": note.strip()[:LONGEST]}
    put(quote, KINDS[verdict], values, by=by)
    return quote
