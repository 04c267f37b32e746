"""A plan turns from one state into another: the row, its line in the ledger, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.activities.models import Plan, Talk
from daifuku.foundation.errors import ChangedSince, Conflict, WayOn
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records import derived
from daifuku.records.actions import restore, trash
from daifuku.records.actions.editing import apply, locked, stamp
from daifuku.records.actions.saving import about, settle
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.formulas.spreading import spread
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def held_open(plan: Plan, by: Person) -> Plan:
    """The plan as it stands now, held until the transaction ends. Raises Conflict where it is over or called off."""
    held: Plan = locked(plan, viewer_of(by), "edit")
    need_open(held)
    return held


def need_open(plan: Plan) -> None:
    """Raises Conflict where the plan is over or called off: better before anybody has typed its result."""
    if plan.is_open:
        return
    state = vocabulary.fields_of("plan")["state"].text(plan)
    sentence = _("この予定はすでに「%(state)s」です。画面を開き直してください。")
    refused = Conflict(sentence % {"state": state}, code="closed")
    refused.way_on = WayOn(plan.get_absolute_url(), _("「%(name)s」を開く") % {"name": plan})
    raise refused


def turn(
    plan: Plan, values: Mapping[str, Any], kind: str, *, by: Person, undoes: Event | None = None
) -> Event:
    """Puts the values on a plan that is held, and writes the line. Call inside `ledger.writing()`."""
    object_type = registry.get("plan")
    done = apply(plan, dict(values), vocabulary.fields_of("plan"))
    settle(object_type, plan, frozenset(done), viewer_of(by))
    stamp(plan)
    plan.save()
    derived.keep(object_type, [plan])
    object_type.follow([(plan, frozenset(done))], by)
    spread(object_type, [(plan, done)])
    return ledger.record(kind, by=by, about=about(object_type, plan), data={"changes": done}, undoes=undoes)


def undo_turned(event: Event, by: Person) -> Undone:
    """The plan stands as before. The talk that it became goes to the trash, or comes back from there; the next plan
    that was made along with it goes too, unless somebody has worked with it."""
    fields = vocabulary.fields_of("plan")
    with ledger.writing():
        plan = locked(subject_of(event), viewer_of(by), "edit")
        back = {}
        for key, (old, new) in event.changes.items():
            if fields[key].json(plan) != new:
                raise ChangedSince
            back[key] = fields[key].type.from_json(old)
        _carry_talk(event, plan, by)
        for line in Event.objects.filter(cause=event, kind="plan.created", undone_by__isnull=True):
            following = subject_of(line)
            if following.version == 1 and following.trashed_at is None:
                trash(following, by=by)
        turn(plan, back, "plan.turned_back", by=by, undoes=event)
    return Undone(1)


def _carry_talk(event: Event, plan: Plan, by: Person) -> None:
    """A talk in the trash leaves its place to the one that the plan may still become."""
    old, new = event.changes.get("talk", (None, None))
    if new and (talk := _talk(new)) is not None:
        if talk.trashed_at is None:
            trash(talk, by=by)
        Talk.plain.filter(pk=talk.pk).update(plan=None)
    if old and (talk := _talk(old)) is not None:
        restore(talk, by=by)
        Talk.plain.filter(pk=talk.pk).update(plan=plan)


def _talk(value: dict[str, Any]) -> Talk | None:
    talk: Talk | None = Talk.plain.filter(pk=value["id"]).first()
    return talk
