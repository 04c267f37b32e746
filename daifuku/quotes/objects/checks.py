"""What is asked before a quote is saved, on every way in."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from daifuku.documents.amounts import Kind
from daifuku.foundation.errors import FieldProblem
from daifuku.quotes.models import Quote
from daifuku.quotes.models.quote import ASKED, DRAFT, OPEN
from daifuku.staff.viewer import Viewer

# What is printed, or decides what is: after issue it stays as it is.
ON_PAPER = frozenset(
    {
        "account", "contact", "title", "day", "valid_until", "delivery", "place", "payment", "note", "lines", "costs",
        "included", "rounding",
    }
)  # fmt: skip


def not_after_issue(quote: Quote, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    touched = sorted(changed & ON_PAPER)
    if quote.pk is None or not touched or quote.state in OPEN:
        return
    sentence = (
        _("承認を待っている見積は変更できません。申請を取り下げてから変更してください。")
        if quote.state == ASKED
        else _("発行した見積書は変更できません。「新しい版を作る」をお使いください。")
    )
    yield FieldProblem(touched[0], sentence, code="issued")


def makes_sense(quote: Quote, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if quote.valid_until is not None and quote.valid_until < quote.day and changed & {"day", "valid_until"}:
        yield FieldProblem(
            "valid_until", _("有効期限が見積日より前です。日付を確認してください。"), code="before"
        )
    if "lines" not in changed:
        return
    kinds = {line["kind"] for line in quote.lines}
    if Kind.DISCOUNT in kinds and Kind.GOODS not in kinds:
        yield FieldProblem("lines", _("値引きする商品の行がありません。"), code="nothing_to_discount")
    elif quote.total < 0:
        yield FieldProblem(
            "lines", _("値引きが商品の合計を超えています。値引きの額を確認してください。"), code="below_zero"
        )


def of_the_customer(quote: Quote, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """The person and the deal are those of the firm that is quoted to."""
    if not changed & {"account", "contact", "deal"}:
        return
    contact, deal = quote.contact, quote.deal
    if contact is not None and contact.account_id not in {None, quote.account_id}:
        yield FieldProblem(
            "contact",
            _("この担当者は別の取引先の人です。担当者か取引先を確認してください。"),
            code="other_firm",
        )
    if deal is not None and deal.account_id not in {None, quote.account_id}:
        yield FieldProblem(
            "deal", _("この商談は別の取引先のものです。商談か取引先を確認してください。"), code="other_firm"
        )


def approval_falls(quote: Quote, changed: frozenset[str]) -> None:
    """What was approved and is changed afterwards wants a new approval."""
    if quote.pk is not None and quote.state in OPEN and changed & ON_PAPER:
        quote.state = DRAFT
