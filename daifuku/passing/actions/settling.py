"""The administrator settles whether and how leads are passed on to sales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.distribution.actions.cleaning import clean_condition, clean_team
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.passing.models import Setup, Target, setup
from daifuku.records.actions.settling import settle, settle_back
from daifuku.staff.actions.changes import Changes
from daifuku.staff.actions.cleaning import Cleaner, number, one_of, truth
from daifuku.staff.models import Person

CLEANERS: dict[str, Cleaner] = {
    "on": truth, "automatic": truth, "condition": clean_condition, "target": one_of(Target.values),
    "team": clean_team, "hours": number(1, 500),
}  # fmt: skip


def edit_setup(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Setup:
    """What is not named stays. Raises Invalid, Stale, Forbidden."""
    kind = "passing.setup_changed"
    return settle(Setup, changes, CLEANERS, kind, by=by, version=version, undoes=undoes, check=_follow)


def undo_setup(event: Event, by: Person) -> Undone:
    return settle_back(event, setup(), edit_setup, by)


def _follow(row: Setup, done: Changes) -> None:
    if row.target == Target.TEAM and row.team is None:
        sentence = _("順番待ちに入れるチームを選んでください。")
        raise Invalid([FieldProblem("team", sentence, code="required")])
    if "on" in done:
        row.since = moment() if row.on else None
