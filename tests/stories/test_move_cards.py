"""青山 sorts her customers on a board: with the mouse, with a finger, with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.customers.models import Account
from daifuku.records import actions
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(open_page: Callable[..., Page], cast: Cast, live_server: Any) -> Callable[[str], Page]:
    """青山's board of accounts by rank; three accounts are on it."""

    def enter(screen: str) -> Page:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        for name, rank in (("青葉商事", "a"), ("桜物産", "b"), ("楓商店", "")):
            actions.create("account", {"name": name, "rank": rank, "annual_sales": 5000}, by=cast.aoyama)
        client = Client()
        client.force_login(cast.aoyama, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(screen)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies(
            [{"name": "sessionid", "value": cookie, "url": live_server.url, "httpOnly": True}]
        )
        page.goto(f"{live_server.url}/accounts/?layout=board&by=rank&sum=annual_sales")
        return page

    return enter


def rank(name: str) -> str:
    found: str = Account.plain.get(name=name).rank
    return found


def test_cards_are_moved_with_the_mouse_the_menu_and_the_keyboard(
    enter: Callable[[str], Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., object],
    cast: Cast,
) -> None:
    from playwright.sync_api import expect

    page = enter("desk")
    column = {key: page.locator(f'.board-column[data-key="{key}"]') for key in ("a", "b", "c", "-")}
    accessible(page)
    screenshot(page, "board")
    card = page.locator(".board-card", has_text="青葉商事")
    card.drag_to(column["b"])
    expect(page.get_by_text("「青葉商事」を「B」に移しました。")).to_be_visible()
    expect(column["b"].locator(".board-card")).to_have_count(2)
    expect(column["b"].locator(".board-count")).to_have_text("2件")
    expect(column["b"].locator(".board-sum")).to_have_text("10,000円")
    assert rank("青葉商事") == "b"
    expect(page).to_have_url(page.url)
    column["b"].get_by_role("link", name="青葉商事").press("Control+ArrowRight")
    expect(column["c"].get_by_role("link", name="青葉商事")).to_be_focused()
    assert rank("青葉商事") == "c"
    page.get_by_role("button", name="楓商店を移す").click()
    page.get_by_role("menuitem", name="A", exact=True).click()
    expect(column["a"].locator(".board-card", has_text="楓商店")).to_be_visible()
    expect(page.get_by_text("「楓商店」を「A」に移しました。")).to_be_visible()
    page.get_by_role("button", name="元に戻す").last.click()
    expect(column["-"].locator(".board-card", has_text="楓商店")).to_be_visible()
    assert rank("楓商店") == ""
    actions.edit(Account.plain.get(name="桜物産"), {"rank": "d"}, by=cast.osaki)
    column["b"].get_by_role("link", name="桜物産").press("Control+ArrowLeft")
    expect(page.get_by_text("先に保存しました")).to_be_visible()
    expect(page.locator('.board-column[data-key="d"] .board-card', has_text="桜物産")).to_be_visible()
    assert rank("桜物産") == "d"


def test_a_finger_scrolls_the_board_and_the_menu_moves_a_card(
    enter: Callable[[str], Page], accessible: Callable[[Page], None], screenshot: Callable[..., object]
) -> None:
    from playwright.sync_api import expect

    page = enter("phone")
    accessible(page)
    screenshot(page, "board")
    html = page.locator("html")
    assert html.evaluate("(each) => each.scrollWidth - each.clientWidth") == 0
    assert page.locator(".board").evaluate("(each) => each.scrollWidth > each.clientWidth")
    page.get_by_role("button", name="青葉商事を移す").tap()
    page.get_by_role("menuitem", name="B", exact=True).tap()
    expect(page.get_by_text("「青葉商事」を「B」に移しました。")).to_be_visible()
    assert rank("青葉商事") == "b"


def test_a_card_that_is_held_follows_the_finger(enter: Callable[[str], Page]) -> None:
    from playwright.sync_api import expect

    page = enter("phone")
    box = page.locator(".board-card", has_text="青葉商事").bounding_box()
    assert box
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + 60, box["y"] + box["height"] - 12

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]}
        )

    touch("touchStart", (x, y))
    page.wait_for_timeout(600)
    expect(page.locator(".board-ghost")).to_be_visible()
    for step in range(1, 8):
        touch("touchMove", (x + step * 42, y))
    page.wait_for_timeout(200)
    touch("touchEnd")
    expect(page.get_by_text("に移しました。")).to_be_visible()
    assert rank("青葉商事") != "a"
