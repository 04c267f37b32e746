"""What takes longest begins first, so that in the end no process works alone at it.

pytest-xdist deals the tests out in as many equal hands as there are processes, one after the other, and whoever is
done takes from the back of the others. So the front of each hand gets a share: the tests of faults, which wait more
than they work, are one process's, and the others are at work meanwhile.

Tests with transactions of their own stay where pytest-django puts them, behind the others: they leave the tables empty,
without what is shipped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest

WAITING = "tests/faults/"
LONG = (
    "daifuku/customers/tests/test_play_demo.py",
    "daifuku/cli/tests/test_bench.py",
    "tests/attacks/test_odd_input.py",
    "tests/house/test_query_counts.py",
    "daifuku/backups/tests/test_restore.py",
    "daifuku/cards/tests/test_read_files.py",
    "daifuku/cards/tests/test_play_demo.py",
    "tests/house/test_translations.py",
    "daifuku/api/tests/test_strangers.py",
    "daifuku/orders/tests/test_play_demo.py",
    "daifuku/billing/tests/test_play_demo.py",
)
T = TypeVar("T")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After all that is not asked for was left out."""
    hands = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if hands > 1:
        items[:] = dealt(items, _file_of, hands)


def _file_of(item: pytest.Item) -> str:
    """Nothing for what has to stay at its place."""
    return "" if is_transactional(item) else item.nodeid.split("::")[0]


def is_transactional(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"}.intersection(getattr(item, "fixturenames", ()))
    return bool(asked or (mark is not None and mark.kwargs.get("transaction")))


def dealt(items: Sequence[T], file_of: Callable[[T], str], hands: int) -> list[T]:
    """The same tests in another order: `hands` parts of which each begins with its share of what takes long."""
    first: list[list[T]] = [[] for _hand in range(hands)]
    long = {name: place for place, name in enumerate(LONG)}
    rest = []
    for item in items:
        name = file_of(item)
        if name.startswith(WAITING):
            first[0].append(item)
        elif name in long:
            first[1 + long[name] % (hands - 1)].append(item)
        else:
            rest.append(item)
    for hand in first[1:]:
        hand.sort(key=lambda item: long[file_of(item)])
    found: list[T] = []
    for place, hand in enumerate(first):
        size = (len(items) - len(found)) // (hands - place)
        filled = max(size - len(hand), 0)
        found += [*hand, *rest[:filled]]
        rest = rest[filled:]
    return found + rest
