"""What all tests share: where their database runs (tests/settings.py), random data that repeats, the browser."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.support.browser", "tests.support.cast", "tests.support.clients", "tests.support.emptying",
    "tests.support.lasting", "tests.support.migrated", "tests.support.order", "tests.support.world",
]  # fmt: skip
settings.register_profile("daifuku", deadline=None, derandomize=True)
settings.load_profile("daifuku")

OF_DATABASES = {"db", "transactional_db", "prepared", "world", "once_a_file"}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only the tests in a browser are asked for, files without one are not even loaded."""
    if not config.option.markexpr.startswith("browser") or not collection_path.name.startswith("test_"):
        return None
    return None if "mark.browser" in collection_path.read_text() else True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks a database in its own way: all else ran on SQLite already."""
    if os.environ.get("DAIFUKU_TEST_DATABASE"):
        elsewhere = [
            item for item in items if item.get_closest_marker("sqlite") or not _asks_a_database(item)
        ]
    else:
        elsewhere = [item for item in items if item.get_closest_marker("postgresql")]
    config.hook.pytest_deselected(items=elsewhere)
    left_out = set(elsewhere)
    items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays: whoever looks for garbage need not go through it again and again."""
    gc.collect()
    gc.freeze()


def _asks_a_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgresql")
    return bool(marked) or bool(OF_DATABASES & set(getattr(item, "fixturenames", ())))
