"""Who looked at whom: collected per person, record and ten minutes, written every three seconds.

A page must not wait for the ledger's fsync only because somebody looked; a crash loses at most these seconds of looks,
never a write.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection

from daifuku.ledger import channel
from daifuku.ledger.models import ReadMark
from daifuku.ledger.writing import About, Line, record_many, writing

WINDOW_SECONDS = 600
FLUSH_SECONDS = 3.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Look:
    person_id: int
    kind: str
    object: str
    record_id: int
    window: int
    via: str


_waiting: set[Look] = set()
_lock = threading.Lock()
_thread: threading.Thread | None = None


def looked(kind: str, *, by: Any, object: str, record_id: int) -> None:
    """Remembers the look; a background thread writes it."""
    look = Look(by.pk, kind, object, record_id, int(time.time()) // WINDOW_SECONDS, channel.current().via)
    with _lock:
        _waiting.add(look)
    _start_thread()


def _start_thread() -> None:
    global _thread
    if _thread is None or not _thread.is_alive():
        _thread = threading.Thread(target=_flush_for_ever, name="ledger-reads", daemon=True)
        _thread.start()
        atexit.register(flush)


def _flush_for_ever() -> None:
    while True:
        time.sleep(FLUSH_SECONDS)
        try:
            flush()
        except DatabaseError:
            _log.warning("looks could not be written yet; they are kept and tried again", exc_info=True)
        finally:
            connection.close()


def flush() -> int:
    """Writes a line for every look that has none in its ten minutes yet; returns how many.

    While the database refuses, all are kept. A look that cannot be written for another reason is dropped alone.
    """
    with _lock:
        looks = list(_waiting)
    if not looks:
        return 0
    try:
        written = _write(looks)
    except DatabaseError:
        raise
    except Exception:
        written = sum(map(_write_alone, looks))
    with _lock:
        _waiting.difference_update(looks)
    return written


def forget() -> None:
    """Drops what is waiting (for tests)."""
    with _lock:
        _waiting.clear()


def _write_alone(look: Look) -> int:
    try:
        return _write([look])
    except DatabaseError:
        raise
    except Exception:
        _log.exception("the look %s cannot be written and is dropped", look)
        return 0


def _write(looks: list[Look]) -> int:
    people = get_user_model()._default_manager.in_bulk({look.person_id for look in looks})
    written = 0
    with writing():
        for look in looks:
            _, fresh = ReadMark.objects.get_or_create(
                person_id=look.person_id, kind=look.kind, object=look.object,
                record_id=look.record_id, window=look.window,
            )  # fmt: skip
            if fresh and look.person_id in people:
                with channel.through(look.via):
                    record_many(
                        [Line(look.kind, [About(look.object, look.record_id)])], by=people[look.person_id]
                    )
                written += 1
        ReadMark.objects.filter(window__lt=looks[0].window - 1000).delete()
    return written
