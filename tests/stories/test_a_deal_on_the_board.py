"""青山 works on her board of deals, with the mouse, the keyboard and a finger; one is lost and taken up, one is won."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.deals.models import Deal
from daifuku.orders.models import Order
from daifuku.records import actions

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    SignIn = Callable[[Page, Person], None]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOARD = "/deals/?view=running"


@pytest.fixture
def enter(
    open_page: Callable[..., Page], cast: Cast, live_server: Any, sign_in: SignIn
) -> Callable[[str], Page]:
    """Two deals of 青葉商事 stand at the enquiry."""

    def enter(screen: str) -> Page:
        firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
        contact = actions.create("contact", {"family_name": "山田", "account": firm}, by=cast.aoyama)
        for name, amount in (("倉庫の棚", 1_200_000), ("梱包材", 80_000)):
            values = {"name": name, "account": firm, "contact": contact, "amount": amount}
            actions.create("deal", {**values, "close_on": "2027-01-20"}, by=cast.aoyama)
        page = open_page(screen)
        sign_in(page, cast.aoyama)
        page.goto(live_server.url + BOARD)
        return page

    return enter


def stage(name: str) -> str:
    found: str = Deal.plain.get(name=name).stage
    return found


def column(page: Page, key: str) -> Any:
    return page.locator(f'.board-column[data-key="{key}"]')


def test_with_mouse_and_keyboard_lost_reopened_and_won(
    enter: Callable[[str], Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., object],
    cast: Cast,
) -> None:
    from playwright.sync_api import expect

    page = enter("desk")
    accessible(page)
    screenshot(page, "deals")
    page.locator(".board-card", has_text="倉庫の棚").drag_to(column(page, "appointment"))
    expect(page.get_by_text("「倉庫の棚」を「アポイント」に移しました。")).to_be_visible()
    expect(column(page, "appointment").locator(".board-sum")).to_contain_text("1,200,000円")
    # The chance comes with the stage, and the heads know at once.
    heads = page.locator(".board-column .board-count, .board-column .board-sum, .board-column .board-further")
    expected = f"見込み金額 {Deal.plain.get(name='倉庫の棚').expected:,}円"
    expect(column(page, "appointment").locator(".board-further")).to_have_text(expected)
    at_once = heads.all_inner_texts()
    page.reload()
    assert heads.all_inner_texts() == at_once
    column(page, "appointment").get_by_role("link", name="倉庫の棚").press("Control+ArrowRight")
    expect(column(page, "visit").get_by_role("link", name="倉庫の棚")).to_be_focused()
    assert stage("倉庫の棚") == "visit"
    # What a lost deal is asked for.
    page.locator(".board-card", has_text="梱包材").drag_to(column(page, "lost"))
    expect(page.get_by_role("heading", name="「梱包材」を失注にする")).to_be_visible()
    accessible(page)
    page.get_by_label("決まった他社").fill("有松資材")
    page.get_by_role("button", name="失注にする").click()
    expect(page.get_by_text("入力内容をご確認ください。")).to_be_visible()
    expect(page.get_by_label("決まった他社")).to_have_value("有松資材")
    page.get_by_label("失注理由").select_option("price")
    page.get_by_role("button", name="失注にする").click()
    expect(page.get_by_text("「梱包材」を「失注」に移しました。")).to_be_visible()
    assert Deal.plain.get(name="梱包材").competitor == "有松資材"
    # And taken up again, with the reason.
    page.goto(page.url.split("/deals/")[0] + Deal.plain.get(name="梱包材").get_absolute_url())
    page.get_by_role("link", name="もう一度進める").click()
    page.locator("[name=stage_note]").fill("来期の予算がついた")
    page.get_by_role("button", name="進める").click()
    expect(page.get_by_text("来期の予算がついた").first).to_be_visible()
    assert stage("梱包材") == "inquiry"
    # A card that is dropped on the order opens the form of the order.
    page.goto(page.url.split("/deals/")[0] + BOARD)
    page.locator(".board-card", has_text="倉庫の棚").drag_to(column(page, "order"))
    expect(page.get_by_text("登録すると、商談「倉庫の棚」は「受注（注文書）」に移ります。")).to_be_visible()
    accessible(page)
    screenshot(page, "order-of-the-deal")
    page.locator("[name=due_on]").fill("2099-01-31")
    page.locator("[name=l0-name]").fill("中量棚")
    page.locator("[name=l0-unit_price]").fill("1200000")
    page.get_by_role("button", name="受注を登録").click()
    expect(page.get_by_text("を登録しました。")).to_be_visible()
    assert stage("倉庫の棚") == "order"
    assert Order.plain.get().deal == Deal.plain.get(name="倉庫の棚")


def test_with_a_finger(enter: Callable[[str], Page], accessible: Callable[[Page], None]) -> None:
    from playwright.sync_api import expect

    page = enter("phone")
    accessible(page)
    assert page.locator("html").evaluate("(each) => each.scrollWidth - each.clientWidth") == 0
    page.get_by_role("button", name="梱包材を移す").tap()
    page.get_by_role("menuitem", name="アポイント", exact=True).tap()
    expect(page.get_by_text("「梱包材」を「アポイント」に移しました。")).to_be_visible()
    assert stage("梱包材") == "appointment"
    page.get_by_role("button", name="倉庫の棚を移す").tap()
    page.get_by_role("menuitem", name="失注", exact=True).tap()
    expect(page.get_by_role("heading", name="「倉庫の棚」を失注にする")).to_be_visible()
    accessible(page)
    page.get_by_label("失注理由").select_option("price")
    page.get_by_role("button", name="失注にする").tap()
    expect(page.get_by_text("「倉庫の棚」を「失注」に移しました。")).to_be_visible()
    assert stage("倉庫の棚") == "lost"


def test_a_card_that_is_held_follows_the_finger(
    enter: Callable[[str], Page], screenshot: Callable[..., object]
) -> None:
    from playwright.sync_api import expect

    page = enter("phone")
    card = page.locator(".board-card", has_text="倉庫の棚")
    card.evaluate("(each) => each.scrollIntoView({ block: 'center' })")
    box = card.bounding_box()
    assert box
    assert page.viewport_size
    assert page.viewport_size["width"] == 390
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + 60, box["y"] + 20

    def touch(kind: str, *points: tuple[float, float]) -> None:
        finger.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]}
        )

    touch("touchStart", (x, y))
    page.wait_for_timeout(600)
    expect(page.locator(".board-ghost")).to_be_visible()
    for step in range(1, 8):
        touch("touchMove", (min(x + step * 42, 350), y))
    # At its edge the board scrolls by itself.
    page.wait_for_timeout(700)
    screenshot(page, "held")
    into = page.locator(".board-column[data-over]").get_attribute("data-key")
    assert into not in {None, "inquiry"}
    touch("touchEnd")
    expect(page.get_by_text("「倉庫の棚」を").first).to_be_visible()
    expect(page.locator(".board-ghost")).to_have_count(0)
    assert stage("倉庫の棚") == into
    assert page.locator("html").evaluate("(each) => each.scrollWidth - each.clientWidth") == 0
