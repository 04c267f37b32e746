"""The secret address of somebody's calendar: opened, changed for another, closed."""

from __future__ import annotations

import hashlib
import secrets

from django.utils import timezone

from daifuku.activities.models import Feed
from daifuku.ledger import writing as ledger
from daifuku.staff.models import Person


def digest_of(secret: str) -> str:
    """256 random bits need no slow hash: nobody can try them all."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_feed(*, by: Person) -> str:
    """Gives `by` an address, and returns its secret, told this once. The one that he had opens nothing any more."""
    secret = secrets.token_urlsafe(32)
    with ledger.writing():
        _feed, made = Feed.objects.update_or_create(
            person=by, defaults={"digest": digest_of(secret), "made_at": timezone.now(), "read_at": None}
        )
        ledger.record("feed.made", by=by, about=_about(by), data={"renewed": not made})
    return secret


def close_feed(*, by: Person) -> None:
    """From now on the address opens nothing; a second time changes nothing."""
    with ledger.writing():
        _close(by, by)


def close_feed_of(person: Person) -> None:
    """Somebody leaves, or got a new password by a link: what may be in strange hands ends. In a transaction."""
    _close(person, None)


def _close(person: Person, by: Person | None) -> None:
    gone, _each = Feed.objects.filter(person=person).delete()
    if gone:
        ledger.record("feed.closed", by=by, about=_about(person), data={})


def _about(person: Person) -> list[ledger.About]:
    return [ledger.About("person", person.pk)]
