"""A card of the sample is typed a second time by somebody else, who sees nothing of the first entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from daifuku.cards.actions.mending import mend
from daifuku.cards.actions.noting import held, note
from daifuku.cards.actions.taking import MOST_SECONDS
from daifuku.cards.enterers import may_enter
from daifuku.cards.fields import COMPARED, as_typed
from daifuku.cards.models import Card, Recheck, State
from daifuku.customers.objects.lead import LEAD
from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Refused
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def type_again(card: Card, values: Mapping[str, Any], *, by: Person, seconds: int = 0) -> Recheck:
    """Raises NotFound, Forbidden, Conflict (one's own, not of the sample, typed again already)."""
    with ledger.writing():
        fresh = _held(card, by)
        typed = as_typed(values)
        fields = [name for name in COMPARED if fresh.values.get(name) or typed.get(name)]
        first, second = _clean(fresh.values), _clean(typed)
        differing = [name for name in fields if first.get(name, "") != second.get(name, "")]
        row = Recheck.objects.create(
            card=fresh, by=by, at=moment(), seconds=min(max(seconds, 0), MOST_SECONDS), first=fresh.values,
            values=typed, fields=fields, differing=differing, judged_at=None if differing else moment(),
        )  # fmt: skip
        note("cards.checked", fresh, by=by, data={"differing": differing})
    return row


def judge(card: Card, wrong: Sequence[str], *, by: Person) -> list[str]:
    """`wrong` are the fields in which the first was mistaken: they are put right in the record too. Returns those that
    could not be. Raises NotFound, Forbidden, Conflict."""
    with ledger.writing():
        fresh = held(card, viewer_of(by))
        row = Recheck.objects.select_for_update().filter(card=fresh).first()
        if row is None or row.judged_at is not None:
            raise Conflict(_("この名刺の確かめは終わっています。"), code="judged")
        if row.by_id != by.pk:
            raise Forbidden
        row.wrong = [name for name in row.differing if name in set(wrong)]
        row.judged_at = moment()
        row.save(update_fields=["wrong", "judged_at"])
        return mend(fresh, row, by=by)


def _held(card: Card, by: Person) -> Card:
    viewer = viewer_of(by)
    fresh = held(card, viewer)
    if not may_enter(viewer):
        raise Forbidden
    if fresh.state != State.DONE or not fresh.check_wanted:
        raise Conflict(_("この名刺は確かめる対象ではありません。"), code="not_sampled")
    if fresh.entered_by_id == by.pk:
        raise Conflict(_("自分で入力した名刺は、別の人が確かめます。"), code="own")
    if Recheck.objects.filter(card=fresh).exists():
        raise Conflict(_("この名刺の確かめは終わっています。"), code="judged")
    return fresh


def _clean(values: Mapping[str, str]) -> dict[str, str]:
    """As it would be kept: a hyphen in a number makes no difference."""
    fields = vocabulary.fields_of(LEAD.key)
    found: dict[str, str] = {}
    for name in COMPARED:
        try:
            found[name] = str(fields[name].type.clean(values.get(name, ""), None) or "")
        except Refused:
            found[name] = str(values.get(name, ""))
    return found
