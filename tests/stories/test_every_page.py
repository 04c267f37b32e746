"""Every page of the program, opened at the desk and on the phone, by day and by night, with mouse, thumb and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.house.routes import ROWS
from tests.support.looking import Look
from tests.support.routes import routes
from tests.support.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADMINISTRATOR = -1
# Leads away from the page, or is a file.
NO_PAGES = {"account_login", "account_signup", "mfa_authenticate", "mfa_login_webauthn", "staff:first_visit"}
MAIN = (
    "home",
    "records:list",
    "records:record",
    "records:new",
    "records:edit",
    "settings",
    "transfers:columns",
)
Enter = Callable[..., "Page"]


# So that both processes of a run have their share of them.
PARTS = 4


@pytest.fixture
def world(lived_in: World) -> World:
    return lived_in


@pytest.fixture
def enter(world: World, live_server: Any, open_page: Enter) -> Enter:
    """A browser on a screen, signed in as 水野."""

    def enter(screen: str, **options: Any) -> Page:
        page = open_page(screen, **options)
        page.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": world.sessions["administrator"],
                    "url": live_server.url,
                    "httpOnly": True,
                }
            ]
        )
        return page

    return enter


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("screen", "light"), [("desk", "light"), ("phone", "dark")])
def test_every_page_looks_well(
    screen: str, light: str, part: int, enter: Enter, world: World, live_server: Any
) -> None:
    """Every address of the route table that is a whole page for an administrator."""
    look = Look(enter(screen, color_scheme=light))
    look_at(pages(world)[part::PARTS], look, world, live_server.url)
    assert len(look.seen) > 60 // PARTS
    look.complain()


@pytest.mark.parametrize(("screen", "light"), [("desk", "dark"), ("phone", "light")])
def test_the_main_pages_look_well_in_the_other_light(
    screen: str, light: str, enter: Enter, world: World, live_server: Any
) -> None:
    look = Look(enter(screen, color_scheme=light))
    main = [(name, address) for name, address in pages(world) if name in MAIN]
    look_at(main, look, world, live_server.url)
    assert len(look.seen) == len(MAIN)
    look.complain()


def pages(world: World) -> list[tuple[str, str]]:
    """Names and addresses of all that an administrator may open."""
    return [
        (route.name, route.address(world.places[ROWS[route.name].about].open))
        for route in routes()
        if route.name in ROWS and ROWS[route.name].get[ADMINISTRATOR] == "o" and route.name not in NO_PAGES
    ]


def look_at(pages: list[tuple[str, str]], look: Look, world: World, base: str) -> None:
    """What answers with a part of a page, a file, or leads elsewhere, is passed over."""
    for name, address in pages:
        answer = world.client("administrator").get(address)
        if answer.status_code == 200 and not answer.streaming and b"<main" in answer.content:
            look.page.goto(base + address)
            look.well(name)


def test_what_opens_on_a_page_looks_well(screen: str, enter: Enter, world: World, live_server: Any) -> None:
    """Suggestions, menus, condition editor, columns, selection, keys, search results, refusals."""
    page = enter(screen)
    look = Look(page)
    record = world.records["account open"].get_absolute_url()
    page.goto(f"{live_server.url}/accounts/")
    page.locator("[data-hotkey='/']").fill("青葉")
    page.locator("#suggestions .hit").first.wait_for()
    look.well("suggestions")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="「青葉」の検索結果").wait_for()
    look.well("search results")
    for address in (
        "/search/?q=ありえない名前",
        f"{record}nowhere/",
        "/nowhere/",
        "/accounts/?q=ありえない名前",
    ):
        page.goto(live_server.url + address)
        look.well(address)
    page.goto(f"{live_server.url}/accounts/")
    for opener, opened in (
        ("[data-hotkey=f]", "form.conditions"), ("a[hx-get*=columns]", "form.columns-form"),
        (".page-tools .menu summary", ".page-tools .menu-list"), ("td.pick input", ".selection-bar"),
    ):  # fmt: skip
        page.locator(opener).first.click()
        page.locator(opened).first.wait_for()
        look.well(opened)
    page.get_by_role("button", name="一括変更").click()
    page.get_by_role("heading", name="一括変更").wait_for()
    look.well("many edit")
    look.complain()


def test_whoever_is_not_signed_in_finds_pages_that_look_well(
    screen: str, world: World, live_server: Any, open_page: Enter
) -> None:
    page = open_page(screen, color_scheme="dark")
    look = Look(page)
    join = routes_by_name()["staff:join"].address(world.places["join"].open)
    for address in ("/login/", "/password/reset/", join, "/nowhere/"):
        page.goto(live_server.url + address)
        look.well(address)
    page.goto(f"{live_server.url}/login/")
    page.locator("[name=login]").fill("mizuno@example.jp")
    page.locator("[name=password]").fill("wrong")
    page.keyboard.press("Enter")
    page.locator("[role=alert], .error").first.wait_for()
    look.well("login refused")
    look.complain()


def routes_by_name() -> dict[str, Any]:
    return {route.name: route for route in routes()}


def test_the_keyboard_is_enough(enter: Enter, world: World, live_server: Any) -> None:
    from playwright.sync_api import expect

    page = enter("desk")
    page.goto(f"{live_server.url}/accounts/")
    assert "本文へ移動" in tab(page)
    assert_reached(page, "ホーム", "検索", "登録", within=50)
    page.reload()
    tab(page)
    page.keyboard.press("Enter")
    assert_reached(page, "新規登録", "条件", "列", "青葉商事", within=50)
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("/")
    expect(page.locator("[data-hotkey='/']")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    overlay = page.locator("dialog.shortcuts")
    expect(overlay).to_be_visible()
    expect(overlay).to_contain_text("新規登録")
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    page.keyboard.press("f")
    expect(page.locator("form.conditions")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("form.conditions")).to_have_count(0)
    page.goto(live_server.url + world.records["account open"].get_absolute_url())
    page.keyboard.press("e")
    expect(page).to_have_url(f"{live_server.url}{world.records['account open'].get_absolute_url()}edit/")
    page.locator("[name=kana]").fill("アオバ")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".record-name .kana")).to_have_text("アオバ")


def assert_reached(page: Page, *names: str, within: int) -> None:
    reached = [tab(page) for _step in range(within)]
    for wanted in names:
        assert any(wanted in each for each in reached), f"Tab never reaches {wanted}: {reached}"


def tab(page: Page) -> str:
    """Goes one further; the name of what has the focus now."""
    page.keyboard.press("Tab")
    words = "(e) => (e.labels?.[0] ?? e).innerText || e.ariaLabel || e.title"
    return str(page.evaluate(f"({words})(document.activeElement)"))
