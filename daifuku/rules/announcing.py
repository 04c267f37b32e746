"""A new edition is told to everybody, and once more to whoever was asked to read it."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.rules.models import Confirmation, Edition
from daifuku.staff.models import Person

KIND = "rules.book"
ADDRESS = "/rule-book/"


def subscribe() -> None:
    subscribing.subscribe("rules.announced", ["rule_book.published", "rule_book.reminded"], announce)


def announce(event: Event) -> None:
    """Everybody but whoever published it; where the next edition is out already, that one will tell."""
    number = event.data["edition"]
    newest = Edition.objects.first()
    if newest is None or newest.number != number:
        return
    people = Person.objects.working().exclude(
        pk__in=Confirmation.objects.filter(edition=newest).values("person")
    )
    if event.kind == "rule_book.reminded":
        people = people.filter(pk__in=event.data["people"])
        text = gettext_noop("運用ルール（第%(number)s版）を、まだ確認していません。読んで確認してください。")
    else:
        people = people.exclude(pk=event.actor_id)
        text = gettext_noop("運用ルールの第%(number)s版が公開されました。読んで確認してください。")
    for person in people:
        tell(person, KIND, Sentence(text, {"number": number}), ADDRESS, event)
