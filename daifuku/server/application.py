"""The door for the web processes that `daifuku up` starts (any other WSGI server uses daifuku.wsgi)."""

from __future__ import annotations

import ctypes
import signal

from daifuku.server.buffered import Buffered


def _built() -> Buffered:
    from django.conf import settings

    from daifuku.wsgi import application

    return Buffered(
        application,
        threads=settings.WEB_THREADS,
        queue=settings.WEB_QUEUE,
        body_limit=settings.UPLOAD_LIMIT + 1024 * 1024,
    )


# A web process ends with the one that started it (Linux, PR_SET_PDEATHSIG), else it would keep serving old code. While
# Django is loaded it still has the handler of its parent, which would swallow a stop.
ctypes.CDLL(None).prctl(1, signal.SIGTERM)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
rsgi = _built()
