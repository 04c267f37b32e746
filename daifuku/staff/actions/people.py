"""A person's own particulars, and the roles that somebody gives him."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from daifuku.foundation.errors import ChangedSince
from daifuku.foundation.japanese import clean_kana
from daifuku.foundation.phone import format_number
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event, Subject
from daifuku.staff.actions import cleaning, rights
from daifuku.staff.actions.absence import undo_absence
from daifuku.staff.actions.changes import Changes, fresh, put
from daifuku.staff.models import Person, Role


def edit_person(
    person: Person, changes: Mapping[str, Any], *, by: Person, undoes: Event | None = None
) -> Event | None:
    """Changes name, kana, title, phone, language and looks; of others also the address they sign in with.

    Returns the ledger line, or None when nothing differs.
    """
    viewer = rights.need_power_or_self(by, person)
    cleaners = CLEANERS
    if viewer.has_power("staff"):
        cleaners = cleaners | {"email": lambda raw: cleaning.free_email(raw, but=person)}
        if "email" in changes:
            rights.no_taking_over(viewer, person)
    values = cleaning.clean_all(changes, cleaners)
    with ledger.writing():
        stored = fresh(person)
        done = put(stored, values)
        if not done and undoes is None:
            return None
        stored.save(update_fields=list(done))
        _take_over(person, stored, done)
        return _line(stored, done, by=by, undoes=undoes)


def set_roles(
    person: Person, roles: Iterable[Role], *, by: Person, undoes: Event | None = None
) -> Event | None:
    """Gives the person exactly these roles; they count from his next click on."""
    viewer = rights.need(by)
    wanted = {role.key: role for role in roles}
    with rights.changing():
        held = {role.key: role for role in person.roles.select_for_update(of=("self",))}
        if wanted.keys() == held.keys() and undoes is None:
            return None
        moved = wanted.keys() ^ held.keys()
        rights.no_climbing(viewer, rights.powers_of({**held, **wanted}[key] for key in moved))
        person.roles.set(wanted.values())
        return _line(person, {"roles": [sorted(held), sorted(wanted)]}, by=by, undoes=undoes)


def undo_edit(event: Event, by: Person) -> Undone:
    """Puts the old values back where the new ones still stand."""
    person = subject_of(event)
    changes = dict(event.changes)
    roles = changes.pop("roles", None)
    if roles is not None:
        if sorted(person.roles.values_list("key", flat=True)) != roles[1]:
            raise ChangedSince
        set_roles(person, Role.objects.filter(key__in=roles[0]), by=by, undoes=event)
        return Undone(1)
    if absence := changes.keys() & {"absent_from", "absent_until", "substitute"}:
        return undo_absence(event, person, absence, by)
    back = {name: old for name, (old, new) in changes.items() if getattr(person, name) == new}
    if not back:
        raise ChangedSince
    edit_person(person, back, by=by, undoes=event)
    return Undone(1)


def subject_of(event: Event) -> Person:
    subject = event.subjects.filter(object="person", role=Subject.MAIN).first()
    found: Person = Person.objects.get(pk=subject.record_id if subject else None)
    return found


def _line(person: Person, done: Changes, *, by: Person, undoes: Event | None) -> Event:
    about = [ledger.About("person", person.pk)]
    return ledger.record("person.edited", by=by, about=about, data={"changes": done}, undoes=undoes)


def _take_over(person: Person, stored: Person, done: Changes) -> None:
    """The caller's copy shows what is stored now."""
    for name in done:
        setattr(person, name, getattr(stored, name))


def _kana(raw: Any) -> str:
    return str(cleaning.text(40)(clean_kana(str(raw or ""))))


def _phone(raw: Any) -> str:
    value = str(cleaning.text(40)(raw))
    return format_number(value) if value else ""


def _language(raw: Any) -> str:
    if raw not in dict(settings.LANGUAGES):
        raise ValueError(_("表示言語を選んでください。"))
    return str(raw)


def _theme(raw: Any) -> str:
    if raw not in Person.Theme.values:
        raise ValueError(_("配色を選んでください。"))
    return str(raw)


CLEANERS: dict[str, cleaning.Cleaner] = {
    "family_name": cleaning.text(40, required=True),
    "given_name": cleaning.text(40),
    "family_kana": _kana,
    "given_kana": _kana,
    "title": cleaning.text(40),
    "phone": _phone,
    "language": _language,
    "theme": _theme,
    "roomy": bool,
}
