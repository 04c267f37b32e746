"""Two records look alike and are meant to stay two: said once, with the reason, and never proposed as doubles again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.customers.actions.of_two import both_of, need_both, note
from daifuku.customers.models import Separation
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.staff.models import Person


def separate(one: Any, other: Any, reason: str, *, by: Person, undoes: Event | None = None) -> Separation:
    """Marks two records of one kind as deliberately separate. Raises Invalid, Conflict, Forbidden, NotFound."""
    if one.object_key != other.object_key or one.pk == other.pk:
        raise Invalid([FieldProblem("other", _("同じ種類の、別の記録を選んでください。"))])
    reason = clean_text(reason)[:200]
    if not reason:
        problem = _("別々にしておく理由を入力してください。例: 支店ごとに決裁者が違う")
        raise Invalid([FieldProblem("reason", problem, code="required")])
    with ledger.writing():
        need_both(one, other, by=by)
        first, second = sorted((one.pk, other.pk))
        row, fresh = Separation.objects.get_or_create(
            object=one.object_key, first_id=first, second_id=second,
            defaults={"reason": reason, "by": by, "at": moment()},
        )  # fmt: skip
        if not fresh:
            raise Conflict(_("この2件は、すでに別々の記録となっています。"), code="separate")
        note("separated", one, other, reason, by=by, undoes=undoes)
    return row


def join(one: Any, other: Any, *, by: Person, undoes: Event | None = None) -> None:
    """Takes the mark away: the two may be proposed as doubles again. Raises Conflict, Forbidden, NotFound."""
    first, second = sorted((one.pk, other.pk))
    with ledger.writing():
        need_both(one, other, by=by)
        rows = Separation.objects.filter(object=one.object_key, first_id=first, second_id=second)
        row = rows.first()
        if row is None:
            raise ChangedSince(_("この印はすでに外されています。"))
        rows.delete()
        note("joined", one, other, row.reason, by=by, undoes=undoes)


def undo_separated(event: Event, by: Person) -> Undone:
    one, other = both_of(event, by)
    join(one, other, by=by, undoes=event)
    return Undone(1)


def undo_joined(event: Event, by: Person) -> Undone:
    one, other = both_of(event, by)
    separate(one, other, event.data["reason"], by=by, undoes=event)
    return Undone(1)
