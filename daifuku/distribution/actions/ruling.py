"""The administrator's rules by which leads are distributed: made, changed, ordered, taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from daifuku.distribution.actions import cleaning
from daifuku.distribution.models import Rule, Setup
from daifuku.distribution.models.rule import Target
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.records.actions.settling import held
from daifuku.staff.actions.changes import check_version, old_values, plain, put
from daifuku.staff.actions.cleaning import clean_all
from daifuku.staff.models import Person

FIELDS = ("name", "active", "condition", "target", "people", "team", "strategy")


def add_rule(values: Mapping[str, Any], *, by: Person) -> Rule:
    """The last of the rules. Raises Invalid, Forbidden."""
    need_settings(by)
    cleaned = clean_all({"name": "", **values}, cleaning.OF_RULE)
    with ledger.writing():
        held(Setup)
        last = Rule.objects.aggregate(last=Max("position"))["last"]
        row = Rule(position=0 if last is None else last + 1)
        done = put(row, cleaned)
        _must_fit(row)
        row.save()
        ledger.record("distribution.rule_added", by=by, data=_told(row, done))
    return row


def edit_rule(
    rule: Rule,
    changes: Mapping[str, Any],
    *,
    by: Person,
    version: int | None = None,
    undoes: Event | None = None,
) -> Rule:
    """What is not named stays. Raises Invalid, Stale, Forbidden, NotFound."""
    need_settings(by)
    cleaned = clean_all(changes, cleaning.OF_RULE)
    with ledger.writing():
        held(Setup)
        row = Rule.objects.select_for_update().filter(pk=rule.pk).first()
        if row is None:
            raise NotFound
        check_version(row, version)
        done = put(row, cleaned)
        _must_fit(row)
        if done or undoes is not None:
            row.version += 1
            row.save()
            ledger.record("distribution.rule_changed", by=by, data=_told(row, done), undoes=undoes)
    return row


def undo_rule(event: Event, by: Person) -> Undone:
    row = Rule.objects.filter(uid=event.data["rule"]).first()
    if row is None:
        raise ChangedSince
    edit_rule(row, old_values(event, row), by=by, undoes=event)
    return Undone(1)


def remove_rule(rule: Rule, *, by: Person, undoes: Event | None = None) -> None:
    """Its decisions stay. Raises Forbidden."""
    need_settings(by)
    with ledger.writing():
        held(Setup)
        data = {**_told(rule, {}), "kept": {name: plain(getattr(rule, name)) for name in FIELDS}}
        Rule.objects.filter(pk=rule.pk).delete()
        ledger.record("distribution.rule_removed", by=by, data=data, undoes=undoes)


def undo_added(event: Event, by: Person) -> Undone:
    row = Rule.objects.filter(uid=event.data["rule"]).first()
    if row is None:
        raise ChangedSince
    remove_rule(row, by=by, undoes=event)
    return Undone(1)


def undo_removed(event: Event, by: Person) -> Undone:
    with ledger.writing():
        row = add_rule(event.data["kept"], by=by)
        ledger.record("ledger.undone", by=by, undoes=event)
        Rule.objects.filter(pk=row.pk).update(uid=event.data["rule"])
    return Undone(1)


def order_rules(uids: Sequence[str], *, by: Person) -> None:
    """The first that is met decides; those not named follow. Raises Forbidden."""
    need_settings(by)
    with ledger.writing():
        held(Setup)
        rows = list(Rule.objects.select_for_update().order_by("position", "pk"))
        place = {uid: number for number, uid in enumerate(uids)}
        before = [str(row.uid) for row in rows]
        rows.sort(key=lambda row: place.get(str(row.uid), len(place)))
        for number, row in enumerate(rows):
            row.position = number
        Rule.objects.bulk_update(rows, ["position"])
        after = [str(row.uid) for row in rows]
        if after != before:
            ledger.record("distribution.rules_ordered", by=by, data={"old": before, "new": after})


def undo_ordered(event: Event, by: Person) -> Undone:
    order_rules(event.data["old"], by=by)
    return Undone(1)


def _must_fit(row: Rule) -> None:
    if row.target == Target.TEAM and row.team_id is None:
        raise Invalid([FieldProblem("team", _("順番待ちにするチームを選んでください。"), code="required")])


def _told(row: Rule, done: dict[str, Any]) -> dict[str, Any]:
    return {"changes": done, "rule": str(row.uid), "name": row.name}
