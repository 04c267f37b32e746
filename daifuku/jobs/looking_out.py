"""Of several threads that do the same kind of work one looks whether there is some; the others sleep meanwhile."""

from __future__ import annotations

import threading
import time

# A look takes a few milliseconds; whoever is away for longer has found something to do.
LOOK_SECONDS = 0.1


class Lookout:
    """Threads share one. So an idle worker asks the database once for each kind of work, however many could do it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._who: int | None = None
        self._since = 0.0

    def is_mine(self) -> bool:
        """Whether the calling thread should look now: it did so before, nobody does, or whoever did is at work."""
        with self._guard:
            me = threading.get_ident()
            away = self._since > 0 and time.monotonic() - self._since > LOOK_SECONDS
            if self._who not in (None, me) and not away:
                return False
            self._who, self._since = me, time.monotonic()
            return True

    def came_back(self) -> None:
        """The thread has looked, and found nothing (more) to do."""
        with self._guard:
            if self._who == threading.get_ident():
                self._since = 0.0
