"""The first rows that hang on a record, as far as somebody sees them: what a panel of its page shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from daifuku.foundation.sql.prepared import Prepared, Told
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

# So many are looked at in memory; where somebody sees few of them, the database picks.
FETCHED = 40


class FirstRows:
    """`talks_of = FirstRows(Talk, "account", newest)`, then `talks_of(account.pk, viewer, 20)` is the list.

    `ordered` narrows and orders any rows of the model. One question, whose text is made once; its rows need no right.
    """

    def __init__(
        self, model: Any, link: str, ordered: Callable[[Any], Any], *, fetched: int = FETCHED
    ) -> None:
        self._model, self._link, self._ordered, self._fetched = model, link, ordered, fetched
        self._asked = Prepared(
            lambda key: ordered(model.plain.filter(**{link: key}, trashed_at__isnull=True))[:fetched]
        )

    def told(self, key: int) -> Told:
        """The question, for `ask_ahead`."""
        return self._asked.told(key)

    def __call__(self, key: int, viewer: Viewer, enough: int, known: list[Any] | None = None) -> list[Any]:
        """So many where there are as many, perhaps a few more; `known` are the rows where somebody asked for those of
        many records at once."""
        rows = self._asked(key) if known is None else known
        seen = [row for row in rows if sees(viewer, row, "view")]
        if len(rows) < self._fetched or len(seen) >= enough:
            return seen
        return list(
            self._ordered(self._model.objects.visible_to(viewer).filter(**{self._link: key}))[:enough]
        )
