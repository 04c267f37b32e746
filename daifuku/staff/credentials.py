"""By what a person is let in, so that it can be taken away at once: sessions here, tokens in the areas above."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.sessions.models import Session

from daifuku.staff.models import Person

Revoke = Callable[[Person], None]
_revokers: list[Revoke] = []


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
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)
