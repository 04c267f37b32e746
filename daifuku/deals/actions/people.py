"""Who of the customer has a say in a deal, and who else wants the order: put there, changed, taken away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Contact
from daifuku.deals.models import Deal, DealPerson, Rival
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records.actions.editing import locked
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.scope import sees
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

OF_PERSON = ("role", "influence", "stance", "note")
OF_RIVAL = ("standing", "strengths", "weaknesses")
MOST = 50


def put_person(
    deal: Deal, contact: Contact, values: Mapping[str, Any], *, by: Person, undoes: Event | None = None
) -> DealPerson:
    """Puts the contact on the deal with these details, or changes those that are given. Raises Invalid, Forbidden."""
    cleaned = {name: _clean(DealPerson, name, values[name]) for name in OF_PERSON if name in values}
    viewer = viewer_of(by)
    with ledger.writing():
        held = locked(deal, viewer, "edit")
        if contact is None or contact.trashed_at is not None or not sees(viewer, contact, "view"):
            raise Invalid([FieldProblem("contact", _("担当者を選んでください。"), code="required")])
        row = DealPerson.objects.filter(deal=held, contact=contact).first()
        old = _details(row, OF_PERSON) if row else None
        if row is None:
            _room(held.people, "contact")
            row = DealPerson(deal=held, contact=contact)
        for name, value in cleaned.items():
            setattr(row, name, value)
        new = _details(row, OF_PERSON)
        if new != old or undoes is not None:
            row.save()
            _tell(
                "deal.person_put", held, {"contact": contact.pk, "old": old, "new": new}, by, contact, undoes
            )
    return row


def remove_person(deal: Deal, contact: Contact, *, by: Person, undoes: Event | None = None) -> None:
    """Raises NotFound where he is not on it, Forbidden."""
    with ledger.writing():
        held = locked(deal, viewer_of(by), "edit")
        row = DealPerson.objects.filter(deal=held, contact=contact).first()
        if row is None:
            raise NotFound
        data = {"contact": contact.pk, "old": _details(row, OF_PERSON), "new": None}
        row.delete()
        _tell("deal.person_removed", held, data, by, contact, undoes)


def put_rival(
    deal: Deal, name: str, values: Mapping[str, Any], *, by: Person, undoes: Event | None = None
) -> Rival:
    """Puts the competitor on the deal, or changes what is known of him. Raises Invalid, Forbidden."""
    name = _clean(Rival, "name", name)
    if not name:
        raise Invalid([FieldProblem("name", _("競合の会社の名前を入力してください。"), code="required")])
    cleaned = {key: _clean(Rival, key, values[key]) for key in OF_RIVAL if key in values}
    with ledger.writing():
        held = locked(deal, viewer_of(by), "edit")
        row = Rival.objects.filter(deal=held, name=name).first()
        old = _details(row, OF_RIVAL) if row else None
        if row is None:
            _room(held.rivals, "name")
            row = Rival(deal=held, name=name)
        for key, value in cleaned.items():
            setattr(row, key, value)
        new = _details(row, OF_RIVAL)
        if new != old or undoes is not None:
            row.save()
            _tell("deal.rival_put", held, {"name": name, "old": old, "new": new}, by, None, undoes)
    return row


def remove_rival(deal: Deal, name: str, *, by: Person, undoes: Event | None = None) -> None:
    """Raises NotFound where there is none of this name, Forbidden."""
    with ledger.writing():
        held = locked(deal, viewer_of(by), "edit")
        row = Rival.objects.filter(deal=held, name=name).first()
        if row is None:
            raise NotFound
        data = {"name": name, "old": _details(row, OF_RIVAL), "new": None}
        row.delete()
        _tell("deal.rival_removed", held, data, by, None, undoes)


def undo_person(event: Event, by: Person) -> Undone:
    deal, data = subject_of(event), event.data
    contact = Contact.plain.filter(pk=data["contact"]).first()
    if contact is None:
        raise NotFound
    row = DealPerson.objects.filter(deal=deal, contact=contact).first()
    if (_details(row, OF_PERSON) if row else None) != data["new"]:
        raise ChangedSince
    if data["old"] is None:
        remove_person(deal, contact, by=by, undoes=event)
    else:
        put_person(deal, contact, data["old"], by=by, undoes=event)
    return Undone(1)


def undo_rival(event: Event, by: Person) -> Undone:
    deal, data = subject_of(event), event.data
    row = Rival.objects.filter(deal=deal, name=data["name"]).first()
    if (_details(row, OF_RIVAL) if row else None) != data["new"]:
        raise ChangedSince
    if data["old"] is None:
        remove_rival(deal, data["name"], by=by, undoes=event)
    else:
        put_rival(deal, data["name"], data["old"], by=by, undoes=event)
    return Undone(1)


def forget_notes(record: Any, by: Person) -> None:
    """When a contact is erased, what was noted about him goes; that somebody had a say stays."""
    if record.object_key == "contact":
        DealPerson.objects.filter(contact=record).exclude(note="").update(note="")


def _details(row: Any, names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(getattr(row, name)) for name in names}


def _room(rows: Any, field: str) -> None:
    if rows.count() >= MOST:
        raise Invalid([FieldProblem(field, _("%(most)s件までです。") % {"most": MOST}, code="too_many")])


def _tell(
    kind: str, deal: Deal, data: dict[str, Any], by: Person, contact: Contact | None, undoes: Event | None
) -> None:
    subjects = about(registry.get("deal"), deal)
    if contact is not None and not any(each.object == "contact" for each in subjects):
        subjects.append(About("contact", contact.pk, "related"))
    ledger.record(kind, by=by, about=subjects, data=data, undoes=undoes)


def _clean(model: Any, name: str, raw: Any) -> str:
    field = model._meta.get_field(name)
    value = clean_text(str(raw or ""))
    if field.choices:
        known = {str(key): str(label) for key, label in field.choices}
        by_label = {label: key for key, label in known.items()}
        if not value:
            return str(field.default)
        if value in known or value in by_label:
            return value if value in known else by_label[value]
        offered = str(_("、")).join(known.values())
        sentence = _("選択肢から選んでください: %(offered)s") % {"offered": offered}
        raise Invalid([FieldProblem(name, sentence, code="choice")])
    if len(value) > field.max_length:
        sentence = _("%(most)s文字以内で入力してください。") % {"most": field.max_length}
        raise Invalid([FieldProblem(name, sentence, code="too_long")])
    return value
