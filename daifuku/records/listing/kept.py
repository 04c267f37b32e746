"""The questions of lists, as they were written in SQL: the same list is asked for again and again.

Django needs longer to write such a question than the database to answer it. What the text depends on is the key: who
sees what, which fields there are, the condition, the order. Only what it depends on entirely may be kept under it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from daifuku.foundation.sql.prepared import Prepared

MOST = 500

_questions: dict[Hashable, Prepared] = {}


def kept(key: Hashable, build: Callable[[], Any]) -> Prepared:
    """The question of that key; `build` gives its rows if nobody has asked it yet."""
    question = _questions.get(key)
    if question is None:
        rows = build()
        if len(_questions) >= MOST:
            _questions.clear()
        question = _questions[key] = Prepared(lambda: rows)
    return question
