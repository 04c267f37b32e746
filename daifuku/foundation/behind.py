"""Small writes that no answer waits for: what somebody looked at last, when a device was seen.

A page must be neither slow nor refused only because somebody looked at it, and the lock that every writer of SQLite
takes may be held by others. One thread does these writes in order as soon as it can; while the database is busy they
wait. They are lost when the process is killed, so only what nobody would miss belongs here.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable, Hashable

from django.db import DatabaseError, close_old_connections, connection

MOST = 5000
PAUSE_SECONDS = 1.0
Work = Callable[[], object]

_log = logging.getLogger("daifuku.behind")
_waiting: dict[Hashable, Work] = {}
_changed = threading.Condition()
_thread: threading.Thread | None = None


def later(key: Hashable, work: Work) -> None:
    """Does `work` soon, in a thread; what still waits under the same key is replaced by it."""
    with _changed:
        if key in _waiting or len(_waiting) < MOST:
            _waiting[key] = work
        _start_thread()
        _changed.notify()


def finish() -> bool:
    """Does all that waits, once; whether nothing is left."""
    for key in list(_waiting):
        _do(key)
    return not _waiting


def _start_thread() -> None:
    global _thread
    if _thread is None or not _thread.is_alive():
        _thread = threading.Thread(target=_work_for_ever, name="behind", daemon=True)
        _thread.start()
        atexit.register(finish)


def _work_for_ever() -> None:
    while True:
        with _changed:
            _changed.wait_for(lambda: bool(_waiting))
        close_old_connections()
        if not finish():
            connection.close()
            threading.Event().wait(PAUSE_SECONDS)


def _do(key: Hashable) -> None:
    with _changed:
        work = _waiting.pop(key, None)
    if work is None:
        return
    try:
        work()
    except DatabaseError:
        with _changed:
            _waiting.setdefault(key, work)
    except Exception:
        _log.exception("a small write failed and is dropped")
