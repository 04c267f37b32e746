"""青山 writes a quote by keyboard, 大崎 approves it, it goes out, and the customer accepts it without signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.quotes import actions as quotes
from daifuku.quotes.models import Quote
from daifuku.quotes.views import offered
from daifuku.records import actions
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(browser_page: Page, live_server: Any) -> Callable[[Person, str], Page]:
    def enter(person: Person, path: str) -> Page:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = client.cookies["sessionid"]
        browser_page.goto("about:blank")  # whose questions are not refused between two people
        browser_page.context.clear_cookies()
        browser_page.context.add_cookies(
            [{"name": "sessionid", "value": cookie.value, "url": live_server.url, "httpOnly": True}]
        )
        browser_page.goto(live_server.url + path)
        return browser_page

    return enter


def test_from_the_first_line_to_the_answer(
    cast: Cast, enter: Callable[[Person, str], Page], live_server: Any, accessible: Callable[[Page], None]
) -> None:
    from playwright.sync_api import expect

    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    goods = {"code": "KG-1", "name": "折りたたみ台車", "unit": "台", "price": "14800", "cost": "10200"}
    actions.create("product", {**goods, "tax_class": "standard"}, by=cast.mizuno)
    page = enter(cast.aoyama, f"/quotes/new/?account={account.uid}")
    page.locator("[name=title]").fill("出荷場の台車")
    page.locator("[name='lines.0.name']").press_sequentially("台車", delay=30)
    page.get_by_role("option", name="折りたたみ台車").click()
    expect(page.locator("[name='lines.0.unit_price']")).to_have_value("14800")
    page.locator("[name='lines.0.quantity']").fill("6")
    page.locator("[name='lines.0.discount']").fill("30")
    expect(page.locator(".lines-sum output")).to_have_text("62,160")
    page.get_by_role("button", name="見出し").click()
    page.keyboard.type("機器")
    page.keyboard.press("Alt+ArrowUp")
    accessible(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("出荷場の台車")
    quote = Quote.plain.get()
    assert [line["kind"] for line in quote.lines] == ["heading", "goods"]
    assert quote.costs
    accessible(page)
    page.get_by_role("link", name="承認を申請する").click()
    page.locator("[name=note]").fill("台数がまとまるため")
    page.get_by_role("button", name="申請する").click()
    page = enter(cast.osaki, f"/quotes/{quote.uid}/")
    page.get_by_role("button", name="承認する").click()
    page = enter(cast.aoyama, f"/quotes/{quote.uid}/")
    page.get_by_role("button", name="発行する").click()
    expect(page.get_by_role("link", name="メールで送る")).to_be_visible()
    quote.refresh_from_db()
    offered.asked.forget()
    _link, address = quotes.open_link(quote, by=cast.aoyama, today=timezone.localdate())
    page.goto("about:blank")
    page.context.clear_cookies()
    page.goto(live_server.url + "/q/" + address.rsplit("/q/", 1)[1])
    expect(page.locator("h1")).to_contain_text(quote.number)
    accessible(page)
    page.get_by_label("この内容で発注します").check()
    page.locator("[name=name]").fill("林 太郎")
    page.get_by_role("button", name="返事を送る").click()
    expect(page.get_by_text("ご発注を承りました")).to_be_visible()
    quote.refresh_from_db()
    assert quote.state == "accepted"


def test_lines_that_were_typed_survive_a_crash(cast: Cast, enter: Callable[[Person, str], Page]) -> None:
    from playwright.sync_api import expect

    page = enter(cast.aoyama, "/quotes/new/")
    for place, name in enumerate(("一", "二", "三", "四", "五")):
        if place >= 3:
            page.get_by_role("button", name="行を追加").click()
        page.locator(f"[name='lines.{place}.name']").fill(name)
        page.locator(f"[name='lines.{place}.unit_price']").fill("100")
    page.reload()
    for place, name in enumerate(("一", "二", "三", "四", "五")):
        expect(page.locator(f"[name='lines.{place}.name']")).to_have_value(name)
    expect(page.locator(".lines-sum output")).to_have_text("500")
