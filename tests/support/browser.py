"""Chromium for the tests: pages at the width of a desk and of a phone that fail when they complain about anything."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Response

DESK, PHONE = "desk", "phone"
VIEWPORTS = {DESK: {"width": 1280, "height": 860}, PHONE: {"width": 390, "height": 844}}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
]
FLAGS += ["--no-first-run", "--disable-component-update", "--disable-dev-shm-usage"]
# The shell is Chromium without what surrounds a page: tabs, extensions, notifications. A page costs it half as much.
SHELL, WHOLE = "chromium-headless-shell", "chromium"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="FOLDER", help="where the browser tests leave their pictures")
    parser.addoption(
        "--import-rows", default="1000000", help="how many rows the story of the large import has"
    )
    parser.addoption("--result", metavar="FILE", help="to which table it adds what it measured")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would take the test for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program(SHELL), args=FLAGS)
    yield browser
    browser.close()


def program(name: str) -> str:
    """Where this Chromium is; the whole one can do all that its shell can."""
    found = shutil.which(name) or shutil.which(WHOLE)
    if found is None:
        pytest.fail(f"Chromium is missing. On Debian: apt-get install {name}")
    return found


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """open_page("desk"), open_page("phone", color_scheme="dark"): as many people and screens as a story needs."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_page(screen: str = DESK, **options: Any) -> Page:
        phone = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2} if screen == PHONE else {}
        settings = {
            "locale": "ja-JP",
            "timezone_id": "Asia/Tokyo",
            "viewport": VIEWPORTS[screen],
            **phone,
            **options,
        }
        context = chromium.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(45_000)
        _watch(page, complaints)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "the page complained:\n" + "\n".join(complaints)


@pytest.fixture(params=[DESK, PHONE])
def screen(request: pytest.FixtureRequest) -> str:
    """The width that the test runs at; every test that asks for it runs at both."""
    return str(request.param)


@pytest.fixture
def browser_page(open_page: Callable[..., Page], screen: str) -> Page:
    """One page; the test runs once at the width of a desk and once at that of a phone."""
    return open_page(screen)


@pytest.fixture
def screenshot(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Path]:
    """screenshot(page, "account-list") leaves account-list-1280.png in the folder that --screenshots names.

    Without it there is no picture: one of a whole page takes as long as the page itself.
    """
    folder = request.config.getoption("--screenshots")

    def take(page: Page, name: str, **options: Any) -> Path:
        width = (page.viewport_size or {"width": 0})["width"]
        path = Path(folder or tmp_path) / f"{name}-{width}.png"
        if folder:
            path.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=path, **options)
        return path

    return take


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """accessible(page) runs axe on the page as it stands and fails with what it finds."""
    from tests.support.axe import said, violations

    def check(page: Page) -> None:
        assert (found := violations(page)) == [], "\n".join(said(found))

    return check


# Printed as errors, and none: a refusal (403, 404, 422 ...), of which only the page's own words count; and what the
# search box asked before the next letter was typed or the page was left. `afterRequest` only precedes a fault's name.
NO_COMPLAINTS = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")


def _watch(page: Page, complaints: list[str]) -> None:
    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NO_COMPLAINTS):
            complaints.append(f"{page.url}: {message.text}")

    def response(answer: Response) -> None:
        if answer.status >= 500:
            complaints.append(f"{answer.url}: {answer.status}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", response)
