"""Handlers that exist for one test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from daifuku.jobs import handlers
from daifuku.jobs.handlers import Run

Handle = Callable[..., None]


@pytest.fixture
def handle(monkeypatch: pytest.MonkeyPatch) -> Handle:
    """`handle("kind", run)` as an area would register it."""
    monkeypatch.setattr(handlers, "_handlers", {})

    def handle(kind: str, run: Run, **options: object) -> None:
        handlers.register(kind, run, **options)  # type: ignore[arg-type]

    return handle
