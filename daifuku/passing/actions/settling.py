"""The administrator settles whether and how leads are passed on to sales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.distribution.actions.cleaning import clean_condition, clean_team
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.passing.models import Setup, Target
from daifuku.records.actions.powers import need_settings
from daifuku.staff.actions.changes import check_version, old_values, put
from daifuku.staff.actions.cleaning import Cleaner, clean_all, number, one_of, truth
from daifuku.staff.models import Person

CLEANERS: dict[str, Cleaner] = {
    "on": truth, "automatic": truth, "condition": clean_condition, "target": one_of(Target.values),
    "team": clean_team, "hours": number(1, 500),
}  # fmt: skip


def edit_setup(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Setup:
    """What is not named stays. Raises Invalid, Stale, Forbidden."""
    need_settings(by)
    values = clean_all(changes, CLEANERS)
    with ledger.writing():
        row = Setup.objects.select_for_update().order_by("pk").first() or Setup()
        check_version(row, version)
        done = put(row, values)
        if row.target == Target.TEAM and row.team is None:
            sentence = _("順番待ちに入れるチームを選んでください。")
            raise Invalid([FieldProblem("team", sentence, code="required")])
        if not done and undoes is None:
            return row
        if "on" in done:
            row.since = moment() if row.on else None
        row.version = row.version + 1 if row.pk else 2
        row.save()
        ledger.record("passing.setup_changed", by=by, data={"changes": done}, undoes=undoes)
    return row


def undo_setup(event: Event, by: Person) -> Undone:
    row = Setup.objects.order_by("pk").first() or Setup()
    edit_setup(old_values(event, row), by=by, undoes=event)
    return Undone(1)
