"""A card was exchanged and entered, and then nothing: no talk with the person in so many working days.

Of leads the morning looks for that anyway (`duties.finding.leads`); this is about people of known firms.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.activities.models import Talk
from daifuku.cards.models import Card, State, setup
from daifuku.customers.models import Contact
from daifuku.duties import deadlines
from daifuku.duties.actions.owing import Owed, owe_many, release
from daifuku.duties.models import Duty, Policy
from daifuku.duties.working import Calendar
from daifuku.records.addresses import begun_form

KIND, YOUNG = "card_untouched", timedelta(days=60)


def find(today: date, now: datetime, rules: Policy) -> int:
    """Each becomes something to do on the working day after its time; returns how many are new."""
    calendar, days = Calendar([], today, rules), setup().talk_days
    cards = Card.objects.filter(
        state=State.DONE,
        object="contact",
        done_at__gte=now - YOUNG,
        owner__isnull=False,
        owner__is_active=True,
    )
    waiting = cards.exclude(Exists(_talks()))
    due = ((card, calendar.after(_day(card), days)) for card in waiting.order_by("pk"))
    found = owe_many(_owed(card, day) for card, day in due if day < today)
    release(_settled())
    return found


def _talks() -> Any:
    return Talk.plain.filter(
        contact_id=OuterRef("record_id"), trashed_at__isnull=True, started_at__gte=OuterRef("brought_at")
    )


def _day(card: Card) -> date:
    assert card.done_at is not None
    return timezone.localtime(card.done_at).date()


def _owed(card: Card, due: date) -> Owed:
    return Owed(
        f"{KIND}:{card.pk}", KIND, card.owner_id, deadlines.end_of_day(due), subject=("contact", card.record_id),
        weight=0, facts={"since": _day(card).isoformat()},
    )  # fmt: skip


def _settled() -> list[str]:
    """Of those that are asked for: talked to meanwhile, undone, or not there any more."""
    asked = {
        key: int(key.partition(":")[2])
        for key in Duty.objects.waiting().filter(kind=KIND).values_list("key", flat=True)
    }
    there = Contact.plain.filter(trashed_at__isnull=True, pk=OuterRef("record_id"))
    alive = Card.objects.filter(pk__in=list(asked.values()), state=State.DONE, object="contact").filter(
        Exists(there)
    )
    left = set(alive.exclude(Exists(_talks())).values_list("pk", flat=True))
    return [key for key, card in asked.items() if card not in left]


def name(duty: Any, contact: Any) -> str:
    since = date.fromisoformat(duty.facts.get("since", "") or duty.due_on.isoformat())
    told = {"name": contact or _("お客様"), "days": (timezone.localdate() - since).days}
    return _("%(name)s様と名刺を交換したまま、%(days)s日連絡していません") % told


def do(duty: Any, contact: Any) -> tuple[str, Any]:
    return (begun_form("talks", contact=contact.uid), _("取引を記録")) if contact is not None else ("", "")
