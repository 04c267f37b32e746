"""Tells a person something in the app, and knows how much of it was not read yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from daifuku.foundation.errors import NotFound
from daifuku.foundation.sql import write_transaction
from daifuku.foundation.sql.prepared import Prepared
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.staff.models import Person

MOST_COUNTED = 100
UNREAD = Prepared(
    lambda person: (
        Notice.objects.filter(person_id=person)
        .unread()
        .told()
        .order_by()
        .values_list("pk", flat=True)[:MOST_COUNTED]
    )
)
LONGEST_URL = 500
KEPT = timedelta(days=180)


@dataclass(frozen=True)
class Sentence:
    """`Sentence(gettext_noop("「%(record)s」の担当になりました。"), {"record": "青葉商事"})`"""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


def notify(
    person: Person, *, kind: str, sentence: Sentence | str, url: str = "", event: Event | None = None,
    **how: Any,
) -> Notice:  # fmt: skip
    """Tells the person; of the same kind about the same event only once, so that subscribers may repeat themselves.

    Whoever left the firm is told as well: the notices are there should he come back. `how` are further values of the
    notice: its timing, when it is due, which record it is about.
    """
    if not isinstance(sentence, Sentence):
        sentence = Sentence(str(sentence))
    values = {
        "text": sentence.text,
        "values": {name: str(value) for name, value in sentence.values.items()},
        "url": _inside(url),
        **how,
    }
    with write_transaction():
        if event is None:
            notice: Notice = Notice.objects.create(person=person, kind=kind, **values)
            return notice
        notice, _fresh = Notice.objects.get_or_create(person=person, kind=kind, event=event, defaults=values)
        return notice


def _inside(url: str) -> str:
    """Notices lead to pages of this program only."""
    inside = url.startswith("/") and not url.startswith(("//", "/\\")) and len(url) <= LONGEST_URL
    return url if inside else ""


def unread_count(person: Person) -> int:
    """Up to a hundred: more than that nobody counts."""
    return len(UNREAD(person.pk))


def read(person: Person, uid: UUID) -> Notice:
    """Marks one of the person's own notices as read. Raises NotFound."""
    notice: Notice | None = Notice.objects.filter(person=person, uid=uid).first()
    if notice is None:
        raise NotFound
    if notice.read_at is None:
        notice.read_at = timezone.now()
        with write_transaction():
            notice.save(update_fields=["read_at"])
    return notice


def read_all(person: Person, up_to: UUID | None = None) -> int:
    """Marks as read what the person has seen: everything, or up to the newest notice that his page showed."""
    waiting = Notice.objects.filter(person=person).unread()
    if up_to is not None:
        newest = Notice.objects.filter(person=person, uid=up_to).first()
        waiting = waiting.filter(pk__lte=newest.pk) if newest else waiting.none()
    with write_transaction():
        return int(waiting.update(read_at=timezone.now()))


def clean() -> None:
    """Forgets what was read half a year ago."""
    old = Notice.objects.filter(read_at__lt=timezone.now() - KEPT)
    while keys := list(old.order_by("id").values_list("pk", flat=True)[:500]):
        with write_transaction():
            Notice.objects.filter(pk__in=keys).delete()
