"""What the program remembers of a signed-in browser, kept in the database.

Pages only read. What they would like to remember for the next page is a note, written behind the answer: a list opens
also while somebody else holds the database's lock.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from daifuku.foundation import behind
from daifuku.foundation.sql import write_transaction
from daifuku.foundation.sql.prepared import Prepared

STORED = Prepared(lambda key: Session.objects.filter(session_key=key))


class SessionStore(DatabaseSessions):
    """Named as Django's own, because the name is part of what signs the content."""

    def __init__(self, session_key: str | None = None) -> None:
        self._notes: dict[str, Any] = {}
        self._changed = False
        super().__init__(session_key)

    @property
    def modified(self) -> bool:
        return self._changed or bool(self._notes)

    @modified.setter
    def modified(self, changed: bool) -> None:
        self._changed = changed

    def _get_session_from_db(self) -> Session | None:
        """As Django does it, by a query that is written once; every request asks it."""
        found: Session | None = STORED.first(self.session_key) if self.session_key else None
        if found is None or found.expire_date <= timezone.now():
            self._session_key = None
            return None
        return found

    def note(self, name: str, value: object) -> None:
        """Remembers what the next page is glad to know, without making this one wait."""
        self._session[name] = value  # type: ignore[attr-defined]
        self._notes[name] = value

    def save(self, must_create: bool = False) -> None:
        if not self._notes or self._changed or must_create or not self.session_key:
            super().save(must_create)
            return
        key, notes = self.session_key, dict(self._notes)
        behind.later(("session", key, *sorted(notes)), partial(_write, key, notes))


def note(request: HttpRequest, name: str, value: object) -> None:
    if isinstance(request.session, SessionStore):
        request.session.note(name, value)
    else:
        request.session[name] = value


def _write(key: str, notes: dict[str, Any]) -> None:
    """Into the session as it is by now; one that was signed out meanwhile stays gone."""
    with write_transaction():
        row = Session.objects.select_for_update().filter(session_key=key).first()
        if row is None:
            return
        store = SessionStore(key)
        store.update({**row.get_decoded(), **notes})
        row.session_data = store.encode(dict(store.items()))
        row.expire_date = store.get_expiry_date()
        row.save(update_fields=["session_data", "expire_date"])
