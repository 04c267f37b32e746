"""The door for the web processes that `daifuku up` starts (any other WSGI server uses daifuku.wsgi)."""

from __future__ import annotations

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


rsgi = _built()
