"""青山 ticks a checklist, lets a task come again, and plans a meeting of every week, at the desk and on the phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.activities.models import Plan, Task
from daifuku.records import actions
from daifuku.staff.models import Company
from tests.support.looking import Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(browser_page: Page, cast: Cast, live_server: Any) -> Callable[[Any], Page]:
    """青山's screen on the page of a record of hers."""

    def enter(record: Any) -> Page:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        client = Client()
        client.force_login(cast.aoyama, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        browser_page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[typeddict-item]
        browser_page.goto(f"{live_server.url}{record.get_absolute_url()}")
        return browser_page

    return enter


def test_a_checklist_is_ticked_and_the_task_comes_again(enter: Callable[[Any], Page], cast: Cast) -> None:
    from playwright.sync_api import expect

    due = timezone.localdate() + timedelta(days=3)
    page = enter(actions.create("task", {"subject": "請求書を確かめる", "due_on": due}, by=cast.aoyama))
    look = Look(page)
    page.get_by_label("チェックリストに追加すること").fill("単価を確かめる\n経理に渡す")
    page.locator("#checklist").get_by_role("button", name="追加").click()
    tick = page.get_by_role("checkbox", name="単価を確かめる")
    tick.click()
    expect(page.get_by_role("checkbox", name="単価を確かめる")).to_be_checked()
    expect(page.get_by_role("checkbox", name="単価を確かめる")).to_be_focused()
    look.well("checklist")
    page.get_by_role("link", name="繰り返しを設定").click()
    page.get_by_label("繰り返し方").select_option(label="毎月")
    page.get_by_label("日（毎月のとき）").select_option(label="末日")
    look.well("repetition")
    page.get_by_role("button", name="設定する").click()
    expect(page.locator("#panel-repetition")).to_contain_text("毎月 末日")
    page.get_by_role("button", name="完了にする").click()
    expect(page.get_by_text("次は")).to_be_visible()
    following = Task.plain.get(previous__isnull=False)
    assert [item["done"] for item in following.items] == [False, False]
    look.complain()


def test_a_meeting_of_every_week_is_called_off_from_one_on(
    enter: Callable[[Any], Page], cast: Cast, live_server: Any
) -> None:
    from playwright.sync_api import expect

    firm = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
    start = timezone.now() + timedelta(days=1)
    page = enter(
        actions.create("plan", {"account": firm, "subject": "定例", "started_at": start}, by=cast.aoyama)
    )
    look = Look(page)
    page.get_by_role("link", name="この予定を繰り返す").click()
    look.well("repeat")
    page.get_by_role("button", name="繰り返す").click()
    expect(page.locator("#panel-series")).to_contain_text("毎週")
    look.well("series")
    page.goto(f"{live_server.url}{Plan.plain.order_by('started_at')[2].get_absolute_url()}")
    page.get_by_role("link", name="これ以降をまとめて中止").click()
    page.get_by_label("理由").fill("契約の終わり")
    look.well("cancel following")
    page.get_by_role("button", name="まとめて中止にする").click()
    expect(page.get_by_text("これ以降の予定を中止しました。")).to_be_visible()
    assert Plan.plain.filter(state="planned").count() == 2
    look.complain()
