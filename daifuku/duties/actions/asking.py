"""Whoever enters little is asked why, once a week; what stays so is told to who leads him, then to the president."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from daifuku.duties.models import Policy, Reason, Why
from daifuku.duties.rate import rates
from daifuku.duties.working import Calendar
from daifuku.foundation.errors import FieldProblem, Forbidden, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.staff.models import Person


def ask_why(today: date, rules: Policy) -> list[Why]:
    """On the first working day of a week, of the week before; the same week twice asks nobody twice."""
    monday = today - timedelta(days=today.weekday())
    calendar = Calendar([], today, rules)
    first = next(
        (monday + timedelta(days=n) for n in range(7) if calendar.works(monday + timedelta(days=n))), monday
    )
    if not rules.asks_why or today != first:
        return []
    since, until = monday - timedelta(days=7), monday - timedelta(days=1)
    people = list(Person.objects.working().values_list("pk", flat=True))
    low = {
        person: rate.percent
        for person, rate in rates(people, since, until, now=moment()).items()
        if rate.percent is not None and rate.percent < rules.low_percent
    }
    before = dict(Why.objects.filter(week=since - timedelta(days=7)).values_list("person_id", "weeks"))
    with ledger.writing():
        known = set(Why.objects.filter(week=since).values_list("person_id", flat=True))
        rows = [
            Why(
                person_id=person,
                week=since,
                percent=percent,
                weeks=before.get(person, 0) + 1,
                asked_at=moment(),
            )
            for person, percent in low.items()
            if person not in known
        ]
        Why.objects.bulk_create(rows, ignore_conflicts=True)
    return list(Why.objects.filter(week=since).select_related("person"))


def answer_why(why: Why, reason: str, words: str = "", *, by: Person) -> Why:
    """Nobody answers for somebody else; 「その他」 needs words. Raises Invalid, Forbidden, NotFound."""
    text = clean_text(words or "")
    if reason not in Reason.values:
        raise Invalid([FieldProblem("reason", _("理由を選んでください。"), code="required")])
    if reason == Reason.OTHER and not text:
        raise Invalid([FieldProblem("words", _("どんな理由か、一言お書きください。"), code="required")])
    if len(text) > 300:
        raise Invalid([FieldProblem("words", _("300文字以内で入力してください。"), code="too_long")])
    with ledger.writing():
        held = Why.objects.select_for_update().filter(pk=why.pk).first()
        if held is None:
            raise NotFound
        if held.person_id != by.pk:
            raise Forbidden
        old = {"reason": held.reason, "words": held.words}
        held.reason, held.words, held.answered_at = reason, text, moment()
        held.save(update_fields=["reason", "words", "answered_at"])
        data = {"why": str(held.uid), "old": old, "reason": reason, "words": text}
        ledger.record("duties.why_answered", by=by, about=[About("person", by.pk)], data=data)
    return held


def undo_answer(event: Event, by: Person) -> Undone:
    held = Why.objects.filter(uid=event.data["why"]).first()
    if held is None:
        raise NotFound
    if held.person_id != by.pk:
        raise Forbidden
    old = event.data["old"]
    with ledger.writing():
        held.reason, held.words = old["reason"], old["words"]
        held.answered_at = held.answered_at if held.reason else None
        held.save(update_fields=["reason", "words", "answered_at"])
        ledger.record(
            "duties.why_taken_back", by=by, about=[About("person", by.pk)], data={"why": str(held.uid)},
            undoes=event,
        )  # fmt: skip
    return Undone(1)
