"""Three people have entered the same firm: it becomes one, old addresses lead there, and one day it is three again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.customers.models import Account
from daifuku.records import actions

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def three(cast: Cast) -> list[Any]:
    firms = [
        actions.create("account", values, by=cast.aoyama)
        for values in (
            {"name": "株式会社あさひ梱包", "phone": "052-555-0141", "note": "見積はメールで。"},
            {
                "name": "あさひ梱包",
                "phone": "052-555-0149",
                "email": "info@asahi.example.jp",
                "note": "駐車場は2台。",
            },
            {"name": "(株)あさひ梱包", "website": "https://asahi.example.jp/"},
        )
    ]
    told = {"method": "phone", "content": "other", "text": "見積のこと", "started_at": timezone.now()}
    for firm in firms:
        actions.create("talk", {**told, "account": firm}, by=cast.aoyama)
    return firms


def test_three_become_one_and_three_again(
    cast: Cast, three: list[Any], browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None],
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    page, site = browser_page, live_server.url
    sign_in(page, cast.aoyama)
    asked = "&".join(f"uid={firm.uid}" for firm in three)
    page.goto(f"{site}/merges/new/?object=account&{asked}")
    expect(page.locator("main")).to_contain_text("取引先の統合")
    accessible(page)
    screenshot(page, "merge")
    page.locator("fieldset", has_text="電話番号").get_by_text("052-555-0141").click()
    page.get_by_role("button", name="3件を1件に統合する").click()
    expect(page.locator(".toasts, main").first).to_be_visible()
    kept = Account.objects.visible_to(cast.aoyama).get()
    assert kept.phone == "052-555-0141"
    assert kept.email == "info@asahi.example.jp"
    assert set(kept.note.split("\n\n")) == {"見積はメールで。", "駐車場は2台。"}
    gone = next(firm for firm in three if firm.pk != kept.pk)
    page.goto(f"{site}{gone.get_absolute_url()}")
    expect(page).to_have_url(f"{site}{kept.get_absolute_url()}")
    actions.edit(kept, {"website": "https://neu.example.jp/"}, by=cast.aoyama)
    page.reload()
    page.get_by_role("link", name="統合の記録を開く").first.click()
    expect(page.locator("main")).to_contain_text("統合のあとに変更された項目")
    accessible(page)
    screenshot(page, "merge-undo")
    page.get_by_role("button", name="統合を元に戻す").click()
    expect(page.locator("main")).to_contain_text(str(kept))
    assert Account.objects.visible_to(cast.aoyama).count() == 3
    page.goto(f"{site}/merges/")
    expect(page.locator("main")).to_contain_text("元に戻しました")
    accessible(page)
