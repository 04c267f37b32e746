"""What areas above ask of every save of every kind of record, and what they say about it beside the form.

Filled from `apps.ready()`: those areas are ready before the kinds of records below them are known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daifuku.records.catalogue.object_type import AfterSave, Check, ObjectType
    from daifuku.staff.viewer import Viewer

# (kind of record, the record or None for a new one, who is about to write it) -> sentences for people.
Hint = Callable[["ObjectType", Any, "Viewer"], Sequence[str]]
checks: list[Check] = []
after_save: list[AfterSave] = []
hints: list[Hint] = []


def said(object_type: ObjectType, record: Any, viewer: Viewer) -> list[str]:
    """The sentences that stand above a form."""
    return [sentence for hint in hints for sentence in hint(object_type, record, viewer)]
