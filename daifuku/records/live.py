"""Whether something happened to a record since its page was opened: asked by every open page every few seconds.

A page gets a ticket when it is made, for then it was known that its person may see the record. The question that
follows needs nothing but the ticket and a session that is alive: the answer is a number, and says neither what happened
nor who did it. Whoever wants to know that asks for the news, with all his rights.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any

from django.core import signing

from daifuku.foundation.sql.prepared import Prepared
from daifuku.ledger import kinds
from daifuku.ledger.models import Subject

SALT = "daifuku.live"
# As long as a page stays open over a day's work; afterwards it is opened anew anyway.
GOOD_FOR = 24 * 3600
# A sign-in that was ended is noticed after so long.
LOOKED_AT_AGAIN = 20.0
MOST_SESSIONS = 5000
_alive: dict[str, tuple[float, str]] = {}


def ticket(person: int, record: Any) -> str:
    return signing.dumps([person, record.object_key, record.pk], salt=SALT)


def of_page(viewer: Any, record: Any, since: int) -> dict[str, Any]:
    """What a page needs to ask; `since` is the last line that it shows."""
    return {"ticket": ticket(viewer.pk, record), "since": since, "form": False}


def of_form(viewer: Any, record: Any) -> dict[str, Any]:
    """The same for a form, which only says that something happened."""
    return {**of_page(viewer, record, newest(record.object_key, record.pk, 0)), "form": True}


def read(written: str) -> tuple[int, str, int | list[int]] | None:
    """Person, object and record (of a list: records) of a ticket; None of one that is none, or too old."""
    try:
        person, object_key, record = signing.loads(written, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return person, object_key, record


def newest(object_key: str, record: int, since: int) -> int:
    """The last line about the record behind `since`, looks not counted; `since` itself where there is none."""
    found = _newest(tuple(kinds.quiet_keys())).first(object_key, record, since)
    return int(found) if found is not None else since


@lru_cache(8)
def _newest(quiet: tuple[str, ...]) -> Prepared:
    def build(object_key: str, record: int, since: int) -> Any:
        rows = Subject.objects.filter(object=object_key, record_id=record, event_id__gt=since)
        rows = rows.exclude(event__kind__in=quiet).order_by("-event_id")
        return rows.values_list("event_id", flat=True)[:1]

    return Prepared(build)


def is_signed_in(session_key: str, person: int) -> bool:
    """Whether this session is alive and his; the database is asked once in twenty seconds for each session."""
    now = time.monotonic()
    looked, found = _alive.get(session_key, (0.0, ""))
    if now - looked > LOOKED_AT_AGAIN:
        found = _person_of(session_key)
        if len(_alive) > MOST_SESSIONS:
            _alive.clear()
        _alive[session_key] = (now, found)
    return found == str(person)


def _person_of(session_key: str) -> str:
    from django.contrib.auth import SESSION_KEY

    from daifuku.staff.sessions import STORED, SessionStore

    row = STORED.first(session_key)
    store = SessionStore(session_key)
    if row is None or row.expire_date.timestamp() <= time.time():
        return ""
    return str(store.decode(row.session_data).get(SESSION_KEY, ""))
