"""A quote goes out: it gets its number and is kept as it was printed. Later versions take its place; it never
changes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.documents import sealing
from daifuku.documents.amounts import Kind
from daifuku.documents.models import Sealed
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.quotes import limits, paper
from daifuku.quotes.actions.moving import held, need_state, put
from daifuku.quotes.counting import count
from daifuku.quotes.models import Quote
from daifuku.quotes.models.quote import (
    ACCEPTED,
    APPROVED,
    DECLINED,
    ISSUED,
    OPEN,
    REPLACED,
    VOID,
)
from daifuku.records.actions import create
from daifuku.records.actions.saving import require
from daifuku.records.catalogue import registry, vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

COPIED = (
    "title", "account", "contact", "deal", "lines", "costs", "delivery", "place", "payment", "note", "memo",
    "included", "owner",
)  # fmt: skip


def issue(quote: Quote, *, by: Person, today: date) -> Sealed:
    """Raises Conflict (approval is missing, it was issued), Invalid (nothing to sell, validity over), Forbidden,
    Unavailable (the server cannot draw)."""
    need_issuable(quote, today)
    drawn = sealing.ahead("quote", paper.composer(quote), today)
    with ledger.writing():
        fresh = held(quote, by)
        need_issuable(fresh, today)
        copy = sealing.seal("quote", fresh, paper.composer(fresh), today, by=by, ahead=drawn)
        for older in _versions(fresh).filter(state=ISSUED):
            put(older, "quote.replaced", {"state": REPLACED}, by=by)
        values = {"number": copy.number, "issued_on": today, "state": ISSUED}
        put(fresh, "quote.issued", values, by=by, data={"sha256": copy.sha256})
    quote.refresh_from_db()
    return copy


def need_issuable(quote: Quote, today: date) -> None:
    need_state(quote, *OPEN, sentence=_("この見積は、すでに発行したか、承認を待っています。"))
    if not any(line["kind"] == Kind.GOODS for line in quote.lines):
        raise Invalid([FieldProblem("lines", _("商品の行を入力してから発行してください。"), code="required")])
    if quote.is_over(today):
        sentence = _("有効期限が過ぎています。有効期限を延ばしてから発行してください。")
        raise Invalid([FieldProblem("valid_until", sentence, code="over")])
    reasons = limits.reasons(quote)
    if quote.state != APPROVED and reasons:
        raise Conflict(
            _("この見積には承認が必要です: %(reasons)s") % {"reasons": str(_("、")).join(reasons)},
            code="approval",
        )


def revise(quote: Quote, *, by: Person) -> Quote:
    """A new version to work on; the one that the customer has holds until the new one is issued. Raises Conflict."""
    viewer = viewer_of(by)
    require(viewer, registry.get("quote"), "create")
    with ledger.writing():
        fresh = held(quote, by)
        versions = Quote.plain.filter(_of(fresh)).select_for_update(of=("self",), no_key=True)
        kept = list(versions.order_by("edition"))
        if any(each.state == ACCEPTED for each in kept):
            raise Conflict(_("この見積は受注になっています。新しい見積を作ってください。"), code="accepted")
        need_state(fresh, ISSUED, DECLINED, REPLACED, VOID)
        if (
            working := next((each for each in kept if each.is_open and each.trashed_at is None), None)
        ) is not None:
            raise Conflict(
                _("作成中の版「%(quote)s」があります。そちらを使ってください。") % {"quote": working},
                code="open_version",
            )
        made = _made_like(fresh, by)
        made.first_id, made.edition = fresh.root_id, kept[-1].edition + 1
        made.save(update_fields=["first", "edition"])
    return made


def copy(quote: Quote, *, by: Person) -> Quote:
    """A quote of its own with the same lines. Raises Forbidden."""
    with ledger.writing():
        return _made_like(quote, by)


def void(quote: Quote, reason: str, *, by: Person) -> Quote:
    """It does not hold any more; its number stays taken. Raises Invalid, Conflict."""
    reason = reason.strip()[:2000]
    if not reason:
        raise Invalid([FieldProblem("reason", _("取り消す理由を入力してください。"), code="required")])
    with ledger.writing():
        fresh = held(quote, by)
        need_state(fresh, ISSUED)
        put(fresh, "quote.voided", {"state": VOID}, by=by, data={"reason": reason})
    return fresh


def stays(quote: Quote) -> Conflict | None:
    """An issued paper does not go into the trash."""
    if not quote.number:
        return None
    return Conflict(
        _("発行した見積書は、ごみ箱に入れられません。使わないときは「取り消す」をお使いください。"),
        code="issued",
    )


def _of(quote: Quote) -> Q:
    return Q(pk=quote.root_id) | Q(first_id=quote.root_id)


def _versions(quote: Quote) -> Any:
    return Quote.plain.filter(_of(quote)).exclude(pk=quote.pk).order_by("pk")


def versions_of(quote: Quote) -> list[Quote]:
    """All of them that are not in the trash, the newest first."""
    return list(Quote.plain.filter(_of(quote), trashed_at__isnull=True).order_by("-edition"))


def _made_like(quote: Quote, by: Person) -> Quote:
    """The costs go along, also where whoever copies does not see them: by them it is judged whether somebody has to
    approve."""
    made: Quote = create("quote", _copied(quote, viewer_of(by)), by=by)
    made.costs = dict(quote.costs)
    count(made)
    made.save(update_fields=["costs", "cost", "margin", "margin_rate"])
    return made


def _copied(quote: Quote, viewer: Any) -> dict[str, Any]:
    """What this person may write; days and numbers are new."""

    fields = vocabulary.editable_for(viewer, "quote")
    return {key: fields[key].get(quote) for key in COPIED if key in fields}
