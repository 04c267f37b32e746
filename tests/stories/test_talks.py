"""青山 plans a visit on the customer's page, writes down what came of it, and finds the next one under 今日."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.activities.models import Plan, Talk
from daifuku.records import actions
from daifuku.staff.models import Company
from tests.support.looking import Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(open_page: Callable[..., Page], cast: Cast, live_server: Any) -> Callable[[str], Page]:
    """A screen of 青山's; her customer has somebody, a call, a visit that waits for its result, a task."""

    def enter(screen: str) -> Page:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        by, now = cast.aoyama, timezone.now()
        firm = actions.create("account", {"name": "株式会社青葉商事"}, by=by)
        sato = actions.create("contact", {"family_name": "佐藤", "account": firm}, by=by)
        call = {"method": "phone", "content": "delivery", "text": "納期の確認。\n月末で了承いただいた。"}
        actions.create("talk", {**call, "contact": sato, "started_at": now - timedelta(days=400)}, by=by)
        visit = {
            "contact": sato,
            "method": "visit",
            "subject": "見積の説明",
            "started_at": now - timedelta(days=2),
        }
        actions.create("plan", visit, by=by)
        task = {"account": firm, "subject": "見本を送る", "due_on": timezone.localdate(), "priority": "high"}
        actions.create("task", task, by=by)
        client = Client()
        client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(screen)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[typeddict-item]
        page.goto(f"{live_server.url}{firm.get_absolute_url()}")
        return page

    return enter


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_visit_becomes_its_result_and_the_next_visit(
    enter: Callable[[str], Page], screen: str, live_server: Any
) -> None:
    from playwright.sync_api import expect

    page = enter(screen)
    look = Look(page)
    look.well("account")
    page.get_by_role("link", name="見積の説明").first.click()
    look.well("plan")
    page.get_by_role("link", name="延期").click()
    look.well("postpone")
    page.go_back()
    page.get_by_role("link", name="結果を記録").click()
    look.well("finish")
    page.get_by_label("対応内容").select_option(label="注文内容の確認")
    page.locator("[name=text]").fill("20個で決まり。")
    next_visit = timezone.localtime() + timedelta(days=1)
    page.locator("[name=next-started_at]").fill(f"{next_visit:%Y-%m-%dT10:00}")
    page.locator("[name=next-subject]").fill("納品の立ち会い")
    page.get_by_role("button", name="結果を保存").click()
    expect(page.get_by_role("heading", level=1, name="見積の説明")).to_be_visible()
    look.well("talk")
    page.goto(f"{live_server.url}/today/")
    look.well("today")
    expect(page.get_by_role("link", name="納品の立ち会い")).to_be_visible()
    page.get_by_role("button", name="完了").click()
    expect(page.get_by_text("「見本を送る」を完了にしました。")).to_be_visible()
    expect(page.get_by_role("button", name="未完了に戻す")).to_be_visible()
    look.well("today, done")
    for address in ("/", "/talks/", "/plans/", "/tasks/", "/talks/new/", "/plans/new/", "/tasks/new/"):
        page.goto(f"{live_server.url}{address}")
        look.well(address)
    look.complain()
    assert Talk.plain.filter(content="order").get().plan == Plan.plain.get(state="done")
