"""Somebody asks whether the quote may go out; somebody else approves it or sends it back with a reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Forbidden, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.quotes import limits
from daifuku.quotes.actions.moving import held, need_state, put
from daifuku.quotes.models import Approval, Quote
from daifuku.quotes.models.quote import APPROVED, ASKED, DRAFT, RETURNED
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

LONGEST = 2000


def ask(quote: Quote, *, by: Person, note: str = "") -> Quote:
    """Raises Conflict (it needs none, it waits already), Forbidden."""
    with ledger.writing():
        fresh = held(quote, by)
        need_state(fresh, DRAFT, RETURNED)
        reasons = limits.reasons(fresh)
        if not reasons:
            raise Conflict(
                _("この見積は基準の範囲内です。承認なしで発行できます。"), code="no_approval_needed"
            )
        Approval.objects.create(
            quote=fresh, asked_by=by, asked_at=moment(), note=note.strip()[:LONGEST], reasons=reasons
        )
        put(
            fresh,
            "quote.asked",
            {"state": ASKED},
            by=by,
            data={"note": note.strip()[:LONGEST], "reasons": reasons},
        )
    return fresh


def withdraw(quote: Quote, *, by: Person) -> Quote:
    """Nobody need decide any more; it can be changed again. Raises Conflict, Forbidden."""
    with ledger.writing():
        fresh = held(quote, by)
        need_state(fresh, ASKED)
        Approval.objects.filter(quote=fresh, verdict="").delete()
        put(fresh, "quote.withdrawn", {"state": DRAFT}, by=by)
    return fresh


def approve(quote: Quote, *, by: Person) -> Quote:
    """Raises Forbidden (he may not, he asked himself), Conflict."""
    return _decide(quote, by, APPROVED, "quote.approved", "")


def send_back(quote: Quote, reason: str, *, by: Person) -> Quote:
    """差戻し. Raises Invalid without a reason, Forbidden, Conflict."""
    reason = reason.strip()[:LONGEST]
    if not reason:
        raise Invalid(
            [
                FieldProblem(
                    "reason", _("差し戻す理由を入力してください。直すところが伝わります。"), code="required"
                )
            ]
        )
    return _decide(quote, by, RETURNED, "quote.returned", reason)


def _decide(quote: Quote, by: Person, state: str, kind: str, reason: str) -> Quote:
    with ledger.writing():
        fresh = held(quote, by, "view")
        need_state(fresh, ASKED)
        waiting = Approval.objects.filter(quote=fresh, verdict="").first()
        _need_approver(fresh, by, waiting)
        if waiting is not None:
            waiting.verdict, waiting.decided_by, waiting.decided_at, waiting.reason = (
                state,
                by,
                moment(),
                reason,
            )
            waiting.save()
        put(fresh, kind, {"state": state}, by=by, data={"reason": reason})
    return fresh


def undo_approved(event: Event, by: Person) -> Undone:
    """Whoever may approve takes it back; it waits again, asked for by the same person. That is not undone in turn: what
    was taken back is approved anew or not at all, as it may be another offer by then. Raises ChangedSince, Forbidden.
    """
    with ledger.writing():
        fresh = held(subject_of(event), by, "view")
        last = Approval.objects.select_for_update().filter(quote=fresh).first()
        if fresh.state != APPROVED or last is None or last.verdict != Approval.APPROVED:
            raise ChangedSince
        _need_approver(fresh, by, last)
        last.verdict, last.decided_by, last.decided_at = "", None, None
        last.save(update_fields=["verdict", "decided_by", "decided_at"])
        put(fresh, "quote.approval_taken_back", {"state": ASKED}, by=by, undoes=event)
    return Undone(1)


def _need_approver(quote: Quote, by: Person, asked: Approval | None) -> None:
    if asked is None or not limits.may_approve(viewer_of(by), quote, asked.asked_by_id):
        raise Forbidden(_("この見積を承認できるのは、設定で決めた役割の、申請した本人以外の人です。"))
