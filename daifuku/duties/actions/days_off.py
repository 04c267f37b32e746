"""Somebody was not at work: a day or half of one. His deadlines of that time move behind it."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.duties.absences import put_off
from daifuku.duties.models import DayOff, Part
from daifuku.duties.whose import manages
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

# Nobody takes his own late entries back by a day off of last month: that is for whoever leads him.
OWN_BACK, BACK, AHEAD = timedelta(days=7), timedelta(days=60), timedelta(days=366)


def take_day_off(
    person: Person, day: date | None, part: str = Part.WHOLE, reason: str = "", *, by: Person,
    undoes: Event | None = None,
) -> DayOff:  # fmt: skip
    """Raises Invalid (day, part), Conflict (there is one on that day), Forbidden, NotFound (no business of his)."""
    _need(person.pk, by)
    today = timezone.localdate(moment())
    back = OWN_BACK if person.pk == by.pk else BACK
    if day is None:
        raise Invalid([FieldProblem("day", _("日付を入力してください。"), code="required")])
    if not today - back <= day <= today + AHEAD:
        sentence = _("%(days)s日前から1年先までの日付を入力してください。それより前は上司にご相談ください。")
        raise Invalid([FieldProblem("day", sentence % {"days": back.days}, code="range")])
    if part not in Part.values:
        raise Invalid([FieldProblem("part", _("選択肢から選んでください。"), code="choice")])
    words = clean_text(reason or "")[:100]
    with ledger.writing():
        if DayOff.objects.filter(person=person, day=day).exists():
            raise Conflict(_("この日の休みはすでに登録されています。"), code="taken", field="day")
        made: DayOff = DayOff.objects.create(
            person=person, day=day, part=part, reason=words, created_by=by, created_at=moment()
        )
        _write("day_off.taken", made, by, undoes)
        put_off([person.pk], today)
    return made


def give_back_day_off(day_off: DayOff, *, by: Person, undoes: Event | None = None) -> None:
    """The person is at work after all. Raises Forbidden, NotFound."""
    with ledger.writing():
        held = DayOff.objects.select_for_update().filter(pk=day_off.pk).first()
        if held is None:
            raise NotFound
        _need(held.person_id, by)
        today = timezone.localdate(moment())
        if held.person_id == by.pk and held.day < today - OWN_BACK:
            raise Forbidden(_("過ぎた休みは、上司だけが取り消せます。"))
        held.delete()
        _write("day_off.given_back", held, by, undoes)
        put_off([held.person_id], today)


def undo_taken(event: Event, by: Person) -> Undone:
    found = DayOff.objects.filter(uid=event.data["day_off"]).first()
    if found is None:
        raise ChangedSince
    give_back_day_off(found, by=by, undoes=event)
    return Undone(1)


def undo_given_back(event: Event, by: Person) -> Undone:
    person = Person.objects.get(pk=event.data["person"])
    day = date.fromisoformat(event.data["day"])
    take_day_off(person, day, event.data["part"], event.data["why"], by=by, undoes=event)
    return Undone(1)


def _need(person: int, by: Person) -> None:
    if person != by.pk and not manages(viewer_of(by), person):
        raise NotFound


def _write(kind: str, row: DayOff, by: Person, undoes: Event | None) -> None:
    data = {"day_off": str(row.uid), "person": row.person_id, "day": row.day.isoformat(), "part": row.part,
            "why": row.reason}  # fmt: skip
    ledger.record(kind, by=by, about=[About("person", row.person_id)], data=data, undoes=undoes)
