"""Every page with the script in it, opened in Chromium: nothing runs, and nothing was stopped only by the policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from tests.house.routes import ROWS
from tests.support.routes import routes
from tests.support.scripts import MARK, SCRIPT, plant
from tests.support.world import Place, World, build

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


def test_no_page_runs_what_people_wrote(
    transactional_db: None, live_server: Any, open_page: Callable[..., Page]
) -> None:
    world = build()
    world.places |= _places(world, plant(world))
    page = open_page("desk")
    ran: list[str] = []

    def noted(dialog: Dialog) -> None:
        ran.append(f"{page.url}: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", noted)
    page.add_init_script(LISTEN)
    session = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": world.sessions["administrator"],
        "url": live_server.url,
    }
    page.context.add_cookies([session])  # type: ignore[list-item]
    for name, route in PAGES.items():
        page.goto(live_server.url + route.address(world.places[ROWS[name].about].open), wait_until="load")
        ran += [f"{name}: {each}" for each in page.evaluate(LOOK, MARK)]
    page.goto(f"{live_server.url}/accounts/{world.places['account'].open['uid']}/")
    assert page.get_by_text(MARK).count() > 5, "the script is shown as text"
    page.keyboard.press("/")
    page.keyboard.type(SCRIPT[:60])
    page.wait_for_timeout(800)
    ran += [f"search box: {each}" for each in page.evaluate(LOOK, MARK)]
    assert ran == []


def _places(world: World, records: list[Any]) -> dict[str, Place]:
    words = {record.object_key: {"slug": f"{record.object_key}s", "uid": record.uid} for record in records}
    places = {kind: Place({**world.places[kind].open, **mine}, {}) for kind, mine in words.items()}
    field = {**world.places["account field"].open, **words["account"]}
    return {**places, "account field": Place(field, {}), "person": Place({"uid": world.cast.baba.uid}, {})}
