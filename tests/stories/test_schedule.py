"""青山 moves a visit in her schedule: with the mouse, by its menu, with the keys, and back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.activities.models import Plan
from daifuku.records import actions
from daifuku.staff.models import Company
from tests.support.looking import Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOKYO = ZoneInfo("Asia/Tokyo")


def tuesday() -> Any:
    """Of next week, so that it is never today."""
    today = timezone.localdate()
    return today + timedelta(days=8 - today.weekday())


def at(hour: int, days: int = 0) -> datetime:
    return datetime.combine(tuesday() + timedelta(days=days), time(hour), TOKYO)


@pytest.fixture
def enter(open_page: Callable[..., Page], cast: Cast, live_server: Any) -> Callable[..., Page]:
    """青山's schedule of next week; on Tuesday at ten she visits somebody."""

    def enter(screen: str, query: str = "") -> Page:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        by = cast.aoyama
        firm = actions.create("account", {"name": "株式会社青葉商事"}, by=by)
        visit = {"account": firm, "method": "visit", "subject": "見積の説明", "started_at": at(10)}
        actions.create("plan", {**visit, "ended_at": at(11)}, by=by)
        actions.create("task", {"subject": "見本を送る", "due_on": tuesday()}, by=by)
        client = Client()
        client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(screen)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[typeddict-item]
        page.goto(f"{live_server.url}/schedule/?day={tuesday()}{query}")
        return page

    return enter


def starts(moment: datetime) -> None:
    assert Plan.plain.get().started_at == moment


def test_the_mouse_puts_it_on_another_day_and_hour(enter: Callable[..., Page]) -> None:
    from playwright.sync_api import expect

    page = enter("desk")
    Look(page).well("schedule")
    block = page.locator(".plan-block")
    box = block.bounding_box()
    place = page.locator(f'[data-at="{tuesday() + timedelta(days=1)}T14:00"]').bounding_box()
    assert box
    assert place
    # Taken hold of in its middle; what counts is where it begins.
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(place["x"] + 30, place["y"] + 10 + box["height"] / 2, steps=8)
    page.mouse.up()
    expect(page.locator(f'.plan-block[data-at="{tuesday() + timedelta(days=1)}T14:00"]')).to_be_visible()
    starts(at(14, 1))
    with page.expect_navigation():
        page.get_by_role("button", name="元に戻す").click()
    expect(page.locator(f'.plan-block[data-at="{tuesday()}T10:00"]')).to_be_visible()
    starts(at(10))


def test_the_keys_move_it_and_the_focus_stays(enter: Callable[..., Page]) -> None:
    from playwright.sync_api import expect

    page = enter("desk")
    page.locator(".plan-block > a").focus()
    page.keyboard.press("Control+ArrowRight")
    expect(page.locator(f'.plan-block[data-at="{tuesday() + timedelta(days=1)}T10:00"] > a')).to_be_focused()
    page.keyboard.press("Control+ArrowDown")
    expect(page.locator(f'.plan-block[data-at="{tuesday() + timedelta(days=1)}T10:30"] > a')).to_be_focused()
    starts(at(10, 1) + timedelta(minutes=30))


def test_in_a_month_the_hour_stays(enter: Callable[..., Page]) -> None:
    from playwright.sync_api import expect

    page = enter("desk", "&by=month")
    Look(page).well("month")
    page.locator(".plan-block").drag_to(page.locator(f'[data-day="{tuesday() + timedelta(days=2)}"]'))
    expect(page.locator(f'.plan-block[data-at="{tuesday() + timedelta(days=2)}T10:00"]')).to_be_visible()
    starts(at(10, 2))


def test_put_on_a_colleagues_day_it_is_his(enter: Callable[..., Page], cast: Cast) -> None:
    from playwright.sync_api import expect

    page = enter("desk", f"&by=day&who=team-{cast.section.pk}")
    Look(page).well("team")
    theirs = page.locator(f'[data-owner="{cast.baba.pk}"] [data-at="{tuesday()}T14:00"]')
    page.locator(".plan-block").drag_to(theirs, source_position={"x": 20, "y": 5})
    expect(page.locator(".toast")).to_contain_text("馬場 健さんの")
    expect(theirs.locator("xpath=ancestor::section")).to_contain_text("見積の説明")
    starts(at(14))
    assert Plan.plain.get().owner == cast.baba


def test_an_empty_half_hour_opens_the_form_with_its_time(enter: Callable[..., Page]) -> None:
    from playwright.sync_api import expect

    page = enter("desk")
    page.locator(f'[data-at="{tuesday()}T15:30"]').click()
    expect(page.locator("#sheet [name=started_at]")).to_have_value(f"{tuesday()}T15:30")


def test_on_the_phone_the_day_is_a_list_and_the_menu_moves(enter: Callable[..., Page]) -> None:
    from playwright.sync_api import expect

    page = enter("phone")
    look = Look(page)
    look.well("day")
    assert page.locator(".schedule-day:visible").count() == 1
    page.get_by_role("button", name="「見積の説明」を移す").click()
    look.well("menu")
    page.get_by_role("menuitem", name="次の日へ").click()
    expect(page.locator(".plan-block:visible")).to_have_count(0)
    starts(at(10, 1))
    page.locator(".schedule-strip a").nth(2).click()
    expect(page.locator(".plan-block:visible")).to_have_count(1)
    look.well("next day")
    look.complain()
