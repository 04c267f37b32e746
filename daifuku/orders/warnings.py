"""What whoever takes an order should know of the customer before: filled by areas above, which know what he owes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from daifuku.staff.viewer import Viewer

# (account, viewer, today) -> sentences; none where all is well.
WARNINGS: list[Callable[[Any, Viewer, date], list[str]]] = []


def of(account: Any, viewer: Viewer, today: date) -> list[str]:
    if account is None:
        return []
    return [sentence for ask in WARNINGS for sentence in ask(account, viewer, today)]
