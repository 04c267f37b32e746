"""axe on a page as it stands: what it finds wrong there, without what is right, which takes longer to be told."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

RUN = "async () => (await axe.run({resultTypes: ['violations']})).violations"


def violations(page: Page) -> list[dict[str, Any]]:
    # The page's content security policy forbids foreign scripts, also axe's; evaluation passes it.
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    found: list[dict[str, Any]] = page.evaluate(RUN)
    return found


def said(found: list[dict[str, Any]]) -> list[str]:
    """A line for each."""
    return [f"axe {each['id']}: {[node['html'][:150] for node in each['nodes'][:3]]}" for each in found]


@cache
def _script() -> str:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    return str(Axe().axe_script)
