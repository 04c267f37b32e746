"""The administrator settles how leads are distributed: the firm's settings, and who takes part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.distribution.actions import cleaning
from daifuku.distribution.models import Setup, Taker
from daifuku.distribution.models.setup import setup
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.records.actions.settling import held, settle, settle_back
from daifuku.staff.actions.changes import Changes, old_values, put
from daifuku.staff.actions.cleaning import clean_all
from daifuku.staff.models import Person


def edit_setup(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Setup:
    """What is not named stays; switched on, it takes care of leads from now on. Raises Invalid, Stale, Forbidden."""
    kind = "distribution.setup_changed"
    return settle(
        Setup, changes, cleaning.OF_SETUP, kind, by=by, version=version, undoes=undoes, check=_follow
    )


def undo_setup(event: Event, by: Person) -> Undone:
    return settle_back(event, setup(), edit_setup, by)


def keep_taker(
    person: Person, changes: Mapping[str, Any], *, by: Person, undoes: Event | None = None
) -> Taker:
    """Lets somebody take part, or changes how. Raises Invalid, Forbidden."""
    need_settings(by)
    values = clean_all(changes, cleaning.OF_TAKER)
    with ledger.writing():
        held(Setup)
        row = Taker.objects.select_for_update().filter(person=person).first()
        fresh = row is None
        if row is None:
            row = Taker(person=person, active=False, grace_from=timezone.localdate(person.joined_at))
            values.setdefault("active", True)
        done = put(row, values)
        if done or fresh or undoes is not None:
            row.save()
            data = {"changes": done, "person": person.pk, "name": str(person)}
            ledger.record("distribution.taker_changed", by=by, data=data, undoes=undoes)
    return row


def undo_taker(event: Event, by: Person) -> Undone:
    row = Taker.objects.select_related("person").filter(person=event.data["person"]).first()
    if row is None:
        raise ChangedSince
    back = {name: old for name, old in old_values(event, row).items() if old is not None}
    keep_taker(row.person, back, by=by, undoes=event)
    return Undone(1)


def _follow(row: Setup, done: Changes) -> None:
    problems = []
    if row.back_percent < row.low_percent:
        sentence = _("戻る入力率は、外れる入力率と同じか、それより高くしてください。")
        problems.append(FieldProblem("back_percent", sentence, code="order"))
    if row.closes <= row.opens:
        problems.append(FieldProblem("closes", _("終わりは始まりより後にしてください。"), code="order"))
    if row.warn_hours >= row.return_hours:
        sentence = _("戻す前に知らせる時間は、戻すまでの時間より短くしてください。")
        problems.append(FieldProblem("warn_hours", sentence, code="order"))
    if problems:
        raise Invalid(problems)
    if "on" in done:
        row.since = moment() if row.on else None
