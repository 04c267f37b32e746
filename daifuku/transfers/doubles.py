"""Rows that may be a record that is there already, as `dedupe` judges it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from daifuku.dedupe.many import Double, doubles_of
from daifuku.staff.viewer import Viewer


def find_doubles(object_key: str, records: Sequence[Any], viewer: Viewer) -> list[Double | None]:
    """For every unsaved record one that is there and may be the same, among those that this person sees, or None."""
    return doubles_of(object_key, records, viewer)
