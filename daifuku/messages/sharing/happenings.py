"""出来事: the rows of the matrix. Rooms above register theirs from `apps.ready()`, with what is sensible for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from daifuku.ledger.models import Event
from daifuku.messages.models.sharing import Depth, Timing

Shipped = Mapping[str, tuple[Timing, Depth]]
FULL_NOW = (Timing.AT_ONCE, Depth.FULL)
HEADLINE_NOW = (Timing.AT_ONCE, Depth.HEADLINE)
HOURLY_HEADLINE = (Timing.HOURLY, Depth.HEADLINE)
MORNING_FULL = (Timing.MORNING, Depth.FULL)
MORNING_HEADLINE = (Timing.MORNING, Depth.HEADLINE)
WEEKLY_HEADLINE = (Timing.WEEKLY, Depth.HEADLINE)


@dataclass(frozen=True)
class Happening:
    """Lines of these `kinds` about a record of `object` that pass `meets(event)`, which looks at the line alone.

    `sentence` is a message id with %(actor)s and %(record)s. `shipped` is what each role (by key) is told before the
    administrator changes it. With `people` it is not for roles but for those whom it returns: `people(event, record)`
    gives keys of persons; their timing is `timing` until they choose a quieter one.
    """

    key: str
    label: Any
    sentence: str
    kinds: Sequence[str]
    object: str
    meets: Callable[[Event], bool] = lambda event: True
    shipped: Shipped = field(default_factory=dict)
    people: Callable[[Event, Any], Iterable[int]] | None = None
    timing: Timing = Timing.AT_ONCE
    order: int = 50

    @property
    def for_roles(self) -> bool:
        return self.people is None


_happenings: dict[str, Happening] = {}


def register(*happenings: Happening) -> None:
    for happening in happenings:
        _happenings[happening.key] = happening


def get(key: str) -> Happening | None:
    return _happenings.get(key)


def every() -> list[Happening]:
    return sorted(_happenings.values(), key=lambda each: (each.order, each.key))


def for_roles() -> list[Happening]:
    return [each for each in every() if each.for_roles]


def of(event: Event) -> list[Happening]:
    """What this line is, in order: usually nothing or one."""
    return [each for each in every() if event.kind in each.kinds and each.meets(event)]


def changes_any(*fields: str) -> Callable[[Event], bool]:
    """For `meets`: one of these fields is another one now."""
    return lambda event: any(name in event.changes for name in fields)


def becomes(name: str, *values: str) -> Callable[[Event], bool]:
    """For `meets`: the field has one of these values now, and had not before."""

    def meets(event: Event) -> bool:
        before, after = event.changes.get(name, [None, None])
        return after in values and before != after

    return meets
