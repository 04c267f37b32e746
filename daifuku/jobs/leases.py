"""Whoever does something long keeps saying so, so that nobody else begins the same."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=60)


def new_word() -> str:
    return secrets.token_hex(16)


def end_of_lease() -> datetime:
    return timezone.now() + LEASE


@contextmanager
def kept_alive(renew: Callable[[], object]) -> Iterator[None]:
    """Calls `renew` four times a lease from a thread of its own, also while the work at hand takes long."""
    finished = threading.Event()
    thread = threading.Thread(target=_beat, args=(renew, finished), name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join(5)


def _beat(renew: Callable[[], object], finished: threading.Event) -> None:
    while not finished.wait(LEASE.total_seconds() / 4):
        try:
            renew()
        except (
            Exception
        ) as error:  # the database is away: the lease may end, the holder's word protects the job
            logger.warning("a lease could not be renewed: %s", error)
        finally:
            connection.close()
