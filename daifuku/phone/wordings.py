"""Which wordings are offered: the firm's own where it has changed them, else the shipped ones."""

from __future__ import annotations

from dataclasses import dataclass

from daifuku.phone import shipped
from daifuku.phone.models import Wording
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.types import Option

Key = tuple[str, str]


@dataclass(frozen=True)
class Offer:
    """`own`: the firm has changed them."""

    method: Option
    content: Option
    lines: list[str]
    own: bool


def offered() -> list[Offer]:
    """For every method and content that can be chosen, in their order."""
    own: dict[Key, list[str]] = {(row.method, row.content): row.lines for row in Wording.objects.all()}
    return [
        Offer(method, content, own.get(key, shipped.lines(*key)), key in own)
        for method in options("method")
        for content in options("content")
        for key in [(method.key, content.key)]
    ]


def of(method: str, content: str) -> list[str]:
    row = Wording.objects.filter(method=method, content=content).first()
    return row.lines if row else shipped.lines(method, content)


def options(field: str) -> list[Option]:
    """What can be chosen for a talk's method or content now."""
    kind = vocabulary.fields_of("talk")[field].type
    found: list[Option] = kind.offered()  # type: ignore[attr-defined]
    return found
