"""青山 sends cards from the page: a broken picture is refused beside its name, and what cannot go yet waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.cards.models import Card
from daifuku.cards.tests.conftest import picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def chosen(page: Page, **files: bytes) -> None:
    sent = [
        {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": content}
        for name, content in files.items()
    ]
    page.locator("input[name=file]").set_input_files(sent)  # type: ignore[arg-type]


def test_a_refused_picture_has_its_sentence_and_no_broken_preview(
    cast: Cast, browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None],
    accessible: Callable[[Page], None], screenshot: Callable[..., None],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    page = browser_page
    sign_in(page, cast.aoyama)
    page.goto(f"{live_server.url}/cards/new/")
    chosen(page, good=picture(), words=b"not a picture", cut=picture()[:200])
    lines = page.locator(".card-sent > li")
    expect(lines.nth(0)).to_contain_text("送りました")
    expect(lines.nth(1)).to_contain_text("名刺として読めるファイルではありません")
    expect(lines.nth(2)).to_contain_text("送りました")
    expect(lines.nth(0).locator("img")).to_have_js_property("complete", True)
    shown = page.locator(".card-sent img").evaluate_all("all => all.map((each) => each.naturalWidth)")
    assert shown, "the good one has its preview"
    assert all(shown)
    assert lines.nth(1).locator("img").count() == 0
    accessible(page)
    screenshot(page, "card-refused")


def test_who_was_signed_out_signs_in_elsewhere_and_loses_no_picture(
    cast: Cast, browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None]
) -> None:
    from playwright.sync_api import expect

    page = browser_page
    sign_in(page, cast.aoyama)
    page.goto(f"{live_server.url}/cards/new/")
    page.context.clear_cookies()
    chosen(page, meishi=picture())
    line = page.locator(".card-sent > li")
    expect(line).to_contain_text("ログインの有効期限が切れました")
    assert not Card.objects.exists()
    other = page.context.new_page()
    sign_in(other, cast.aoyama)
    expect(line).to_contain_text("送りました", timeout=20_000)
    assert Card.objects.get().brought_by == cast.aoyama
