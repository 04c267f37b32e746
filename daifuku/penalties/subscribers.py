"""What is excused or put off is taken out of the ledger of 入力漏れ at once; whoever is concerned is told."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from daifuku.duties.telling import leaders_of
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event, Subject
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.penalties.actions.entering import reconcile
from daifuku.penalties.models import Entry

KIND = "penalties.decided"
CHANGES = ("duty.excused", "duty.turned_back", "day_off.taken", "day_off.given_back", "person.edited")
TEXTS = {
    "penalty.objected": gettext_noop("%(actor)sさんが、入力漏れの記帳に異議を申し立てています。"),
    "penalty.decided": gettext_noop("%(actor)sさんが、あなたの異議を判断しました。"),
    "penalty.waived": gettext_noop("%(actor)sさんが、あなたの入力漏れの記帳を免除しました。"),
}


def subscribe() -> None:
    subscribing.subscribe("penalties.reconcile", CHANGES, take_out)
    subscribing.subscribe("penalties.decided", list(TEXTS), tell_decided)


def take_out(event: Event) -> None:
    people = event.subjects.filter(object="person", role=Subject.MAIN).values_list("record_id", flat=True)
    reconcile(people)


def tell_decided(event: Event) -> None:
    entry = Entry.objects.select_related("person").filter(uid=event.data["entry"]).first()
    if entry is None:
        return
    hearers = leaders_of(entry.person_id) if event.kind == "penalty.objected" else [entry.person]
    for person in hearers:
        if person.pk != event.actor_id and person.is_active:
            sentence = Sentence(TEXTS[event.kind], {"actor": event.actor or gettext("大福帳")})
            tell(person, KIND, sentence, entry.get_absolute_url(), event)
