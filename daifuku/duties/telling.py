"""Who is told of what in the morning: everybody of his own, who leads somebody of what does not get better."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop

from daifuku.duties.models import Duty, Policy, Why
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.staff.models import Membership, Person, Role, Team

MORNING, WHY, LOW = "duties.morning", "duties.why", "duties.low"
LIST = "/duties/"
PRESIDENT = "president"


def tell_everybody(today: date) -> int:
    """How much waits for each; whoever has nothing is left in peace. The line of the day keeps it from being twice."""
    line = _line("duties.checked", today.isoformat())
    rows = (
        Duty.objects.waiting().filter(due_on__lte=today).exclude(snoozed_until__gt=today)
        .annotate(doer=Coalesce("substitute_id", "owner_id")).order_by().values("doer")
        .annotate(entries=Count("id", filter=Q(weight__gt=0)), alone=Count("id", filter=Q(weight=0)))
    )  # fmt: skip
    counts = {row["doer"]: row for row in rows}
    people = Person.objects.working().filter(pk__in=counts)
    for person in people:
        found = counts[person.pk]
        if found["entries"] and found["alone"]:
            text = gettext_noop(
                "入力が済んでいないものが%(entries)s件、連絡していないお客様が%(alone)s件あります。"
            )
        elif found["entries"]:
            text = gettext_noop("入力が済んでいないものが%(entries)s件あります。")
        else:
            text = gettext_noop("しばらく連絡していないお客様が%(alone)s件あります。")
        values = {"entries": found["entries"], "alone": found["alone"]}
        tell(person, MORNING, Sentence(text, values), LIST, line)
    return len(people)


def ask(asked: Iterable[Why]) -> None:
    """Once for each question that is still without an answer."""
    for why in asked:
        if why.answered_at is None:
            line = _line("duties.asked_why", f"{why.week.isoformat()}:{why.person_id}", why.person_id)
            text = gettext_noop("先週の入力率は%(percent)s%%でした。入力しにくい理由があれば教えてください。")
            tell(why.person, WHY, Sentence(text, {"percent": why.percent}), LIST, line)


def escalate(asked: Iterable[Why], rules: Policy) -> None:
    """After so many weeks in a row those who lead the person hear of it, after more the president."""
    for why in asked:
        hearers: list[Person] = []
        if why.weeks >= rules.weeks_to_manager:
            hearers += leaders_of(why.person_id)
        if why.weeks >= rules.weeks_to_president:
            hearers += presidents()
        line = None
        for person in {each.pk: each for each in hearers if each.pk != why.person_id}.values():
            line = line or _line("duties.told_on", f"{why.week.isoformat()}:{why.person_id}", why.person_id)
            text = gettext_noop(
                "%(person)sさんの入力率が%(weeks)s週続けて低くなっています（先週 %(percent)s%%）。"
            )
            values = {"person": why.person, "weeks": why.weeks, "percent": why.percent}
            tell(person, LOW, Sentence(text, values), f"{LIST}rate/?person={why.person.uid}", line)


def leaders_of(person: int) -> list[Person]:
    """Whoever leads a team of this person; where nobody does, or he does himself, the team above."""
    parents = dict(Team.objects.values_list("id", "parent_id"))
    waiting: list[Any] = list(Membership.objects.filter(person=person).values_list("team_id", flat=True))
    asked: set[int] = set()
    while waiting:
        teams = [team for team in waiting if team is not None and team not in asked]
        asked.update(teams)
        leading = Membership.objects.filter(team__in=teams, leads=True).exclude(person=person)
        found = list(Person.objects.working().filter(pk__in=leading.values("person")))
        if found:
            return found
        waiting = [parents.get(team) for team in teams]
    return []


def presidents() -> list[Person]:
    role = Role.objects.filter(key=PRESIDENT).first()
    return list(role.people.working()) if role else []


def _line(kind: str, key: str, person: int | None = None) -> Event:
    """The line of this day (or week and person), which is written once."""
    with ledger.writing():
        found = Event.objects.filter(kind=kind, data__key=key).order_by("id").first()
        if found is not None:
            return found
        about = [About("person", person)] if person is not None else []
        return ledger.record(kind, by=None, about=about, data={"key": key})
