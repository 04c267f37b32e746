"""What follows when a card was entered: whoever is in charge hears of it, in the app and by mail."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext, gettext_noop

from daifuku.cards.actions.finishing import FINISHED, ask_for_a_talk
from daifuku.cards.models import Card, State
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event, Subject
from daifuku.messages import subscribers
from daifuku.messages.notices import Sentence
from daifuku.staff.viewer import viewer_of

TOLD = "cards.entered"


def subscribe() -> None:
    subscribers.spoken_for.add(FINISHED)
    subscribing.subscribe("cards.told", [FINISHED], tell_in_charge)
    subscribing.subscribe("cards.given", ["lead.distributed"], ask_whoever_got_it)


def tell_in_charge(event: Event) -> None:
    """Not of what was taken back at once, nor who has entered it himself."""
    card = _card(event)
    if card is None or card.state != State.DONE or card.owner is None or not card.owner.is_active:
        return
    record = card.record
    if card.owner_id == event.actor_id or record is None:
        return
    seen = type(record).objects.visible_to(viewer_of(card.owner)).filter(pk=record.pk).exists()
    sentence = Sentence(
        gettext_noop("%(actor)sさんが「%(name)s」様の名刺を入力しました。最初の連絡をお願いします。"),
        {"actor": event.actor or gettext("大福帳"), "name": card.title},
    )
    url = record.get_absolute_url() if seen else card.get_absolute_url()
    subscribers.tell(card.owner, TOLD, sentence, url, event)


def ask_whoever_got_it(event: Event) -> None:
    """A card that was left to the distribution: the task goes to whoever got the lead. Harmless twice."""
    subject = event.subjects.filter(role=Subject.MAIN).first()
    if subject is None or subject.object != "lead":
        return
    rows = Card.objects.filter(object="lead", record_id=subject.record_id, owner__isnull=True)
    for card in rows:
        lead = card.record
        if lead is None or lead.owner is None:
            continue
        if Card.objects.filter(pk=card.pk, owner__isnull=True).update(owner=lead.owner):
            ask_for_a_talk(card, lead, lead.owner, None)


def _card(event: Event) -> Card | None:
    found: Card | None = (
        Card.objects.select_related("owner").filter(uid=uuid.UUID(event.data["card"])).first()
    )
    return found
