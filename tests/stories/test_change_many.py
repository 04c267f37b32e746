"""青山 changes several customers at once, is refused, goes back, and finds what he typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.records import actions
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_was_typed_for_many_outlives_a_refusal_and_going_back(
    cast: Cast, browser_page: Page, live_server: Any
) -> None:
    from playwright.sync_api import expect

    Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
    for name in ("青葉商事", "若草工業"):
        actions.create("account", {"name": name}, by=cast.aoyama)
    client, page = Client(), browser_page
    client.force_login(cast.aoyama, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": cookie, "url": live_server.url, "httpOnly": True}]
    )

    def choose() -> None:
        page.goto(live_server.url + "/accounts/")
        for box in page.locator("input[name=keys]").all():
            box.check()
        page.locator("button[name=do][value=edit]").first.click()

    choose()
    page.locator("details.section").evaluate_all("all => all.forEach((each) => { each.open = true })")
    page.locator("[name=email]").fill("これは違う")
    page.locator("[name=note]").fill("来月訪問する")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("入力内容をご確認ください。")).to_be_visible()
    expect(page.locator("[name=email]")).to_have_value("これは違う")
    choose()
    expect(page.get_by_text("前回の入力の続きを表示しています。")).to_be_visible()
    expect(page.locator("[name=note]")).to_have_value("来月訪問する")
    expect(page.locator("[name=change][value=note]")).to_be_checked()
    page.locator("[name=email]").fill("info@example.jp")
    page.keyboard.press("Control+Enter")
    expect(page.locator('.banner[data-kind="good"], [role=status]').first).to_be_visible()
    choose()
    expect(page.get_by_text("前回の入力の続きを表示しています。")).to_have_count(0)
    expect(page.locator("[name=change]:checked")).to_have_count(0)
