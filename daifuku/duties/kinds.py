"""The kinds of duties. Areas above add theirs from `apps.ready()`: a rule, the daily report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

# (address of the form in which it is done, words on the button), of a duty and the record that it is about.
Way = Callable[[Any, Any], tuple[str, Any]]


@dataclass(frozen=True)
class Kind:
    """`key` is the first word of the origin of its duties. With `weight` 0 they are asked for and never counted.

    `name(duty, record)` says in a few words what is to be entered, `do(duty, record)` leads to where it is done.
    """

    key: str
    label: Any
    weight: int = 1
    icon: str = "circle"
    name: Callable[[Any, Any], str] | None = None
    do: Way | None = None
    order: int = 50


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    for kind in kinds:
        _kinds[kind.key] = kind


def get(key: str) -> Kind:
    """An area that was taken out leaves its duties behind; they are called by their key."""
    return _kinds.get(key) or Kind(key, key)


def every() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.key))


def counted() -> list[Kind]:
    return [kind for kind in every() if kind.weight]


def name_of(duty: Any, record: Any) -> str:
    """In a few words, for whoever may see the record; `record` is None where there is none or it is not for him."""
    kind = get(duty.kind)
    if kind.name is not None:
        return kind.name(duty, record)
    if duty.label:
        return str(duty.label)
    return str(record) if record is not None else str(kind.label)


def way_of(duty: Any, record: Any) -> tuple[str, Any]:
    """Where it is done; ("", "") where there is no page for it."""
    kind = get(duty.kind)
    if kind.do is not None:
        return kind.do(duty, record)
    if duty.url:
        return duty.url, _("入力する")
    return (record.get_absolute_url(), _("開く")) if record is not None else ("", "")
