"""The administrator says after how many days a deal or a lead counts as left alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.deals.alone import USUAL
from daifuku.deals.models import Watch
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.foundation.whole import whole
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import vocabulary
from daifuku.staff.models import Person

LONGEST = 3650


def edit_watch(values: Mapping[str, Any], *, by: Person, undoes: Event | None = None) -> Watch:
    """`quiet` and the other reasons in days, `rank-a` and so on for customers of a rank, empty for the usual days.
    It counts from the next morning on, and where something about a deal is saved. Raises Invalid, Forbidden."""
    need_settings(by)
    days, ranks, problems = {}, {}, []
    known = ranks_offered()
    for name, raw in values.items():
        rank = name.removeprefix("rank-")
        if name not in USUAL and not (name.startswith("rank-") and rank in known):
            continue
        if name.startswith("rank-") and (raw is None or not str(raw).strip()):
            continue
        number = whole(raw)
        if number is None or not 0 <= number <= LONGEST:
            sentence = _("0から%(most)sまでの日数を入力してください。") % {"most": LONGEST}
            problems.append(FieldProblem(name, sentence, code="range"))
        elif name in USUAL:
            days[name] = number
        else:
            ranks[rank] = number
    if problems:
        raise Invalid(problems)
    with ledger.writing():
        row = Watch.objects.select_for_update().first() or Watch(version=0)
        return _put(row, {**row.days, **days}, ranks, by=by, undoes=undoes)


def undo_changed(event: Event, by: Person) -> Undone:
    need_settings(by)
    with ledger.writing():
        row = Watch.objects.select_for_update().first() or Watch(version=0)
        if {"days": row.days, "ranks": row.ranks} != event.data["new"]:
            raise ChangedSince
        _put(row, event.data["old"]["days"], event.data["old"]["ranks"], by=by, undoes=event)
    return Undone(1)


def ranks_offered() -> dict[str, str]:
    field = vocabulary.fields_of("account")["rank"]
    return {option.key: option.name for option in field.type.offered()}  # type: ignore[attr-defined]


def _put(
    row: Watch, days: dict[str, int], ranks: dict[str, int], *, by: Person, undoes: Event | None
) -> Watch:
    old, new = {"days": row.days, "ranks": row.ranks}, {"days": days, "ranks": ranks}
    if old == new and undoes is None:
        return row
    row.days, row.ranks = days, ranks
    row.version += 1
    row.save()
    ledger.record("deals.watch_changed", by=by, data={"old": old, "new": new}, undoes=undoes)
    return row
