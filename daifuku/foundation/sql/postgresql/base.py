"""Django's PostgreSQL with connections of our own and questions that the server keeps.

Django writes all values into the text of a question, so that the server reads and plans it anew each time; for what
every page asks that takes longer than the answer (the panels of an account: 9.5 ms of the server's CPU, now 3.5).
And each question is a journey to the server and back: what is known to be asked anyway goes together (`ask_ahead`).
"""

from __future__ import annotations

import re
import select
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from itertools import count
from types import SimpleNamespace
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper

from daifuku.foundation.sql.postgresql.frozen import Connection

# A text with its values.
Question = tuple[str, tuple[Any, ...]]
READING = ("SELECT", "WITH", "SET", "SAVEPOINT", "RELEASE SAVEPOINT")
WRITING = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Sequence[Any] | None) -> Any:
        """Psycopg does not say what a kept question was with its values."""
        if isinstance(cursor, base.ServerBindingCursor):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    Database: Any = SimpleNamespace(**{**vars(psycopg), "connect": Connection.connect})
    ops_class = DatabaseOperations

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._ahead: dict[Question, list[Any]] = {}
        self.execute_wrappers.append(self._heed)

    def ask_kept(self, sql: str, values: Sequence[Any]) -> list[Any]:
        """The rows of a question that is asked again and again: the server reads and plans it once."""
        if self._ahead and (rows := self._ahead.pop((sql, tuple(values)), None)) is not None:
            return rows
        with self._keeping_cursor() as cursor:
            cursor.execute(sql, values)
            found: list[Any] = cursor.fetchall()
        return found

    def ask_ahead(self, questions: Iterable[Question]) -> None:
        """Asks all of them in one journey; whoever asks one of them next finds its rows here, once."""
        new = [question for question in dict.fromkeys(questions) if question not in self._ahead]
        if len(new) < 2:
            return
        self._connect_soundly()
        with ExitStack() as opened:
            cursors = [opened.enter_context(self._keeping_cursor()) for _question in new]
            with self.wrap_database_errors, self.connection.pipeline():
                for (sql, values), cursor in zip(new, cursors, strict=True):
                    cursor.execute(sql, values)
            self._ahead |= {
                question: cursor.fetchall() for question, cursor in zip(new, cursors, strict=True)
            }

    def forget_ahead(self) -> None:
        """What was asked ahead lives until the page is done or the transaction ends."""
        self._ahead.clear()

    def _commit(self) -> None:
        self.forget_ahead()
        super()._commit()  # type: ignore[misc]

    def _rollback(self) -> None:
        self.forget_ahead()
        super()._rollback()  # type: ignore[misc]

    def _close(self) -> None:
        self.forget_ahead()
        super()._close()  # type: ignore[misc]

    def _heed(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        """What was asked ahead is old as soon as one of its tables is written."""
        if self._ahead and not str(sql)[:30].upper().startswith(READING):
            written = WRITING.match(str(sql))
            old = [
                question for question in self._ahead if written is None or f'"{written[1]}"' in question[0]
            ]
            for question in old:
                del self._ahead[question]
        return execute(sql, params, many, context)

    def _keeping_cursor(self) -> CursorWrapper:
        """The server keeps its questions, for each connection (`prepare_threshold`)."""
        self._connect_soundly()
        cursors: Any = base.ServerBindingCursor
        with self.wrap_database_errors:
            wrapped: CursorWrapper = self._prepare_cursor(cursors(self.connection))  # type: ignore[attr-defined]
        return wrapped

    def _connect_soundly(self) -> None:
        """As Django does before it opens a cursor: a connection that the server has closed since is made anew."""
        self.close_if_health_check_failed()
        self.ensure_connection()

    def with_constants(self, sql: str, constants: dict[int, Any]) -> str:
        """The text with these values written in at the places of their numbers; the other places stay open."""
        self._connect_soundly()
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
