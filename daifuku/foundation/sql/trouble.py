"""What the machine below refuses, in words that people can act on: the database is away, the disk is full."""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import DiskFull, DomainError, Unavailable

FULL = {errno.ENOSPC, errno.EDQUOT}


def told(error: BaseException | None) -> DomainError | None:
    """None where it is a fault of the program and not of the machine."""
    if isinstance(error, OperationalError | InterfaceError):
        if _says_full(error):
            return DiskFull()
        return Unavailable(_("いまデータベースを使えません。少し待ってからもう一度お試しください。"))
    return DiskFull() if isinstance(error, OSError) and error.errno in FULL else None


def _says_full(error: BaseException) -> bool:
    """SQLite: its one sentence. PostgreSQL: SQLSTATE 53100."""
    return "disk is full" in str(error) or getattr(error.__cause__, "sqlstate", "") == "53100"
