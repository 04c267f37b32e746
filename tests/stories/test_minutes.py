"""Minutes are written once: they are the talk, the task, the next plan and the customer's voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.activities.models import Plan, Talk, Task
from daifuku.minutes.actions import write
from daifuku.records import actions
from daifuku.voices.models import Voice
from tests.support.looking import Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = (
    "【要望】\n・小さい箱がほしい\n【ToDo】\n・見積を送る 金曜まで\n【次回】\n・来週の水曜 14:00 見積の説明\n"
)


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_what_was_written_once_is_all_of_it(
    cast: Cast, open_page: Callable[..., Page], live_server: Any, screen: str
) -> None:
    from playwright.sync_api import expect

    firm = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
    about = {"account": firm, "method": "visit", "content": "other", "text": "【議題】\nご挨拶\n"}
    talk = write(about, by=cast.aoyama)
    client = Client()
    client.force_login(cast.aoyama, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = open_page(screen)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[typeddict-item]
    page.goto(f"{live_server.url}{talk.get_absolute_url()}minutes/")
    page.locator("textarea[name=text]").fill(TEXT)
    expect(page.locator("input[name=accept]")).to_have_count(3)
    Look(page).well("minutes")
    page.get_by_role("button", name="すべてに印を付ける").click()
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url(f"{live_server.url}{talk.get_absolute_url()}")
    assert Talk.plain.get().text.strip() == TEXT.strip()
    assert [model.plain.get().account for model in (Task, Plan, Voice)] == [firm] * 3
