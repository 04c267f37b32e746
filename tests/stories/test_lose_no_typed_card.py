"""栄 types a card and her browser closes on her: what she typed stands there again, and so does who it resembles."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile

from daifuku.cards.actions import reading
from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.tests.conftest import picture
from daifuku.customers.models import Lead
from daifuku.jobs.testing import work_off
from daifuku.records.actions import create

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_was_typed_of_a_card_survives_the_page(
    cast: Cast, browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None],
    accessible: Callable[[Page], None], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    monkeypatch.setattr(reading, "_reader", lambda: None)
    create("account", {"name": "株式会社みその工業", "phone": "052-555-0100"}, by=cast.aoyama)
    first, second = (
        bring(ContentFile(picture(name), "meishi.jpg"), by=cast.aoyama, about=About(owner=cast.aoyama))[0]
        for name in ("MISONO", "KITAMURA")
    )
    work_off()
    page = browser_page
    sign_in(page, cast.aoyama)
    page.goto(f"{live_server.url}/cards/{first.uid}/desk/")
    page.locator("#id_company").fill("株式会社みその工業")
    page.locator("#id_family_name").fill("味園")
    page.locator("#id_phone").fill("052-555-0100")
    page.locator("#occasion").fill("名古屋ものづくり展")
    page.goto(f"{live_server.url}/cards/{second.uid}/desk/")
    expect(page.locator("#id_family_name")).to_have_value("")

    page.goto(f"{live_server.url}/cards/{first.uid}/desk/")
    expect(page.get_by_text("前回の入力の続きを表示しています。")).to_be_visible()
    expect(page.locator("#id_family_name")).to_have_value("味園")
    expect(page.locator("#occasion")).to_have_value("名古屋ものづくり展")
    expect(page.locator(".card-doubles").get_by_text("株式会社みその工業")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="新しい見込み客").click()
    page.get_by_text("を登録しました").first.wait_for()
    assert Lead.plain.get().family_name == "味園"
    assert page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('typed:')).length") == 0
