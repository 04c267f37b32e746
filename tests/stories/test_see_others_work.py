"""馬場 has a customer open while 青山 works on it: what she does appears within five seconds, what he types stays."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.records import actions
from daifuku.records.actions import commenting

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WITHIN = 5000


@pytest.fixture
def account(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事", "phone": "052-123-4567"}, by=cast.aoyama)


def test_a_colleagues_work_appears_while_one_types(
    cast: Cast, account: Any, browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None],
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    page = browser_page
    sign_in(page, cast.baba)
    page.goto(live_server.url + account.get_absolute_url())
    box = page.locator("#comments textarea")
    box.fill("書きかけの返事")

    began = time.monotonic()
    actions.edit(account, {"phone": "052-999-0000"}, by=cast.aoyama)
    commenting.write_comment(account, "電話番号が変わりました", by=cast.aoyama)
    expect(page.locator(".record-headline")).to_contain_text("052-999-0000", timeout=WITHIN)
    assert time.monotonic() - began < WITHIN / 1000
    expect(page.locator("#comments .talk")).to_contain_text("電話番号が変わりました")
    expect(page.locator("#timeline")).to_contain_text("青山 凛")
    expect(box).to_have_value("書きかけの返事")
    news = page.locator(".live-news")
    expect(news).to_contain_text("青山 凛さんが更新しました")
    screenshot(page, "news")
    accessible(page)
    news.get_by_role("button", name="閉じる").click()
    expect(news).to_have_count(0)

    page.goto(live_server.url + account.get_absolute_url() + "edit/")
    note = page.get_by_label("備考", exact=True)
    note.fill("打ちかけの備考")
    actions.edit(account, {"fax": "052-111-2222"}, by=cast.aoyama)
    expect(news).to_contain_text("FAX", timeout=WITHIN)
    expect(note).to_have_value("打ちかけの備考")
    screenshot(page, "news-on-a-form")
    news.get_by_role("button", name="表示").click()
    expect(page.locator("#sheet")).to_contain_text("052-111-2222")
    expect(page.locator("#sheet[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#sheet[open]")).to_have_count(0)
    expect(note).to_have_value("打ちかけの備考")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".record")).to_contain_text("打ちかけの備考")
    account.refresh_from_db()
    assert (account.fax, account.note) == ("052-111-2222", "打ちかけの備考")


def test_a_list_says_how_many_rows_were_changed_and_renews_them_when_asked(
    cast: Cast, account: Any, browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None],
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    other = actions.create("account", {"name": "若葉工業"}, by=cast.aoyama)
    page = browser_page
    sign_in(page, cast.baba)
    page.goto(live_server.url + "/accounts/?view=all")
    row = page.locator(f"tr[data-address$='{other.uid}/']")
    row.locator("input[type=checkbox]").check()
    actions.edit(account, {"name": "青葉物産"}, by=cast.aoyama)
    actions.edit(other, {"name": "若葉製作所"}, by=cast.aoyama)
    news = page.locator(".live-news")
    expect(news).to_contain_text("2件が更新されました", timeout=WITHIN)
    expect(row).to_contain_text("若葉工業")
    screenshot(page, "list-news")
    accessible(page)
    news.get_by_role("button", name="表示を新しくする").click()
    expect(row).to_contain_text("若葉製作所")
    expect(page.locator("tbody[data-live-list-part]")).to_contain_text("青葉物産")
    expect(row.locator("input[type=checkbox]")).to_be_checked()
    expect(news).to_be_hidden()


def test_a_page_that_nobody_looks_at_asks_nothing(
    cast: Cast, account: Any, open_page: Callable[..., Page], live_server: Any,
    sign_in: Callable[[Page, Person], None],
) -> None:  # fmt: skip
    page = open_page()
    sign_in(page, cast.baba)
    page.goto(live_server.url + account.get_absolute_url())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else None)
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => window.away ?? false })")
    page.wait_for_timeout(5000)
    assert asked
    page.evaluate("window.away = true")
    page.wait_for_timeout(500)
    asked.clear()
    page.wait_for_timeout(6000)
    assert not asked
    page.evaluate("window.away = false; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(500)
    assert asked
