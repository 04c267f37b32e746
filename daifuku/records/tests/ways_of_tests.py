"""The ways in which a list is narrowed by a search: chosen by how many records have the word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from daifuku.foundation.sql.gram_index import postgresql, sqlite

if TYPE_CHECKING:
    import pytest

WAYS = {"few records": None, "thousands of records": 100_000, "very many records": 1}


def pretend(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the words of this test stood in so many records."""
    if (common := WAYS[way]) is not None:
        monkeypatch.setattr(sqlite, "SORTED", 0)
        monkeypatch.setattr(sqlite, "FIRST", 1)
        monkeypatch.setattr(sqlite, "COMMON", common)
        monkeypatch.setattr(postgresql, "SORTED", 1)
