"""Two that look alike stay two: said once, with the reason and who said it, and never proposed again.

Two of one kind are marked by the verb of `customers`, which its pages know; two of different kinds here. What was
decided, the merges too, is kept as an example from which the weights are learnt.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from daifuku.customers import same
from daifuku.customers.actions import join, separate
from daifuku.customers.actions.of_two import both_of, need_both, note
from daifuku.customers.models import Separation
from daifuku.dedupe.judging import COMPARE
from daifuku.dedupe.models import Apart, Decision, Pair, Reason, Way
from daifuku.dedupe.models.pair import touching
from daifuku.dedupe.values import WAYS, compared_as, way_of
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.staff.models import Person

# So many characters of a note stand beside the reason.
LONGEST = 150


def keep_apart(one: Any, other: Any, kind: str, note: str = "", *, by: Person) -> None:
    """`kind` is one of `Reason`. Raises Invalid, Conflict, Forbidden, NotFound."""
    one, other = ordered(one, other)
    reason = _reason(kind, note)
    if (one.object_key, other.object_key) not in WAYS or (one.object_key, one.pk) == (
        other.object_key,
        other.pk,
    ):
        raise Invalid([FieldProblem("other", _("比べられる、別の記録を選んでください。"))])
    with ledger.writing():
        if kind == Reason.NOT_SAME:
            _remember(one, other, same=False)
        if one.object_key == other.object_key:
            separate(one, other, reason, by=by)
        else:
            _mark(one, other, reason, by=by)
        Pair.objects.filter(**_ends(one, other)).delete()


def _reason(kind: str, note: str) -> str:
    note = clean_text(note)
    if kind not in Reason.values:
        raise Invalid([FieldProblem("kind", _("理由を一覧から選んでください。"), code="choice")])
    if kind == Reason.OTHER and not note:
        raise Invalid(
            [FieldProblem("note", _("「そのほか」のときは、理由を入力してください。"), code="required")]
        )
    if len(note) > LONGEST:
        sentence = _("%(longest)s文字以内で入力してください。") % {"longest": LONGEST}
        raise Invalid([FieldProblem("note", sentence, code="long")])
    if kind == Reason.OTHER:
        return note
    return f"{Reason(kind).label}: {note}" if note else str(Reason(kind).label)


def is_apart(one: Any, other: Any) -> bool:
    """Whether somebody has said so."""
    one, other = ordered(one, other)
    if one.object_key == other.object_key:
        rows: Any = Separation.objects.filter(object=one.object_key, first_id=one.pk, second_id=other.pk)
    else:
        rows = Apart.objects.filter(**_ends(one, other))
    return bool(rows.exists())


def ordered(one: Any, other: Any) -> tuple[Any, Any]:
    """As pairs are kept: the smaller (object, id) first."""
    first, second = sorted((one, other), key=lambda each: (each.object_key, each.pk))
    return first, second


def _ends(one: Any, other: Any) -> dict[str, Any]:
    return {
        "first_object": one.object_key, "first_id": one.pk, "second_object": other.object_key, "second_id": other.pk,
    }  # fmt: skip


def _mark(one: Any, other: Any, reason: str, *, by: Person, undoes: Event | None = None) -> None:
    need_both(one, other, by=by)
    _row, fresh = Apart.objects.get_or_create(
        **_ends(one, other), defaults={"reason": reason, "by": by, "at": moment()}
    )
    if not fresh:
        raise Conflict(_("この2件は、すでに別々の記録となっています。"), code="separate")
    note("kept_apart", other, one, reason, by=by, undoes=undoes)


def rejoin(one: Any, other: Any, *, by: Person, undoes: Event | None = None) -> None:
    """Takes the mark away: the two may be proposed again. Raises ChangedSince, Forbidden, NotFound."""
    one, other = ordered(one, other)
    if one.object_key == other.object_key:
        join(one, other, by=by, undoes=undoes)
        return
    with ledger.writing():
        need_both(one, other, by=by)
        rows = Apart.objects.filter(**_ends(one, other))
        row = rows.first()
        if row is None:
            raise ChangedSince(_("この印はすでに外されています。"))
        rows.delete()
        note("rejoined", other, one, row.reason, by=by, undoes=undoes)


def undo_kept_apart(event: Event, by: Person) -> Undone:
    rejoin(*both_of(event, by), by=by, undoes=event)
    return Undone(1)


def undo_rejoined(event: Event, by: Person) -> Undone:
    one, other = ordered(*both_of(event, by))
    with ledger.writing():
        _mark(one, other, event.data["reason"], by=by, undoes=event)
    return Undone(1)


def note_merged(survivor: Any, others: Iterable[Any]) -> None:
    """Called by whoever merges records, in the transaction and before their values change: they were the same."""
    for other in others:
        if (min(survivor.object_key, other.object_key), max(survivor.object_key, other.object_key)) in WAYS:
            _remember(survivor, other, same=True)
        Pair.objects.filter(touching(other.object_key, other.pk)).delete()


def _remember(one: Any, other: Any, *, same: bool) -> None:
    way = way_of(one.object_key, other.object_key)
    facts = COMPARE[way](compared_as(one, way), compared_as(other, way))
    pair = Pair.objects.filter(**_ends(*ordered(one, other)), way=way).first()
    Decision.objects.create(
        way=way, facts=list(facts), common=pair.common if pair else 2, same=same, at=moment()
    )


def all_apart(way: Way) -> set[tuple[str, int, str, int]]:
    """Every pair that is never proposed again, as pairs are kept."""
    objects = {each for each, found in WAYS.items() if found == way}
    marks = Apart.objects.values_list("first_object", "first_id", "second_object", "second_id")
    found = {row for row in marks.iterator() if (row[0], row[2]) in objects}
    kinds = {one for one, other in objects if one == other}
    rows = Separation.objects.filter(object__in=kinds).values_list("object", "first_id", "second_id")
    return found | {(kind, first, kind, second) for kind, first, second in rows.iterator()}


def all_known(way: Way) -> set[tuple[str, int, str, int]]:
    """Every pair of which is known that it is one, as pairs are kept: nobody is asked about it."""
    return {(*one, *other) for one, other in same.known_pairs() if WAYS[one[0], other[0]] == way}
