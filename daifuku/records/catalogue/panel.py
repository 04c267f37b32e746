"""A part of a record's page that an area above adds: people, files, comments, branches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daifuku.foundation.sql.prepared import Told
    from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Panel:
    """`context(record, viewer)` gives what `template` shows as `panel`, or None where there is nothing to show.

    `place` is "main" (under the fields), "side" (beside them) or "head" (under the name, without a frame).
    """

    key: str
    label: Any
    template: str
    context: Callable[[Any, Viewer], dict[str, Any] | None]
    place: str = "side"
    order: int = 50
    # What `context` will ask in any case: the page asks for all of its panels together.
    ahead: Callable[[Any, Viewer], Iterable[Told]] | None = None
