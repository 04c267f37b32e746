"""The administrator looks through everything: one pair becomes one, another stays two; both can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Account, Separation
from daifuku.jobs.testing import work_off
from daifuku.records import actions

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRMS = (
    {"name": "株式会社あさひ梱包", "phone": "052-555-0141", "email": "info@asahi.example.jp"},
    {"name": "(株)あさひ梱包", "phone": "052-555-0141", "note": "納品は裏口から。"},
    {"name": "有限会社渡邉製餡所", "phone": "0564-55-0170", "city": "岡崎市", "prefecture": "愛知県"},
    {"name": "渡辺製餡所", "phone": "0564-55-0170", "city": "岡崎市", "prefecture": "愛知県"},
)


@pytest.fixture
def page(browser_page: Page, live_server: Any, cast: Cast, sign_in: Callable[[Page, Person], None]) -> Page:
    for firm in FIRMS:
        actions.create("account", firm, by=cast.aoyama)
    sign_in(browser_page, cast.mizuno)
    browser_page.goto(f"{live_server.url}/accounts/")
    return browser_page


def test_pairs_are_found_and_decided(
    page: Page, live_server: Any, screenshot: Callable[..., Path], accessible: Callable[[Page], None]
) -> None:
    from playwright.sync_api import expect

    page.get_by_role("link", name="名寄せ").click()
    expect(page.get_by_role("heading", name="まだ全件を調べていません")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="全件を調べる").click()
    expect(page.get_by_role("heading", name="名寄せ: 全件を調べる")).to_be_visible()
    work_off()

    page.goto(f"{live_server.url}/duplicates/?kind=account-account")
    pairs = page.locator(".double")
    expect(pairs).to_have_count(2)
    expect(pairs.first).to_contain_text("電話番号: 同じ")
    accessible(page)
    screenshot(page, "doubles")
    _keep_two(page, screenshot, accessible)
    expect(pairs).to_have_count(1)
    expect(page).to_have_url(f"{live_server.url}/duplicates/?kind=account-account")
    assert "大阪は別の会社" in Separation.objects.get().reason

    pairs.get_by_role("link", name="統合する").click()
    page.get_by_role("button", name="2件を1件に統合する").click()
    expect(page.locator("main")).to_contain_text("2件を1件に統合しました")
    expect(page).to_have_url(f"{live_server.url}/duplicates/?kind=account-account")
    expect(page.get_by_role("heading", name="条件に合う組がありません")).to_be_visible()
    assert Account.plain.filter(trashed_at__isnull=True).count() == 3
    page.get_by_role("link", name="統合の記録").click()
    page.locator(".merge-list a").click()
    page.get_by_role("button", name="統合を元に戻す").click()
    expect(page.locator("main")).to_contain_text("2件の記録に戻しました")
    assert Account.plain.filter(trashed_at__isnull=True).count() == 4


def _keep_two(page: Page, screenshot: Callable[..., Path], accessible: Callable[[Page], None]) -> None:
    """渡邉 and 渡辺 are two: without a reason it is refused, and what was chosen stays."""
    from playwright.sync_api import expect

    pair = page.locator(".double", has_text="渡辺製餡所")
    pair.get_by_role("link", name="別々の記録とする").click()
    page.get_by_label("そのほか").check()
    page.get_by_role("button", name="別々の記録とする").click()
    expect(page.get_by_text("理由を入力してください").first).to_be_visible()
    expect(page.get_by_label("そのほか")).to_be_checked()
    accessible(page)
    screenshot(page, "apart")
    page.get_by_label("メモ").fill("大阪は別の会社")
    page.get_by_role("button", name="別々の記録とする").click()
    expect(page.locator("main")).to_contain_text("を別々の記録としました")
