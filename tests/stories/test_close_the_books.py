"""水野 takes the month into the accounting package and closes it; what bears a day of it is refused from then on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.billing.actions import payments
from daifuku.billing.models import Payment
from daifuku.billing.tests.paying import customer, owes

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(browser_page: Page, cast: Cast, live_server: Any, sign_in: Callable[[Page, Person], None]) -> Page:
    """Last month's invoice was paid on the last day of that month."""
    last = timezone.localdate().replace(day=1) - timedelta(days=1)
    rates = [["standard", "10", 100_000, 10_000]]
    account = customer(cast.mizuno)
    owes(account, 110_000, last, on=last - timedelta(days=10), rates=rates)
    values = {"account": account, "paid_on": last, "amount": 110_000, "fee": 0}
    payments.record(values, None, by=cast.mizuno, today=timezone.localdate())
    sign_in(browser_page, cast.mizuno)
    browser_page.goto(f"{live_server.url}/journal/")
    return browser_page


def test_the_month_goes_into_the_package_and_is_closed(
    page: Page, accessible: Callable[[Page], None], screenshot: Callable[..., object]
) -> None:
    from playwright.sync_api import expect

    today = timezone.localdate()
    last = today.replace(day=1) - timedelta(days=1)
    expect(page.locator("main tbody")).to_contain_text("売掛金")
    accessible(page)
    screenshot(page, "journal", full_page=True)
    with page.expect_download() as taken:
        page.get_by_role("button", name="弥生").click()
    text = Path(taken.value.path()).read_bytes().decode("cp932")
    assert "売掛金" in text
    assert "110000" in text
    page.get_by_role("link", name="科目と締めの設定").click()
    page.locator("[name=closed_until]").fill(f"{today:%Y-%m-%d}")
    page.get_by_role("button", name="締める", exact=True).press("Enter")
    expect(page.get_by_text("今日より前の日付を選んでください。")).to_be_visible()
    expect(page.locator("[name=closed_until]")).to_have_value(f"{today:%Y-%m-%d}")
    accessible(page)
    page.locator("[name=closed_until]").fill(f"{last:%Y-%m-%d}")
    page.get_by_role("button", name="締める", exact=True).press("Enter")
    expect(page.get_by_text("会計の期間を締めました。").first).to_be_visible()
    screenshot(page, "closed", full_page=True)

    home = page.url.split("/settings/")[0]
    page.goto(f"{home}/payments/receive/?account={Payment.plain.get().account.uid}")
    page.locator("[name=paid_on]").fill(f"{last:%Y-%m-%d}")
    page.locator("[name=amount]").fill("5000")
    page.get_by_role("button", name="入金を記録", exact=True).click()
    expect(page.get_by_text("までの会計は締めています。").first).to_be_visible()
    expect(page.locator("[name=amount]")).to_have_value("5000")
    accessible(page)
    assert Payment.plain.count() == 1
    page.goto(f"{home}/settings/accounting/")
    page.locator("[name=closed_until]").fill("")
    page.get_by_role("button", name="締める", exact=True).press("Enter")
    expect(page.get_by_text("締めを解除しました。").first).to_be_visible()
