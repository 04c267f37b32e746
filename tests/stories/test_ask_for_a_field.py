"""青山 asks for a field and sees what is like it, 馬場 would like it too, 水野 makes it, and it is on the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.ledger import subscribing
from daifuku.messages.models import Notice
from daifuku.records.models import FieldRequest
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Enter = Callable[..., "Page"]


@pytest.fixture
def enter(browser_page: Page, live_server: Any) -> Enter:
    """Opens an address as somebody who has signed in."""

    def enter(person: Person, path: str) -> Page:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        browser_page.context.clear_cookies()
        browser_page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[list-item, typeddict-item]
        browser_page.goto(live_server.url + path)
        return browser_page

    return enter


def test_a_field_is_asked_for_supported_made_and_filled(
    enter: Enter, accessible: Callable[[Page], None], screenshot: Callable[..., object], cast: Cast
) -> None:
    from playwright.sync_api import expect

    subscribing.deliver()
    page = enter(cast.aoyama, "/accounts/new/")
    page.get_by_role("link", name="追加を申請できます").click()
    page.get_by_label("項目名").fill("ほーむぺーじの種類")
    expect(page.locator("#similar")).to_contain_text("Webサイト")
    expect(page.get_by_label("選択肢")).to_be_hidden()
    page.locator("#id_type").select_option("choice")
    page.get_by_label("選択肢").fill("会社案内\n通販")
    accessible(page)
    screenshot(page, "field-request-new")
    page.get_by_role("button", name="申請する").click()
    expect(page.locator("[data-field=purpose]")).to_contain_text("何を決めるために使うかを入力してください")
    expect(page.get_by_label("選択肢")).to_have_value("会社案内\n通販")
    page.get_by_label("何を決めるために使うか").fill("サイトの更新を提案する相手を決める。")
    page.get_by_label("だれが判断に使うか").fill("営業課長が、月初の会議で")
    page.get_by_label("だれがいつ入力するか").fill("担当の営業が、初回の訪問のあとに")
    page.locator("#id_review_on").fill("2099/3/31")
    page.get_by_role("button", name="申請する").click()
    expect(page.get_by_role("heading", name="ほーむぺーじの種類")).to_be_visible()
    accessible(page)
    path = f"/field-requests/{FieldRequest.objects.get().uid}/"

    enter(cast.baba, path)
    page.get_by_role("button", name="賛成する").click()
    expect(page.get_by_role("button", name="賛成を取り消す")).to_be_visible()
    expect(page.locator("#support")).to_contain_text("馬場 健")

    subscribing.deliver()
    assert "申請しました" in Notice.objects.get(person=cast.mizuno).sentence
    enter(cast.mizuno, path)
    accessible(page)
    screenshot(page, "field-request")
    page.get_by_role("button", name="承認して項目を作る").click()
    expect(page.get_by_label("項目名", exact=False).first).to_have_value("ほーむぺーじの種類")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("main")).to_contain_text("会社案内")

    enter(cast.aoyama, "/accounts/new/")
    section = page.locator("details", has_text="追加項目").first
    section.locator("summary").click()
    page.get_by_label("ほーむぺーじの種類").select_option(label="通販")
    enter(cast.mizuno, "/settings/field-usage/account/")
    expect(page.get_by_label("ほーむぺーじの種類の見直し日")).to_have_value("2099-03-31")
    accessible(page)
    screenshot(page, "field-usage")
