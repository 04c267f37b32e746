"""By what a person is let in, so that it can be taken away at once: sessions here, tokens in the areas above."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from daifuku.staff.models import Person

Revoke = Callable[[Person], None]
_revokers: list[Revoke] = []
# Told of the keys of sessions that somebody ended, inside the transaction; filled from apps.ready().
when_ended: list[Callable[[list[str]], None]] = []


def revoked_by(revoke: Revoke) -> None:
    """An area above that lets people in by other means (API tokens) registers here how it stops; from apps.ready()."""
    if revoke not in _revokers:
        _revokers.append(revoke)


def revoke_everything(person: Person) -> None:
    """Called inside the transaction in which the person leaves."""
    end_sessions(person)
    revoke_other_means(person)


def revoke_other_means(person: Person) -> None:
    """What lets the person in beside sessions; inside a transaction."""
    for revoke in _revokers:
        revoke(person)


def end_sessions(person: Person, *, but: str | None = None) -> int:
    """Signs the person out everywhere, except on the device with this session; returns on how many."""
    from allauth.usersessions.models import UserSession

    rows = UserSession.objects.filter(user_id=person.pk).exclude(session_key=but or "")
    keys = list(rows.values_list("session_key", flat=True))
    end(keys)
    rows.delete()
    return len(keys)


def end(keys: Iterable[str]) -> None:
    """Ends these sessions, and remembers that somebody did: a browser that still brings such a key throws away what it
    keeps. A session that grew old, or that a restored backup does not know, leaves no such trace."""
    ended = list(keys)
    Session.objects.filter(session_key__in=ended).delete()
    until = timezone.now() + timedelta(seconds=settings.SESSION_LONGEST_SECONDS)
    # An empty session under a name that no browser has: nobody is signed in by it, and it ends by its own date.
    traces = [Session(session_key=_trace(key), session_data="", expire_date=until) for key in ended]
    Session.objects.bulk_create(traces, ignore_conflicts=True)
    for tell in when_ended:
        tell(ended)


def was_ended(key: str) -> bool:
    return Session.objects.filter(session_key=_trace(key)).exists()


def _trace(key: str) -> str:
    return "ended-" + hashlib.sha256(key.encode()).hexdigest()[:34]
