"""The administrator says what is asked of everybody; every change works at once on every way in, and can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from daifuku.duties.actions import edit_policy
from daifuku.foundation.errors import ChangedSince, Conflict, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event, Subject
from daifuku.records.catalogue import vocabulary
from daifuku.rules import cleaning, contradictions, lockouts, owing
from daifuku.rules.models import Rule
from daifuku.rules.words import amount_of
from daifuku.staff.actions import rights
from daifuku.staff.actions.changes import check_version
from daifuku.staff.models import Person

MOST = 200
Pairs = dict[str, list[Any]]


def create_rule(values: Mapping[str, Any], *, by: Person, on: bool = True) -> Rule:
    """Needs the power "settings". Raises Invalid (fields; contradicts another; locks everybody out), Conflict."""
    viewer = rights.need(by, "settings")
    rule = Rule(on=on, created_at=moment())
    wanted = {"title": "", "object": "", "required": [], **values}
    for name, value in cleaning.clean(wanted, viewer, rule).items():
        setattr(rule, name, value)
    with ledger.writing():
        if Rule.objects.kept().count() >= MOST:
            raise Conflict(_("ルールが多すぎます。使っていないものを削除してください。"), code="too_many")
        _may_work(rule)
        rule.position = (Rule.objects.aggregate(last=Max("position"))["last"] or 0) + 1
        rule.save(force_insert=True)
        _tell("created", rule, by)
    return rule


def edit_rule(
    rule: Rule, changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Rule:  # fmt: skip
    """What is not named stays. Raises Invalid, Stale, Forbidden, NotFound."""
    viewer = rights.need(by, "settings")
    with ledger.writing():
        held = _held(rule, version)
        values = cleaning.clean(changes, viewer, held)
        amount = values.pop("amount", None) if held.binds else None
        if amount is not None and amount != amount_of(held):
            edit_policy({held.binds: amount}, by=by)
        done = _put(held, values)
        if done or undoes is not None:
            _save(held, done, by, undoes)
    return held


def switch_rule(
    rule: Rule, *, on: bool, by: Person, version: int | None = None, undoes: Event | None = None
) -> Rule:
    """Off: nothing is asked for any more, and what is still open under it is not owed. On: from now on."""
    rights.need(by, "settings")
    with ledger.writing():
        held = _held(rule, version)
        done = _put(held, {"on": on})
        if done or undoes is not None:
            _save(held, done, by, undoes)
            if not on:
                owing.withdraw(held.origin)
    return held


def remove_rule(rule: Rule, *, by: Person, undoes: Event | None = None) -> Rule:
    """Undoing its line brings it back."""
    rights.need(by, "settings")
    with ledger.writing():
        held = _held(rule)
        held.removed_at, held.version = moment(), held.version + 1
        held.save()
        owing.withdraw(held.origin)
        _tell("removed", held, by, undoes=undoes)
    return held


def restore_rule(rule: Rule, *, by: Person, undoes: Event | None = None) -> Rule:
    """Raises ChangedSince where it is there, Invalid where it has come to contradict another."""
    rights.need(by, "settings")
    with ledger.writing():
        held = Rule.objects.select_for_update().get(pk=rule.pk)
        if held.removed_at is None:
            raise ChangedSince
        held.removed_at, held.version = None, held.version + 1
        _may_work(held)
        held.save()
        _tell("restored", held, by, undoes=undoes)
    return held


def _may_work(rule: Rule) -> None:
    """A rule that rests may say what it likes; switched on it must be one that can be kept."""
    if rule.on:
        lockouts.check(rule)
        contradictions.check(rule)


def _held(rule: Rule, version: int | None = None) -> Rule:
    held = Rule.objects.select_for_update().filter(pk=rule.pk, removed_at__isnull=True).first()
    if held is None:
        raise NotFound
    check_version(held, version)
    return held


def _put(rule: Rule, values: Mapping[str, Any]) -> Pairs:
    done: Pairs = {}
    for name, value in values.items():
        old = getattr(rule, name)
        if old != value:
            done[name] = [_plain(old), _plain(value)]
            setattr(rule, name, value)
    return done


def _plain(value: Any) -> Any:
    return str(value.uid) if isinstance(value, Person) else value


def _save(rule: Rule, done: Pairs, by: Person, undoes: Event | None) -> None:
    _may_work(rule)
    rule.version += 1
    rule.save()
    _tell("edited", rule, by, done, undoes)


def _tell(
    what: str, rule: Rule, by: Person, changes: Pairs | None = None, undoes: Event | None = None
) -> Event:
    """The line, and to every process that the rules are others now."""
    vocabulary.changed()
    data: dict[str, Any] = {"title": rule.title, **({"changes": changes} if changes else {})}
    return ledger.record(
        f"rule.{what}", by=by, about=[ledger.About("rule", rule.pk)], data=data, undoes=undoes
    )


def rule_of(event: Event) -> Rule:
    keys = event.subjects.filter(object="rule", role=Subject.MAIN).values("record_id")
    return Rule.objects.get(pk__in=keys)


def undo_created(event: Event, by: Person) -> Undone:
    remove_rule(rule_of(event), by=by, undoes=event)
    return Undone(1)


def undo_removed(event: Event, by: Person) -> Undone:
    restore_rule(rule_of(event), by=by, undoes=event)
    return Undone(1)


def undo_edited(event: Event, by: Person) -> Undone:
    rule = rule_of(event)
    if rule.removed_at is not None:
        raise ChangedSince
    if any(_plain(getattr(rule, name)) != new for name, (_old, new) in event.changes.items()):
        raise ChangedSince
    back = {name: old for name, (old, _new) in event.changes.items()}
    if "on" in back:
        switch_rule(rule, on=back.pop("on"), by=by, undoes=event)
    else:
        edit_rule(rule, back, by=by, undoes=event)
    return Undone(1)


def undo_installed(event: Event, by: Person) -> Undone:
    """The shipped rules go; the book stays, because people may have read it."""
    rules = list(Rule.objects.kept().filter(pk__in=event.data["rules"]))
    for rule in rules:
        remove_rule(rule, by=by)
    return Undone(len(rules))
