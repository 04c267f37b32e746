"""森, the president, reads who owes what since when, opens the rows behind a number, and limits a customer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.billing.actions import payments
from daifuku.billing.tests.paying import customer, owes

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser_page: Page, cast: Cast, live_server: Any, sign_in: Callable[[Page, Person], None]) -> Page:
    """青葉商事 is late with one invoice, in part; 丸屋食品 paid more than it owed."""
    today = timezone.localdate()
    aoba, maruya = customer(cast.aoyama), customer(cast.senda, "丸屋食品", "マルヤショクヒン")
    late = owes(aoba, 330_000, today - timedelta(days=40), on=today - timedelta(days=75))
    owes(aoba, 110_000, today + timedelta(days=5), on=today - timedelta(days=25))
    owes(maruya, 22_000, today + timedelta(days=9), on=today - timedelta(days=20))
    for account, amount, parts in ((aoba, 30_000, {str(late.uid): None}), (maruya, 30_000, None)):
        values = {"account": account, "paid_on": today - timedelta(days=2), "amount": amount}
        payments.record(values, parts, by=cast.mizuno, today=today)
    sign_in(browser_page, cast.mori)
    browser_page.goto(f"{live_server.url}/receivables/")
    return browser_page


def test_every_number_opens_its_rows(
    page: Page, accessible: Callable[[Page], None], screenshot: Callable[..., object]
) -> None:
    from playwright.sync_api import expect

    accessible(page)
    screenshot(page, "receivables", full_page=True)
    row = page.get_by_role("row", name="青葉商事")
    expect(row).to_contain_text("410,000円")
    late = row.get_by_role("link", name="300,000円")
    late.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main tbody tr")).to_have_count(1)
    page.go_back()
    page.get_by_role("link", name="前受あり").click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody tr")).to_contain_text("8,000円")


def test_the_statement_and_the_limit(
    page: Page, accessible: Callable[[Page], None], screenshot: Callable[..., object]
) -> None:
    """The balance goes on line by line; a limit below what he owes shows on every page that speaks of it."""
    from playwright.sync_api import expect

    page.get_by_role("link", name="青葉商事").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("取引明細")
    foot = page.locator("main tfoot")
    expect(foot).to_contain_text("410,000円")
    accessible(page)
    screenshot(page, "statement", full_page=True)
    page.locator("[name=begin]").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.locator("[name=end]").fill(f"{timezone.localdate() - timedelta(days=9):%Y-%m-%d}")
    page.get_by_role("button", name="表示").click()
    expect(page.get_by_text("終わりの日が始まりの日より前です。")).to_be_visible()
    for words in ("取引明細書（PDF）", "残高確認書（PDF）"):
        address = page.get_by_role("link", name=words).get_attribute("href")
        answer = page.request.get(f"{page.url.split('/receivables')[0]}{address}")
        assert (answer.status, answer.body()[:5]) == (200, b"%PDF-"), words
    page.get_by_role("link", name="与信限度額").click()
    page.locator("[name=amount]").fill("-1")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("[name=amount]")).to_have_value("-1")
    expect(page.locator(".error").first).to_be_visible()
    accessible(page)
    page.locator("[name=amount]").fill("400000")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("与信限度額を保存しました。").first).to_be_visible()
    expect(page.locator(".facts-row")).to_contain_text("超過")
