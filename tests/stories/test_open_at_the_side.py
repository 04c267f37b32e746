"""青山 registers a customer and looks into another one without leaving her list."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest
from django.test import Client

from daifuku.records import actions
from daifuku.staff.models import Company, Person

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(open_page: Callable[..., Page], cast: Cast, live_server: Any) -> Callable[[str], Page]:
    """青山's list of accounts on a screen; one account is in it."""

    def enter(screen: str) -> Page:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
        client = Client()
        client.force_login(cast.aoyama, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(screen)
        page.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                    "httpOnly": True,
                }
            ]
        )
        page.goto(f"{live_server.url}/accounts/")
        return page

    return enter


def test_a_customer_is_registered_beside_the_list(
    enter: Callable[[str], Page], accessible: Callable[[Page], None], screenshot: Callable[..., object]
) -> None:
    from playwright.sync_api import expect

    page = enter("desk")
    page.keyboard.press("n")
    sheet = page.locator("#sheet")
    name = sheet.locator("[name=name]")
    expect(name).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(sheet.locator(".error").first).to_be_visible()
    expect(name).to_be_focused()
    name.press_sequentially("青葉商事")
    expect(sheet.get_by_role("link", name="株式会社青葉商事を使う")).to_be_visible()
    accessible(page)
    screenshot(page, "quick-create")
    name.fill("桜物産")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1, name="桜物産")).to_be_visible()
    expect(page.get_by_text("「桜物産」を登録しました。")).to_be_visible()
    page.goto(page.url.split("/accounts/")[0] + "/accounts/")
    page.get_by_role("link", name="新規登録").click()
    expect(name).to_have_value("")
    name.fill("楓商店")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("n")
    expect(name).to_have_value("楓商店")
    sheet.get_by_role("link", name="ページで開く").click()
    expect(page.locator("main [name=name]")).to_have_value("楓商店")


def test_a_record_is_looked_into_beside_the_list(
    enter: Callable[[str], Page], accessible: Callable[[Page], None], screenshot: Callable[..., object]
) -> None:
    from playwright.sync_api import expect

    page = enter("desk")
    sheet = page.locator("#sheet")
    page.get_by_role("link", name="株式会社青葉商事").focus()
    page.keyboard.press("o")
    expect(sheet.get_by_role("heading", name="株式会社青葉商事")).to_be_visible()
    accessible(page)
    screenshot(page, "record-at-the-side")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.get_by_role("link", name="株式会社青葉商事").hover()
    page.get_by_role("button", name="側面で開く").click()
    sheet.get_by_role("link", name="ページで開く").click()
    expect(page.locator("main").get_by_role("heading", level=1)).to_contain_text("株式会社青葉商事")


def test_on_a_phone_it_is_a_page(enter: Callable[[str], Page]) -> None:
    from playwright.sync_api import expect

    page = enter("phone")
    page.get_by_role("link", name="新規登録").click()
    expect(page.locator("main [name=name]")).to_be_visible()
    assert page.url.endswith("/accounts/new/")


def test_a_list_is_as_wide_as_the_window_in_english_too(enter: Callable[[str], Page], cast: Cast) -> None:
    long = {"name": "株式会社" + "大変長い名前の" * 10, "city": "名古屋市" * 5, "phone": "052-111-2222"}
    account = actions.create("account", long, by=cast.aoyama)
    person = {
        "family_name": "長宗我部",
        "title": "代表取締役専務",
        "email": "a-very-long-address@mail.example.co.jp",
    }
    actions.create(
        "contact", {**person, "department": "営業本部第一営業部", "account": account}, by=cast.aoyama
    )
    Person.objects.update(language="en")
    page = enter("desk")
    widths = "(each) => each.scrollWidth - each.clientWidth"
    for kind in ("accounts", "contacts", "leads"):
        page.goto(urljoin(page.url, f"/{kind}/"))
        assert page.locator("html").evaluate(widths) == 0
        for frame in page.locator(".table-frame").all():
            assert frame.evaluate(widths) == 0


def test_a_whole_page_is_chosen_on_a_phone_too(enter: Callable[[str], Page], cast: Cast) -> None:
    from playwright.sync_api import expect

    for name in ("桜物産", "楓商店"):
        actions.create("account", {"name": name}, by=cast.aoyama)
    page = enter("phone")
    page.locator("td.pick input").first.check()
    whole = page.locator(".selection-bar").get_by_label("このページをすべて選ぶ")
    whole.check()
    expect(page.locator("[data-selection-target=number]")).to_have_text("3")
    page.locator("td.pick input").last.uncheck()
    expect(whole).not_to_be_checked()
