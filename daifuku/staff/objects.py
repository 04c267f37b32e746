"""The kinds of records that roles speak of. The areas above own them and tell here, from `apps.ready()`, how to ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Governed:
    """A kind of record: its key, what it is called, and (key, label) of the fields that a role may hide or lock."""

    key: str
    label: Any
    fields: tuple[tuple[str, Any], ...] = ()


_source: Callable[[], list[Governed]] = list


def set_source(source: Callable[[], list[Governed]]) -> None:
    """`source()` is asked anew each time, because the administrator adds fields while the program runs."""
    global _source
    _source = source


def governed() -> list[Governed]:
    return _source()
