"""What follows from decisions and absences: whoever is concerned is told, deadlines of whoever was away move."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from daifuku.duties.absences import put_off
from daifuku.duties.models import Duty
from daifuku.duties.telling import leaders_of
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event, Subject
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.staff.models import Person

KIND = "duties.decided"
TEXTS = {
    "duty.handed_on": gettext_noop("%(actor)sさんから、入力を頼まれました。"),
    "duty.excused": gettext_noop("%(actor)sさんが、あなたの入力漏れを免除しました。"),
    "duty.declined": gettext_noop(
        "%(actor)sさんが、あなたの申し出を認めませんでした。理由をご確認ください。"
    ),
    "duty.pleaded": gettext_noop("%(actor)sさんが、入力できなかった理由を申し出ています。"),
}


def subscribe() -> None:
    subscribing.subscribe("duties.decided", list(TEXTS), tell_decided)
    subscribing.subscribe("duties.absence", ["person.edited"], move_deadlines, concerns=is_about_absence)


def tell_decided(event: Event) -> None:
    duty = Duty.objects.select_related("owner", "substitute").filter(uid=event.data["duty"]).first()
    if duty is None:
        return
    for person in _hearers(event, duty):
        if person.pk != event.actor_id and person.is_active:
            sentence = Sentence(TEXTS[event.kind], {"actor": event.actor or gettext("大福帳")})
            tell(person, KIND, sentence, duty.get_absolute_url(), event)


def _hearers(event: Event, duty: Duty) -> list[Person]:
    if event.kind == "duty.pleaded":
        return leaders_of(duty.owner_id)
    if event.kind == "duty.handed_on":
        return [duty.substitute or duty.owner]
    return [duty.owner]


def is_about_absence(event: Event) -> bool:
    return bool({"absent_from", "absent_until"} & set(event.changes))


def move_deadlines(event: Event) -> None:
    people = event.subjects.filter(object="person", role=Subject.MAIN).values_list("record_id", flat=True)
    put_off(people, timezone.localdate(event.at))
