"""Django's PostgreSQL with connections of our own and questions that the server keeps.

Django writes all values into the text of a question, so that the server reads and plans it anew each time; for what
every page asks that takes longer than the answer (the panels of an account: 9.5 ms of the server's CPU, now 3.5).
"""

from __future__ import annotations

import re
import select
from itertools import count
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorWrapper

from daifuku.foundation.sql.postgresql.frozen import Connection


class DatabaseWrapper(base.DatabaseWrapper):
    Database: Any = SimpleNamespace(**{**vars(psycopg), "connect": Connection.connect})

    def keeping_cursor(self) -> CursorWrapper:
        """A cursor whose questions the server reads and plans once for each connection (`prepare_threshold`)."""
        self.ensure_connection()
        cursors: Any = base.ServerBindingCursor
        with self.wrap_database_errors:
            wrapped: CursorWrapper = self._prepare_cursor(cursors(self.connection))  # type: ignore[attr-defined]
        return wrapped

    def with_constants(self, sql: str, constants: dict[int, Any]) -> str:
        """The text with these values written in at the places of their numbers; the other places stay open."""
        self.ensure_connection()
        cursors: Any = base.Cursor
        cursor = cursors(self.connection)
        places = count()

        def filled(place: re.Match[str]) -> str:
            if place[0] == "%s" and (number := next(places)) in constants:
                written: str = cursor.mogrify("%s", [constants[number]])
                return written.replace("%", "%%")
            return place[0]

        return re.sub("%[s%]", filled, sql)

    def is_usable(self) -> bool:
        """Whether the server has said goodbye since the last request, without asking it: it waits for us to speak."""
        if self.connection is None or self.connection.closed:
            return False
        heard = select.poll()
        heard.register(self.connection, select.POLLIN)
        return not heard.poll(0)
