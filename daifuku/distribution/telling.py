"""Who is told of what: whoever gets a lead, whoever is warned or loses one, whoever leads of what nobody takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_noop

from daifuku.customers.models import Lead
from daifuku.distribution.models import Decision
from daifuku.duties.telling import leaders_of, presidents
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import record_for, tell
from daifuku.staff.models import Membership, Person, Team

GIVEN, WARNED, LOST, ALARM, STANDING = (
    "distribution.given", "distribution.warned", "distribution.lost", "distribution.alarm", "distribution.standing",
)  # fmt: skip
QUEUE, WHY = "/distribution/", "/distribution/why/"


def subscribe() -> None:
    alone = lambda event: event.cause_id is None  # noqa: E731 - of many one sentence tells, at their end
    subscribing.subscribe("distribution.given", ["lead.distributed"], tell_given, concerns=alone)
    kinds = ["distribution.person_out", "distribution.person_back"]
    subscribing.subscribe("distribution.standing", kinds, tell_standing)


def tell_given(event: Event) -> None:
    """At once, in the app and by mail, with the wish for a first talk."""
    decision = Decision.objects.select_related("person").filter(uid=event.data["decision"]).first()
    if decision is None or decision.person is None or not decision.person.is_active:
        return
    lead = record_for(event, decision.person)
    if lead is not None:
        text = gettext_noop(
            "新しい見込み客「%(record)s」があなたの担当になりました。最初の連絡を取り、取引を記録してください。"
        )
        tell(decision.person, GIVEN, Sentence(text, {"record": lead}), lead.get_absolute_url(), event)


def tell_many(run: Event, given: dict[int, int]) -> None:
    """One sentence for each, however many he got."""
    for person in Person.objects.working().filter(pk__in=given):
        text = gettext_noop(
            "新しい見込み客が%(number)s件、あなたの担当になりました。最初の連絡を取り、取引を記録してください。"
        )
        tell(person, GIVEN, Sentence(text, {"number": given[person.pk]}), "/leads/", run)


def tell_standing(event: Event) -> None:
    subject = event.subjects.first()
    person = Person.objects.working().filter(pk=subject.record_id).first() if subject else None
    if person is None:
        return
    data = event.data
    if event.kind == "distribution.person_out":
        text = gettext_noop(
            "入力率が%(percent)s%%で、基準の%(low)s%%を下回ったため、新しい見込み客の割り当てを止めました。"
            "%(back)s%%以上が%(days)s営業日続くと再開します。"
        )
    else:
        text = gettext_noop("入力率が戻ったため、新しい見込み客の割り当てを再開しました。")
    names = ("percent", "low", "back", "days")
    tell(person, STANDING, Sentence(text, {name: data.get(name) for name in names}), WHY, event)


def tell_warned(decision: Decision, hours: int, event: Event) -> None:
    text = gettext_noop(
        "「%(record)s」の最初の取引がまだ記録されていません。あと%(hours)s時間で、ほかの人に振り分け直します。"
    )
    _tell(decision.person, WARNED, text, {"hours": hours}, decision.lead, event)


def tell_lost(decision: Decision, to: Person | None, event: Event) -> None:
    """Whoever had it; whoever has it now is told of what he gets."""
    if to is not None:
        text = gettext_noop("「%(record)s」は取引の記録がないまま時間が過ぎたため、%(to)sさんに移りました。")
    else:
        text = gettext_noop("「%(record)s」は取引の記録がないまま時間が過ぎたため、順番待ちに戻りました。")
    _tell(decision.person, LOST, text, {"to": to or ""}, decision.lead, event)


def tell_alarm(waiting: list[Decision], hours: int, event: Event) -> None:
    """To each of those who lead, once, how many wait."""
    counted: dict[int, int] = {}
    people: dict[int, Person] = {}
    for decision in waiting:
        for person in leading(decision.team):
            people[person.pk] = person
            counted[person.pk] = counted.get(person.pk, 0) + 1
    text = gettext_noop("引き受ける人のいない見込み客が%(number)s件、%(hours)s時間以上待っています。")
    for key, number in counted.items():
        tell(people[key], ALARM, Sentence(text, {"number": number, "hours": hours}), QUEUE, event)


def leading(team: Team | None) -> list[Person]:
    """Whoever leads this team, else the team above; where there is none, the president."""
    asked: set[int] = set()
    while team is not None and team.pk not in asked:
        asked.add(team.pk)
        leads = Membership.objects.filter(team=team, leads=True).values("person")
        found = list(Person.objects.working().filter(pk__in=leads))
        if found:
            return found
        team = team.parent
    return presidents()


def tell_leaders_lost(lost: Iterable[Decision], event: Event) -> None:
    """Those who lead whoever had them, one sentence for each person."""
    counted: dict[int, int] = {}
    for decision in lost:
        if decision.person_id is not None:
            counted[decision.person_id] = counted.get(decision.person_id, 0) + 1
    people = Person.objects.in_bulk(counted)
    text = gettext_noop("%(who)sさんが連絡しないまま時間が過ぎた見込み客%(number)s件を、振り分け直しました。")
    for key, number in counted.items():
        for leader in leaders_of(key):
            sentence = Sentence(text, {"who": people[key], "number": number})
            tell(leader, f"{LOST}.{key}", sentence, "/distribution/log/", event)


def _tell(
    person: Person | None, kind: str, text: str, values: dict[str, Any], lead: Lead, event: Event
) -> None:
    if person is not None and person.is_active:
        sentence = Sentence(text, {**values, "record": lead})
        tell(person, kind, sentence, lead.get_absolute_url(), event)
