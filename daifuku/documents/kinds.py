"""The kinds of papers: an area above registers its own from `apps.ready()`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PaperKind:
    """`key` names it in numbers, standard texts and sealed copies; `template` is the first shape of its numbers.

    `object` is the key of the records that become such papers; whoever opens a copy must see the record and each of
    `fields` (of another object as `order_line.amount`), because the paper shows them. `text` is the first standard
    text, before the firm writes its own.
    """

    key: str
    label: Any = field(compare=False)
    template: str
    object: str
    order: int = 50
    fields: tuple[str, ...] = ()
    text: Any = field(default="", compare=False)


_kinds: dict[str, PaperKind] = {}


def register(*kinds: PaperKind) -> None:
    for kind in kinds:
        if kind.key in _kinds and _kinds[kind.key] != kind:
            raise ValueError(f"two kinds of papers are called {kind.key}")
        _kinds[kind.key] = kind


def get(key: str) -> PaperKind:
    return _kinds[key]


def known(key: str) -> bool:
    return key in _kinds


def every() -> list[PaperKind]:
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))
