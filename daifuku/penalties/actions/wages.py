"""What the caps of the law are worked out from, person by person, by whoever keeps the people."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.duties.whose import POWER
from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.penalties.models import Mode, Wage
from daifuku.penalties.models.terms import terms
from daifuku.records.actions.powers import need_power
from daifuku.staff.models import Person


def set_wage(
    person: Person, daily: Any, period: Any, *, by: Person, undoes: Event | None = None
) -> Wage | None:
    """Empty both takes it away. Raises Invalid (numbers; the amount of the terms is beyond the cap), Forbidden."""
    need_power(by, POWER)
    a_day, in_all = _yen(daily), _yen(period)
    if a_day is None and in_all is None:
        return _put(person, None, by, undoes)
    values = {"daily": a_day or 0, "period": in_all or 0}
    problems = [
        FieldProblem(name, _("1円以上の整数で入力してください。"))
        for name, value in values.items()
        if not value
    ]
    if not problems and values["daily"] > values["period"]:
        problems.append(FieldProblem("daily", _("1日分が、一賃金支払期の総額より多くなっています。")))
    if problems:
        raise Invalid(problems)
    wage = Wage(person=person, daily=values["daily"], period=values["period"])
    rules = terms()
    if rules.on and rules.mode == Mode.DISCIPLINE and rules.amount > wage.most_at_once:
        sentence = _("いまの金額（%(amount)s円）が、この人の上限（平均賃金の半額 %(most)s円）を超えます。")
        told = {"amount": f"{rules.amount:,}", "most": f"{wage.most_at_once:,}"}
        raise Invalid([FieldProblem("daily", sentence % told, code="beyond_the_law")])
    return _put(person, wage, by, undoes)


def undo_wage(event: Event, by: Person) -> Undone:
    person = Person.objects.get(pk=event.data["person"])
    now = Wage.objects.filter(person=person).first()
    if _pair(now) != event.data["new"]:
        raise ChangedSince
    daily, period = event.data["old"]
    set_wage(person, daily, period, by=by, undoes=event)
    return Undone(1)


def _put(person: Person, wage: Wage | None, by: Person, undoes: Event | None) -> Wage | None:
    with ledger.writing():
        old = Wage.objects.select_for_update().filter(person=person).first()
        if _pair(old) == _pair(wage) and undoes is None:
            return old
        if wage is None:
            Wage.objects.filter(person=person).delete()
        else:
            new = {"daily": wage.daily, "period": wage.period}
            wage, _fresh = Wage.objects.update_or_create(person=person, defaults=new)
        data = {"person": person.pk, "old": _pair(old), "new": _pair(wage)}
        ledger.record("penalty.wage_set", by=by, about=[About("person", person.pk)], data=data, undoes=undoes)
    return wage


def _pair(wage: Wage | None) -> list[int | None]:
    return [wage.daily, wage.period] if wage is not None else [None, None]


def _yen(raw: Any) -> int | None:
    """None for nothing, 0 for what is no number."""
    text = str(raw if raw is not None else "").strip().replace(",", "")
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) < 10 else 0
