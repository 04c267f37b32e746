"""Two records are one party, and both stay: said once, with the reason, and never proposed as doubles again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.customers.actions.of_two import both_of, need_both, note
from daifuku.dedupe.actions import is_apart, keep_apart, rejoin
from daifuku.dedupe.actions.deciding import LONGEST
from daifuku.dedupe.models import Reason
from daifuku.dedupe.values import WAYS
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.merging.asking import KINDS
from daifuku.merging.models import SameParty
from daifuku.staff.models import Person


def link_same(one: Any, other: Any, reason: str, *, by: Person, undoes: Event | None = None) -> SameParty:
    """Who sees both and may change one of them may. Raises Invalid, Conflict (known already), Forbidden, NotFound."""
    reason = clean_text(reason)[:200]
    _must_fit(one, other, reason)
    with ledger.writing():
        need_both(one, other, by=by)
        (kind, first), (other_kind, second) = places(one, other)
        row, fresh = SameParty.objects.get_or_create(
            object=kind, first_id=first, other_object=other_kind, second_id=second,
            defaults={"reason": reason, "by": by, "at": moment()},
        )  # fmt: skip
        if not fresh:
            raise Conflict(_("この2件はすでに「同じ相手」として登録されています。"), code="linked")
        if (kind, other_kind) in WAYS and not is_apart(one, other):
            words = str(_("同じ相手（両方を残す）: %(reason)s") % {"reason": reason})
            keep_apart(one, other, Reason.OTHER, words[:LONGEST], by=by)
        note("same_linked", one, other, reason, by=by, undoes=undoes)
    return row


def unlink_same(one: Any, other: Any, *, by: Person, undoes: Event | None = None) -> None:
    """They may be proposed as doubles again. Raises Conflict, Forbidden, NotFound."""
    with ledger.writing():
        need_both(one, other, by=by)
        (kind, first), (other_kind, second) = places(one, other)
        rows = SameParty.objects.filter(
            object=kind, first_id=first, other_object=other_kind, second_id=second
        )
        row = rows.first()
        if row is None:
            raise ChangedSince(_("この印はすでに外されています。"))
        rows.delete()
        if (kind, other_kind) in WAYS and is_apart(one, other):
            rejoin(one, other, by=by)
        note("same_unlinked", one, other, row.reason, by=by, undoes=undoes)


def undo_linked(event: Event, by: Person) -> Undone:
    one, other = both_of(event, by)
    unlink_same(one, other, by=by, undoes=event)
    return Undone(1)


def undo_unlinked(event: Event, by: Person) -> Undone:
    one, other = both_of(event, by)
    link_same(one, other, event.data["reason"], by=by, undoes=event)
    return Undone(1)


def places(one: Any, other: Any) -> tuple[tuple[str, int], tuple[str, int]]:
    first, second = sorted([(one.object_key, one.pk), (other.object_key, other.pk)])
    return first, second


def _must_fit(one: Any, other: Any, reason: str) -> None:
    if (
        one.object_key not in KINDS
        or other.object_key not in KINDS
        or places(one, other)[0] == places(one, other)[1]
    ):
        raise Invalid(
            [FieldProblem("other", _("別の取引先、担当者、見込み客を選んでください。"), code="kind")]
        )
    if not reason:
        sentence = _("両方を残す理由を入力してください。例: 2社の役員を兼ねている")
        raise Invalid([FieldProblem("reason", sentence, code="required")])
