"""青山 opens her card while it is still being read: what is read comes into the page, what she has typed stays."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile

from daifuku.cards.actions import reading
from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.tests.conftest import picture
from daifuku.jobs.testing import work_off

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Reader:
    """Reads the same from every card; sure of all but the mail."""

    class NotAPicture(Exception):  # noqa: N818 - as the reader's own is called
        pass

    def read_apart(self, data: bytes, name: str) -> list[Any]:
        words = {
            "company": ("読み間違い工業", 0.9),
            "family_name": ("味園", 0.99),
            "email": ("m@misono.example.jp", 0.4),
        }
        fields = {
            key: SimpleNamespace(value=value, box=(0.1, 0.1, 0.5, 0.2), confidence=sure)
            for key, (value, sure) in words.items()
        }
        line = SimpleNamespace(text="味園", box=(0.1, 0.1, 0.5, 0.2), confidence=0.99)
        return [SimpleNamespace(picture=data, lines=[line], fields=fields, trouble="")]


def test_what_is_read_comes_into_the_page(
    cast: Cast, browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None],
    accessible: Callable[[Page], None], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    monkeypatch.setattr(reading, "_reader", Reader)
    card, _fresh = bring(ContentFile(picture(), "meishi.jpg"), by=cast.aoyama, about=About(owner=cast.aoyama))
    page = browser_page
    sign_in(page, cast.aoyama)
    page.goto(f"{live_server.url}/cards/{card.uid}/desk/")
    expect(page.get_by_text("写真を読み取っています")).to_be_visible()
    accessible(page)
    page.locator("#id_company").fill("株式会社みその工業")
    work_off()
    expect(page.get_by_text("読み取りが終わりました")).to_be_visible(timeout=20_000)
    expect(page.locator("#id_company")).to_have_value("株式会社みその工業")
    expect(page.locator("#id_family_name")).to_have_value("味園")
    expect(page.locator("[data-doubtful] #id_email")).to_have_value("m@misono.example.jp")
    page.locator("#id_given_name").focus()
    page.locator(".card-words").get_by_role("button", name="味園").click()
    expect(page.locator("#id_given_name")).to_have_value("味園")
    accessible(page)
