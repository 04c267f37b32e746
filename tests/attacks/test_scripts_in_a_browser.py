"""Every page with the script in it, opened in Chromium: nothing runs, and nothing was stopped only by the policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from tests.house.routes import ROWS
from tests.support.routes import routes
from tests.support.scripts import MARK, SCRIPT, plant
from tests.support.world import Place, World

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Downloads, pages that sign out or are for those who are not signed in.
NOT_OPENED = {
    "account_logout",
    "activities:feed_file",
    "documents:copy",
    "documents:seal",
    "accounting:papers_file",
    "forecast:file",
    "handover:paper",
    "cards:picture",
    "cards:thumb",
    "quotes:offered_paper",
    "quotes:paper",
    "quotes:products",
    "penalties:file",
    "orders:preview",
    "billing:paper",
    "billing:statement_pdf",
    "billing:offered_paper",
    "records:download",
    "records:preview",
    "transfers:exported",
    "transfers:rejected",
    "health",
}
PAGES = {
    route.name: route
    for route in routes()
    if route.name in ROWS and ROWS[route.name].get[4] == "o" and route.name not in NOT_OPENED
}
# So that both processes of a run have their share of them.
PARTS = 2
LISTEN = """
window.violations = []
document.addEventListener("securitypolicyviolation", event => window.violations.push(event.violatedDirective))
"""
LOOK = """mark => [
  ...window.violations.map(each => `policy ${each}`),
  ...[...document.querySelectorAll(`.${mark}`)].map(each => each.outerHTML),
  ...[...document.querySelectorAll("*")].flatMap(each => [...each.attributes]
    .filter(one => /^on/i.test(one.name) || /^\\s*javascript:/i.test(one.value))
    .map(one => `${each.tagName} ${one.name}=${one.value}`)),
]"""


@pytest.fixture
def world(lived_in: World) -> World:
    lived_in.places |= _places(lived_in, plant(lived_in))
    return lived_in


@pytest.fixture
def watched(world: World, live_server: Any, open_page: Callable[..., Page]) -> Watched:
    """水野's screen, on which every script that runs is noted."""
    page = open_page("desk")
    page.add_init_script(LISTEN)
    session = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": world.sessions["administrator"],
        "url": live_server.url,
    }
    page.context.add_cookies([session])  # type: ignore[list-item]
    return Watched(page)


class Watched:
    def __init__(self, page: Page) -> None:
        self.page, self.ran = page, list[str]()
        page.on("dialog", self._noted)

    def _noted(self, dialog: Dialog) -> None:
        self.ran.append(f"{self.page.url}: {dialog.message}")
        dialog.dismiss()

    def look(self, name: str) -> None:
        self.ran += [f"{name}: {each}" for each in self.page.evaluate(LOOK, MARK)]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_runs_what_people_wrote(part: int, world: World, live_server: Any, watched: Watched) -> None:
    for name, route in list(PAGES.items())[part::PARTS]:
        address = route.address(world.places[ROWS[name].about].open)
        watched.page.goto(live_server.url + address, wait_until="load")
        watched.look(name)
    assert watched.ran == []


def test_the_record_and_the_search_box_show_it_as_text(
    world: World, live_server: Any, watched: Watched
) -> None:
    page = watched.page
    page.goto(f"{live_server.url}/accounts/{world.places['account'].open['uid']}/")
    assert page.get_by_text(MARK).count() > 5, "the script is shown as text"
    watched.look("record")
    page.keyboard.press("/")
    page.keyboard.type(SCRIPT[:60])
    page.wait_for_timeout(800)
    watched.look("search box")
    assert watched.ran == []


def _places(world: World, records: list[Any]) -> dict[str, Place]:
    words = {record.object_key: {"slug": f"{record.object_key}s", "uid": record.uid} for record in records}
    places = {kind: Place({**world.places[kind].open, **mine}, {}) for kind, mine in words.items()}
    field = {**world.places["account field"].open, **words["account"]}
    return {**places, "account field": Place(field, {}), "person": Place({"uid": world.cast.baba.uid}, {})}
