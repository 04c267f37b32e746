"""An order at the desk and on the phone: entered, bought for, arrived, delivered in parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.orders.actions import enter
from daifuku.orders.actions.entering import lines_of
from daifuku.orders.models import Delivery, Order, Purchase
from daifuku.records import actions

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    SignIn = Callable[[Page, Person], None]
    Whole = Callable[[str], None]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def firm(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


@pytest.fixture
def order(cast: Cast, firm: Any) -> Any:
    supplier = actions.create("account", {"name": "雛羽根化成"}, by=cast.aoyama)
    values = {
        "code": "HK-1", "name": "布粘着テープ", "unit": "巻", "price": "1000", "cost": "700", "supplier": supplier,
    }  # fmt: skip
    tape = actions.create("product", values, by=cast.mizuno)
    entered = {"account": firm, "title": "梱包材", "ordered_on": "2026-11-20", "due_on": "2099-01-31"}
    return enter(entered, [{"product": tape, "quantity": "10"}], by=cast.mizuno)


@pytest.fixture
def page(browser_page: Page, cast: Cast, sign_in: SignIn) -> Page:
    sign_in(browser_page, cast.mizuno)
    return browser_page


@pytest.fixture
def whole(page: Page, accessible: Callable[[Page], None], screenshot: Callable[..., object]) -> Whole:
    """Nothing for axe to say, nothing beside the screen."""

    def look(name: str) -> None:
        accessible(page)
        screenshot(page, name)
        assert page.locator("html").evaluate("(each) => each.scrollWidth - each.clientWidth") == 0

    return look


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(
    page: Page, firm: Any, live_server: Any, whole: Whole
) -> None:
    from playwright.sync_api import expect

    page.goto(f"{live_server.url}/orders/enter/?account={firm.uid}")
    page.locator("[name=title]").fill("梱包材")
    page.get_by_role("button", name="受注を登録").click()
    expect(page.get_by_text("入力内容をご確認ください。").first).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value("梱包材")
    page.locator("[name=due_on]").fill("2099-01-31")
    page.locator("[name=l0-name]").fill("布粘着テープ")
    page.locator("[name=l0-quantity]").fill("10")
    page.locator("[name=l0-unit_price]").fill("1000")
    whole("enter")
    page.get_by_role("button", name="受注を登録").click()
    expect(page.get_by_text("を登録しました。").first).to_be_visible()
    order = Order.plain.get()
    assert (order.title, order.net) == ("梱包材", 10_000)
    whole("order")


def test_it_is_bought_for_and_an_arrival_is_taken_back(
    page: Page, order: Any, live_server: Any, whole: Whole
) -> None:
    from playwright.sync_api import expect

    page.goto(live_server.url + order.get_absolute_url())
    page.get_by_role("link", name="発注する").click()
    whole("buy")
    page.get_by_role("button", name="発注書を発行").click()
    page.get_by_role("link", name="入荷を登録").click()
    quantity = page.locator(f"[name=q-{Purchase.plain.get().lines.get().uid}]")
    quantity.fill("11")
    page.get_by_role("button", name="入荷を登録").click()
    expect(page.get_by_text("残り10です。それより多くは登録できません。")).to_be_visible()
    quantity.fill("10")
    page.get_by_role("button", name="入荷を登録").click()
    expect(page.get_by_text("入荷を登録しました。")).to_be_visible()
    assert Purchase.plain.get().state == "arrived"
    whole("purchase")
    page.get_by_role("button", name="元に戻す").first.click()
    expect(page.get_by_role("link", name="入荷を登録")).to_be_visible()
    assert Purchase.plain.get().state == "open"


def test_it_is_delivered_in_parts(page: Page, order: Any, live_server: Any, whole: Whole) -> None:
    from playwright.sync_api import expect

    address, line = live_server.url + order.get_absolute_url(), lines_of(order)[0]
    for sent, state in (("4", "一部納品"), ("6", "納品済み")):
        page.goto(address)
        page.get_by_role("link", name="納品する").click()
        quantity = page.locator(f"[name=q-{line.uid}]")
        quantity.fill("11")
        page.get_by_role("button", name="納品書を発行").click()
        expect(page.get_by_text("入力内容をご確認ください。")).to_be_visible()
        expect(quantity).to_have_value("11")
        quantity.fill(sent)
        whole("deliver")
        page.get_by_role("button", name="納品書を発行").click()
        expect(page.get_by_text("を発行しました。").first).to_be_visible()
        page.goto(address)
        expect(page.get_by_text(state).first).to_be_visible()
    assert Delivery.plain.count() == 2
    whole("delivered")
