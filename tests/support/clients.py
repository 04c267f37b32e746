"""All clients of the tests go through one chain of middleware, which Django would build anew for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

BUILT = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")


@pytest.fixture(autouse=True, scope="session")
def _one_chain() -> Iterator[None]:
    """Until a test changes a setting: some middleware reads its own when it is built."""
    from django.core.signals import setting_changed
    from django.test.client import ClientHandler

    built: dict[str, Any] = {}
    build = ClientHandler.load_middleware

    def load(handler: Any, is_async: bool = False) -> None:
        if not built:
            build(handler, is_async)
            built.update({name: getattr(handler, name) for name in BUILT})
        handler.__dict__.update(built)

    def forget(**signal: Any) -> None:
        built.clear()

    setting_changed.connect(forget)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", load)
        yield
    setting_changed.disconnect(forget)
