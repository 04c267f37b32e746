"""Somebody is away for a while, and somebody else does the work."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.staff.actions import rights
from daifuku.staff.actions.changes import fresh, plain, put
from daifuku.staff.models import Person


def set_absence(
    person: Person,
    *,
    absent_from: date | None,
    absent_until: date | None,
    substitute: Person | None,
    by: Person,
    undoes: Event | None = None,
) -> Event | None:
    """Both days count as away; without an end it lasts until further notice, without any day nobody is away."""
    rights.need_power_or_self(by, person)
    if problems := _problems(person, absent_from, absent_until, substitute):
        raise Invalid(problems)
    with ledger.writing():
        stored = fresh(person)
        done = put(
            stored, {"absent_from": absent_from, "absent_until": absent_until, "substitute": substitute}
        )
        if not done and undoes is None:
            return None
        stored.save(update_fields=list(done))
        for name in done:
            setattr(person, name, getattr(stored, name))
        about = [ledger.About("person", person.pk)]
        if substitute and substitute.pk != person.pk:
            about.append(ledger.About("person", substitute.pk, "related"))
        return ledger.record("person.edited", by=by, about=about, data={"changes": done}, undoes=undoes)


def undo_absence(event: Event, person: Person, names: set[str], by: Person) -> Undone:
    if any(plain(getattr(person, name)) != event.changes[name][1] for name in names):
        raise ChangedSince
    old = {name: event.changes[name][0] for name in names}
    set_absence(
        person,
        absent_from=_day(old["absent_from"]) if "absent_from" in old else person.absent_from,
        absent_until=_day(old["absent_until"]) if "absent_until" in old else person.absent_until,
        substitute=_person(old["substitute"]) if "substitute" in old else person.substitute,
        by=by,
        undoes=event,
    )
    return Undone(1)


def _problems(
    person: Person, start: date | None, end: date | None, substitute: Person | None
) -> list[FieldProblem]:
    problems = []
    if end and not start:
        problems.append(FieldProblem("absent_from", _("不在の最初の日を入力してください。")))
    if start and end and end < start:
        problems.append(FieldProblem("absent_until", _("最後の日は、最初の日より後にしてください。")))
    if substitute and substitute.pk == person.pk:
        problems.append(FieldProblem("substitute", _("代理には、ほかの人を選んでください。")))
    if substitute and not substitute.is_active:
        problems.append(FieldProblem("substitute", _("退職した人は代理にできません。")))
    return problems


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _person(key: int | None) -> Person | None:
    return Person.objects.filter(pk=key, is_active=True).first() if key else None
