"""青山 types in a new customer: doubles, address and reading come by themselves; she opens the tree of a firm."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.customers.actions import relate
from daifuku.records import actions
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(browser_page: Page, live_server: Any) -> Callable[[Person, str], Page]:
    """Opens an address as somebody who has signed in."""

    def enter(person: Person, path: str) -> Page:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = client.cookies["sessionid"]
        browser_page.context.add_cookies(
            [{"name": "sessionid", "value": cookie.value, "url": live_server.url, "httpOnly": True}]
        )
        browser_page.goto(live_server.url + path)
        return browser_page

    return enter


def test_a_form_helps_while_one_types(
    cast: Cast, enter: Callable[[Person, str], Page], accessible: Callable[[Page], None]
) -> None:
    from playwright.sync_api import expect

    actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
    page = enter(cast.aoyama, "/accounts/new/")
    page.locator("[name=name]").fill("青葉商事")
    expect(page.get_by_role("link", name="株式会社青葉商事を使う")).to_be_visible()
    expect(page.locator("[name=kana]")).to_have_value("アオバショウジ")
    accessible(page)
    page.locator("[name=kana]").fill("アオバ")
    page.locator("[name=name]").fill("青葉物産")
    expect(page.get_by_role("link", name="株式会社青葉商事を使う")).to_have_count(0)
    expect(page.locator("[name=kana]")).to_have_value("アオバ")
    page.locator("[name=postal_code]").fill("4600008")
    expect(page.locator("[name=city]")).to_have_value("名古屋市中区")
    page.locator("[name=street]").fill("栄1-2-3")
    page.locator("[name=postal_code]").fill("460-0003")
    offer = page.get_by_role("button", name="愛知県名古屋市中区錦")
    expect(offer).to_be_visible()
    expect(page.locator("[name=street]")).to_have_value("栄1-2-3")
    offer.click()
    expect(page.locator("[name=street]")).to_have_value("錦")
    page.locator("[name=postal_code]").fill("")
    page.locator("[name=street]").fill("栄3")
    page.get_by_role("button", name="〒460-0008").click()
    expect(page.locator("[name=postal_code]")).to_have_value("460-0008")


def test_a_tree_opens_level_by_level(
    cast: Cast,
    enter: Callable[[Person, str], Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., object],
) -> None:
    from playwright.sync_api import expect

    above = head = actions.create("account", {"name": "青葉商事", "level": "head_office"}, by=cast.aoyama)
    for name, level in (("岐阜支店", "branch"), ("大垣営業所", "sales_office"), ("資材課", "department")):
        values = {"name": name, "level": level, "parent": above, "employees": 10}
        above = actions.create("account", values, by=cast.aoyama)
    actions.create("contact", {"family_name": "林", "account": above, "role": "decides"}, by=cast.aoyama)
    other = actions.create("account", {"name": "桜物産"}, by=cast.aoyama)
    relate(other, head, "supplier", by=cast.aoyama)
    page = enter(cast.aoyama, f"/accounts/{head.uid}/tree/")
    expect(page.get_by_text("大垣営業所")).to_have_count(0)
    page.get_by_label("岐阜支店の下の組織").click()
    page.get_by_label("大垣営業所の下の組織").click()
    expect(page.get_by_role("link", name="資材課")).to_be_visible()
    accessible(page)
    screenshot(page, "account-tree", full_page=True)
    page.goto(page.url.replace("/tree/", "/"))
    expect(page.get_by_role("link", name="桜物産")).to_be_visible()
    screenshot(page, "account-with-branches", full_page=True)
    page.get_by_role("link", name="関係先を追加").click()
    page.locator("[name=target]").fill("桜物産")
    page.get_by_role("option", name="桜物産", exact=False).first.click()
    page.locator("[name=kind]").select_option("group.out")
    accessible(page)
    page.get_by_role("button", name="関係先を追加").click()
    expect(page.get_by_text("関係先を追加しました。履歴から元に戻せます。")).to_be_visible()


def test_an_answer_that_comes_late_does_not_replace_what_is_found(
    cast: Cast, enter: Callable[[Person, str], Page]
) -> None:
    from playwright.sync_api import Error, expect

    for name in ("桜物産", "椿工業"):
        actions.create("account", {"name": name}, by=cast.aoyama)
    page = enter(cast.aoyama, "/contacts/new/")
    first: list[Any] = []  # The question that is asked on entering the field, before anything is typed.
    page.route(
        "**/accounts/choose/**", lambda route: route.continue_() if first else first.append(route), times=2
    )
    page.locator("[name=account]").focus()
    page.locator("[name=account]").fill("桜物産")
    expect(page.get_by_role("option", name="桜物産").first).to_be_visible()
    with suppress(Error):  # Nobody waits for that answer any more.
        first[0].continue_()
    page.wait_for_timeout(300)
    page.get_by_role("option", name="桜物産").first.click()
    expect(page.locator("[name='account.label']")).to_have_value("桜物産")
    expect(page.get_by_role("option", name="桜物産")).to_have_count(0)


def test_a_value_changed_in_its_place_is_new_everywhere_on_the_page(
    cast: Cast, enter: Callable[[Person, str], Page]
) -> None:
    from playwright.sync_api import expect

    account = actions.create("account", {"name": "青葉商事", "phone": "052-111-2222"}, by=cast.aoyama)
    page = enter(cast.aoyama, account.get_absolute_url())
    section = page.locator(".sections")
    change(section, "電話番号", "052-333-4444")
    expect(page.locator(".record-headline")).to_contain_text("052-333-4444")
    expect(section).to_contain_text("052-333-4444")
    expect(page.locator("#timeline .changes").first).to_contain_text("052-333-4444")
    assert not covered_by_notes(page)
    change(section, "会社名", "青葉物産")
    expect(page.get_by_role("heading", level=1)).to_contain_text("青葉物産")
    expect(section.get_by_text("住所", exact=True)).to_be_hidden()
    page.get_by_role("button", name="空欄の項目も表示").click()
    change(section, "市区町村", "名古屋市中区")
    expect(page.locator("#timeline .changes").first).to_contain_text("名古屋市中区")
    page.get_by_role("button", name="空欄の項目も表示").click()
    expect(section).to_contain_text("名古屋市中区")


def covered_by_notes(page: Page) -> list[str]:
    """At the desk nothing of the page (it lies over the menu, which is full), on a phone nothing of the bar."""
    page.locator(".toast").last.wait_for()
    note = page.locator(".toast").last.bounding_box()
    places = page.locator(".bottom-bar" if page.locator(".bottom-bar").is_visible() else "main")
    return [place.inner_text() for place in places.all() if overlap(note, place.bounding_box())]


def overlap(one: Any, other: Any) -> bool:
    apart = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
    return not apart and one["y"] < other["y"] + other["height"] and other["y"] < one["y"] + one["height"]


def change(section: Locator, field: str, value: str) -> None:
    link = section.get_by_role("link", name=f"{field}を変更", exact=True)
    link.hover()
    link.click()
    section.locator(".inline-form input[type=text], .inline-form input[type=tel]").fill(value)
    section.get_by_role("button", name="保存").click()


def test_after_a_refusal_the_back_button_leads_to_the_form_with_what_was_typed(
    cast: Cast, enter: Callable[[Person, str], Page]
) -> None:
    from playwright.sync_api import expect

    page = enter(cast.aoyama, "/accounts/new/")
    page.locator("[name=kana]").fill("アオバ")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[name=name][aria-invalid=true]")).to_be_focused()
    page.goto(page.url.replace("/accounts/new/", "/contacts/"))
    page.go_back()
    expect(page.locator("[name=kana]")).to_have_value("アオバ")
    page.reload()
    expect(page.locator("[name=kana]")).to_have_value("アオバ")


def test_a_draft_that_comes_back_says_so_and_what_was_saved_does_not_come_back(
    cast: Cast, enter: Callable[[Person, str], Page]
) -> None:
    from playwright.sync_api import expect

    actions.create("account", {"name": "桜物産"}, by=cast.aoyama)
    page = enter(cast.aoyama, "/accounts/new/")
    page.locator("[name=name]").fill("青葉商事")
    page.locator("summary", has_text="基本情報").click()
    page.locator("[name=rank]").select_option(index=1)
    page.locator("[name=parent]").fill("桜")
    page.get_by_role("option", name="桜物産").first.click()
    for again in (page.reload, lambda: page.goto(page.url)):
        again()
        expect(page.get_by_text("前回の入力の続きを表示しています。")).to_be_visible()
        expect(page.locator("[name=name]")).to_have_value("青葉商事")
        expect(page.locator("[name=rank]")).to_be_visible()
        expect(page.locator("[name='parent.label']")).to_have_value("桜物産")
    page.get_by_role("button", name="最初から入力する").click()
    for name in ("name", "rank", "parent", "parent.uid"):
        expect(page.locator(f"[name='{name}']")).to_have_value("")
    page.locator("[name=name]").fill("青葉商事")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("青葉商事")
    page.go_back()
    expect(page.locator("[name=name]")).to_have_value("")
    expect(page.get_by_text("前回の入力の続きを表示しています。")).to_have_count(0)


def test_a_mistake_is_shown_where_it_is_until_somebody_types_there(
    cast: Cast, enter: Callable[[Person, str], Page]
) -> None:
    from playwright.sync_api import expect

    page = enter(cast.aoyama, "/accounts/new/")
    page.locator("[name=name]").fill("青葉商事")
    page.locator("summary", has_text="企業プロフィール").click()
    sales = page.locator("[name=annual_sales]")
    sales.fill("たくさん")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".field .error")).to_be_visible()
    expect(sales).to_be_focused()
    expect(page.locator("[name=closing_day]")).to_be_hidden()
    sales.press_sequentially("1")
    expect(page.locator(".field .error")).to_have_count(0)
    expect(page.locator("[aria-invalid]")).to_have_count(0)


def test_a_box_that_was_pulled_larger_stays_quiet_when_its_value_is_refused(
    cast: Cast, enter: Callable[[Person, str], Page]
) -> None:
    """The style of the old box may not be written into the new one: the strict policy for contents forbids it."""
    from playwright.sync_api import expect

    account = actions.create("account", {"name": "青葉商事", "note": "備考"}, by=cast.aoyama)
    page = enter(cast.aoyama, account.get_absolute_url())
    page.locator(".sections").get_by_role("link", name="備考を変更").click()
    box = page.locator(".inline-form textarea")
    box.evaluate("(each) => { each.style.height = '200px' }")
    box.fill("い" * 32_001)
    page.locator(".inline-form").get_by_role("button", name="保存").click()
    expect(page.locator(".inline-form .error")).to_be_visible()
    expect(box).to_have_value("い" * 32_001)
