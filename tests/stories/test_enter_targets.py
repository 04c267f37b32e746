"""大崎 enters the targets of her section like in Excel, and reads in the same moment how far everybody is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.forecast.models import Target
from daifuku.foundation.calendar import fiscal_year
from daifuku.orders.actions import enter
from daifuku.records import actions

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser_page: Page, cast: Cast, live_server: Any, sign_in: Callable[[Page, Person], None]) -> Page:
    """青山 sold 150,000 this month, 馬場 20,000, and a deal of 400,000 may come."""
    today = timezone.localdate()
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    tape = actions.create(
        "product", {"code": "HK-1", "name": "布粘着テープ", "price": "1000"}, by=cast.mizuno
    )
    values = {"account": firm, "title": "梱包材", "ordered_on": today, "due_on": today + timedelta(days=9)}
    enter({**values, "owner": cast.aoyama}, [{"product": tape, "quantity": "150"}], by=cast.aoyama)
    enter({**values, "owner": cast.baba}, [{"product": tape, "quantity": "20"}], by=cast.baba)
    deal = {"name": "倉庫の棚", "account": firm, "amount": 400_000, "close_on": today, "probability": 50}
    actions.create("deal", {**deal, "owner": cast.aoyama}, by=cast.aoyama)
    sign_in(browser_page, cast.osaki)
    browser_page.goto(f"{live_server.url}/forecast/targets/")
    return browser_page


def test_targets_are_typed_and_the_figures_follow(
    page: Page, cast: Cast, accessible: Callable[[Page], None], screenshot: Callable[..., object]
) -> None:
    from playwright.sync_api import expect

    today = timezone.localdate()
    months = [(today.month - 4) % 12, (today.month - 3) % 12]
    row = page.locator("tr[data-target-grid-target=row]", has_text="青山")
    first = row.locator("input[type=text]").nth(months[0])
    first.fill("30万")
    first.press("ArrowRight" if months[0] < 11 else "ArrowLeft")
    page.keyboard.type("たくさん")
    accessible(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("1か所を直してください。入力した内容はそのまま残っています。")).to_be_visible()
    expect(row.locator("input[type=text]").nth(months[0])).to_have_value("30万")
    expect(page.locator("[aria-invalid=true]")).to_be_focused()
    accessible(page)
    screenshot(page, "targets", full_page=True)
    assert not Target.plain.exists()
    page.keyboard.press("Control+A")
    page.keyboard.type("500000")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("目標を2個保存しました。").first).to_be_visible()
    assert Target.plain.filter(amount=300_000).exists()

    assert fiscal_year(today) >= 2026
    page.goto(page.url.split("/forecast/")[0] + "/forecast/")
    line = page.locator("#people tr", has_text="青山")
    expect(line).to_contain_text("300,000円")
    expect(line).to_contain_text("150,000円")
    expect(line).to_contain_text("50%")
    accessible(page)
    screenshot(page, "forecast", full_page=True)
    line.get_by_role("link", name="150,000円").first.click()
    expect(page.locator("main")).to_contain_text("布粘着テープ")
    page.go_back()
    page.locator("#people tr", has_text="青山").get_by_role("link", name="350,000円").first.click()
    expect(page.locator("main")).to_contain_text("倉庫の棚")
