"""青山 talks with a colleague about a customer, hangs a picture on it, and 水野 adds a field: all without a reload."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from PIL import Image

from daifuku.records import actions
from daifuku.records.actions import choices, custom_fields, filing, tagging
from daifuku.records.files import previews
from daifuku.records.models import Attachment
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
        browser_page.context.add_cookies(
            [
                {
                    "name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url,
                    "httpOnly": True,
                }
            ]
        )  # fmt: skip
        browser_page.goto(live_server.url + path)
        return browser_page

    return enter


def put_away(page: Page) -> None:
    """On a phone the notes at the foot cover what is below."""
    close = page.locator(".toasts").get_by_role("button", name="閉じる")
    while close.count():
        close.first.click()


def react_and_reply(page: Page) -> None:
    """By mouse and by keyboard; what is being typed below stays."""
    from playwright.sync_api import expect

    said, box = page.locator("#comments .said").first, page.locator("#comments textarea")
    reactions = said.locator("button.reaction")
    put_away(page)
    box.fill("書きかけ")
    said.locator("summary").click()
    said.get_by_role("button", name="ありがとう").click()
    expect(reactions).to_have_attribute("aria-pressed", "true")
    expect(reactions).to_be_focused()
    page.keyboard.press("Enter")
    expect(reactions).to_have_count(0)
    expect(said.locator("summary")).to_be_focused()
    for key in ("Enter", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(reactions).to_contain_text("了解")
    said.get_by_role("link", name="返信").click()
    expect(box).to_be_focused()
    expect(box).to_have_value("書きかけ")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#comments .said").nth(1).locator(".quote")).to_contain_text("急ぎません")
    put_away(page)


def picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (600, 400), "teal").save(target, "PNG")
    return target.getvalue()


def test_comments_tags_files_and_followers(
    cast: Cast,
    enter: Callable[[Person, str], Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., Any],
) -> None:
    from playwright.sync_api import expect

    account = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
    page = enter(cast.aoyama, account.get_absolute_url())
    comments = page.locator("#comments")
    comments.locator("textarea").press_sequentially("@馬")
    page.get_by_role("option", name="馬場 健").click()
    comments.locator("textarea").press_sequentially("来週の見積、お願いします")
    comments.get_by_role("button", name="コメントする").click()
    expect(comments.locator(".mention")).to_have_text("@馬場 健")
    page.locator("#tags").get_by_label("タグの名前").fill("重点顧客")
    page.locator("#tags").get_by_role("button", name="追加").click()
    expect(page.locator("#tags .chip")).to_contain_text("重点顧客")
    page.locator("#files input[name=file]").set_input_files(
        {"name": "店舗外観.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(page.locator("#files .file")).to_contain_text("店舗外観.png")
    current = Attachment.objects.get().current
    assert current is not None
    previews.make(current)
    put_away(page)
    page.locator("#circle").get_by_role("button", name="フォローする").click()
    expect(page.locator("#circle")).to_contain_text("フォロー中")
    put_away(page)
    page.locator("#circle").get_by_role("link", name="この記録を共有する").click()
    page.locator("#circle select").select_option(label="千田 葵")
    page.locator("#circle").get_by_role("button", name="共有する").click()
    expect(page.locator("#circle")).to_contain_text("千田 葵")
    page.reload()
    expect(page.locator("#files img")).to_be_visible()
    accessible(page)
    screenshot(page, "record-companions", full_page=True)
    comments.get_by_role("link", name="コメントを変更").click()
    comments.locator(".said textarea").fill("急ぎません")
    comments.get_by_role("button", name="保存").click()
    expect(comments.locator(".said-text")).to_have_text("急ぎません")
    comments.get_by_role("button", name="コメントを削除").click()
    expect(comments.locator(".said")).to_have_count(0)
    page.locator(".toasts").get_by_role("button", name="元に戻す").last.click()
    expect(page.locator("#comments .said-text")).to_have_text("急ぎません")
    react_and_reply(page)
    accessible(page)
    screenshot(page, "comments-answered", full_page=True)


def test_the_administrator_keeps_fields_choices_and_tags(
    cast: Cast,
    enter: Callable[[Person, str], Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., Any],
) -> None:
    from playwright.sync_api import expect

    for name in ("決算月", "紹介者", "席数"):
        custom_fields.add_field("account", "text", name, by=cast.mizuno)
    row = custom_fields.add_field("account", "choice", "地域", by=cast.mizuno)
    for word, colour in (("東海", "orange"), ("関東", "blue")):
        choices.add_choice("account", row.key, word, by=cast.mizuno, colour=colour)
    actions.create("account", {"name": "A", "field_3": "約30"}, by=cast.aoyama)
    tagging.tag_named("展示会2026", by=cast.mizuno)
    page = enter(cast.mizuno, "/settings/fields/account/")
    page.get_by_role("button", name="席数を上へ").click()
    expect(page.locator(".keepers").first.locator("li").nth(1)).to_contain_text("席数")
    accessible(page)
    screenshot(page, "settings-fields", full_page=True)
    page.get_by_role("link", name="項目を追加", exact=True).click()
    accessible(page)
    screenshot(page, "settings-new-field", full_page=True)
    base = page.url.split("/settings/")[0]
    page.goto(f"{base}/settings/fields/account/field_3/type/?type=integer")
    expect(page.locator("#preview")).to_contain_text("約30")
    accessible(page)
    screenshot(page, "settings-change-type", full_page=True)
    for name, address in (("choices", f"choices/account/{row.key}/"), ("tags", "tags/")):
        page.goto(f"{base}/settings/{address}")
        accessible(page)
        screenshot(page, f"settings-{name}", full_page=True)


def test_a_file_is_shown_by_the_browser_itself(cast: Cast, enter: Callable[[Person, str], Page]) -> None:
    from django.core.files.base import ContentFile

    account = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
    shown = filing.add_file(account, ContentFile(picture(), "a.png"), by=cast.aoyama)
    page = enter(cast.aoyama, f"{account.get_absolute_url()}files/{shown.uid}/1/?view")
    assert page.evaluate("document.images[0].naturalWidth") == 600
