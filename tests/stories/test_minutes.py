"""Minutes are written once: they are the talk, the task, the next plan and the customer's voice."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.activities.models import Plan, Talk, Task
from daifuku.minutes.actions import change_template, write
from daifuku.minutes.headings import headings_of
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
HEADINGS = (
    "課題\n予算と時期 | 金額、いつまでに\n・予算（数字）\n・導入の時期（日付）\n決める流れ\n・決める人（人）"
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


def enter(page: Page, person: Any, live_server: Any) -> None:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[list-item, typeddict-item]


def test_two_who_write_see_each_other_and_lose_nothing(
    cast: Cast, open_page: Callable[..., Page], live_server: Any
) -> None:
    from playwright.sync_api import expect

    firm = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
    text = "【議題】\n新しい箱\n【決定事項】\n未定\n【次にすること】\n未定"
    talk = write({"account": firm, "method": "visit", "content": "other", "text": text}, by=cast.aoyama)
    address = f"{live_server.url}{talk.get_absolute_url()}minutes/"
    desk, phone = open_page("desk"), open_page("phone")
    for page, person in ((desk, cast.aoyama), (phone, cast.osaki)):
        enter(page, person, live_server)
        page.goto(address)
    expect(phone.locator("[data-minutes-target=here]")).to_contain_text("青山")
    desk.reload()
    expect(desk.locator("[data-minutes-target=here]")).to_contain_text("大崎")
    look = Look(phone)
    look.well("together")
    phone.locator("textarea[name=text]").fill(text.replace("新しい箱", "小さい箱"))
    phone.get_by_role("button", name="保存して書き続ける").click()
    phone.get_by_text("議事録を保存しました").first.wait_for()
    desk.locator("textarea[name=text]").fill(
        text.replace("【次にすること】\n未定", "【次にすること】\n見積を送る")
    )
    desk.get_by_role("button", name="保存", exact=True).click()
    desk.wait_for_url(f"{live_server.url}{talk.get_absolute_url()}")
    kept = Talk.plain.get().text
    assert ("小さい箱" in kept, "見積を送る" in kept) == (True, True)
    look.complain()


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_the_blanks_of_a_template_are_filled_beside_the_text(
    cast: Cast, open_page: Callable[..., Page], live_server: Any, screen: str
) -> None:
    from playwright.sync_api import expect

    firm = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
    page = open_page(screen)
    enter(page, cast.aoyama, live_server)
    values = {"name": "初回訪問", "method": "visit", "content": "question", "headings": headings_of(HEADINGS)}
    template = change_template(None, values, by=cast.mizuno)
    page.goto(f"{live_server.url}/minutes/new/?template={template.uid}&account={firm.uid}")
    look, text = Look(page), page.locator("textarea[name=text]")
    page.get_by_label("予算", exact=True).fill("120万円")
    expect(text).to_have_value(re.compile("予算: 120万円"))
    look.well("blanks")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("「導入の時期」「決める人」が、まだ空いています").first.wait_for()
    expect(text).to_have_value(re.compile("予算: 120万円"))
    text.fill(text.input_value().replace("導入の時期: ", "導入の時期: 来月末"))
    expect(page.get_by_label("導入の時期")).to_have_value("来月末")
    page.get_by_role("button", name="空いている行を消して保存").click()
    page.wait_for_url(re.compile("/talks/"))
    kept = Talk.plain.get().text
    assert ("導入の時期: 来月末" in kept, "決める人" in kept) == (True, False)
    expect(page.locator(".minutes-answers").first).to_contain_text("120万円")
    look.complain()
