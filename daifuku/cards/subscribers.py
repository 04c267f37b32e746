"""What follows when a card was entered, or cannot be: whoever is in charge, or has brought it, hears of it in the app
and by mail."""

from __future__ import annotations

import uuid

from django.utils.translation import gettext, gettext_noop

from daifuku.cards.actions.finishing import FINISHED, ask_for_a_talk
from daifuku.cards.models import Card, Reading, State
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event, Subject
from daifuku.messages import subscribers
from daifuku.messages.notices import Sentence
from daifuku.staff.viewer import viewer_of

TOLD, SENT_BACK = "cards.entered", "cards.sent_back"
UNREADABLE, ASIDE = "cards.unreadable", "cards.put_aside"


def subscribe() -> None:
    subscribers.spoken_for.add(FINISHED)
    subscribing.subscribe("cards.told", [FINISHED], tell_in_charge)
    subscribing.subscribe("cards.sent_back", [UNREADABLE, ASIDE], tell_who_brought)
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


def tell_who_brought(event: Event) -> None:
    """Only he can photograph it once more. Not of what was put right at once, nor of what he has put aside himself."""
    card = _card(event)
    if card is None or card.trashed_at is not None or event.actor_id == card.brought_by_id:
        return
    aside = event.kind == ASIDE
    if card.state != State.ASIDE if aside else card.reading != Reading.FAILED:
        return
    if not card.brought_by.is_active:
        return
    words = {"actor": event.actor or gettext("大福帳"), "name": card.title, "why": event.data["why"]}
    sentence = Sentence(
        gettext_noop("%(actor)sさんが、あなたの送った「%(name)s」を保留にしました。理由: %(why)s")
        if aside
        else gettext_noop("あなたの送った名刺を開けませんでした。%(why)s"),
        words,
    )
    subscribers.tell(card.brought_by, SENT_BACK, sentence, card.get_absolute_url(), event)


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
        Card.objects.select_related("owner", "brought_by").filter(uid=uuid.UUID(event.data["card"])).first()
    )
    return found
