"""Keeps the further keys of accounts, contacts and leads beside those that `customers` makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from daifuku.customers.objects.account import ACCOUNT
from daifuku.customers.objects.contact import CONTACT
from daifuku.customers.objects.lead import LEAD
from daifuku.dedupe.values import more_keys

Keys = Callable[[Any], Iterable[tuple[str, str]]]


def add_keys() -> None:
    """They are written with every save, by whichever way, as the others are."""
    for object_type in (ACCOUNT, CONTACT, LEAD):
        if not isinstance(object_type.keys, _More):
            object_type.keys = _More(object_type.keys)


class _More:
    def __init__(self, first: Keys) -> None:
        self.first = first

    def __call__(self, record: Any) -> Iterable[tuple[str, str]]:
        yield from self.first(record)
        yield from more_keys(record)
