"""The door for the web processes that `daifuku up` starts (any other WSGI server uses daifuku.wsgi)."""

from __future__ import annotations

import ctypes
import signal

from django.conf import settings

from daifuku.server.buffered import Buffered
from daifuku.wsgi import application

# A web process ends with the one that started it (Linux, PR_SET_PDEATHSIG), else it would keep serving old code.
ctypes.CDLL(None).prctl(1, signal.SIGTERM)

rsgi = Buffered(
    application,
    threads=settings.WEB_THREADS,
    queue=settings.WEB_QUEUE,
    body_limit=settings.UPLOAD_LIMIT + 1024 * 1024,
)
