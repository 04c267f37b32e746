"""青山 forgot a result: she finds it, enters it, says why another was late; 大崎 accepts, and the numbers follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.duties.models import Duty, Policy, State
from daifuku.duties.sources.sweeping import sweep
from daifuku.ledger.channel import through
from daifuku.penalties.actions import edit_terms
from daifuku.penalties.models import Entry, EntryState
from daifuku.records import actions
from daifuku.staff.models import Company
from tests.support.looking import Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def forgotten(cast: Cast) -> Any:
    """Two visits that are over for days, without a result."""
    Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
    Policy.objects.create(begins_on=date(2026, 1, 1), fewest=1)
    firm = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.aoyama)
    now = timezone.now()
    for days, subject in ((6, "見積の説明"), (7, "見本のご紹介")):
        start = now - timedelta(days=days, hours=2)
        with through(at=start - timedelta(days=1)):
            visit = {"account": firm, "method": "visit", "subject": subject, "started_at": start}
            actions.create("plan", {**visit, "ended_at": start + timedelta(hours=1)}, by=cast.aoyama)
    sweep(now)
    return firm


@pytest.fixture
def open_as(open_page: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    def enter(person: Person, screen: str, address: str) -> Page:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(screen)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([{**cookie, "httpOnly": True}])  # type: ignore[typeddict-item]
        page.goto(f"{live_server.url}{address}")
        return page

    return enter


def looks_well(page: Page, name: str) -> None:
    look = Look(page)
    look.well(name)
    look.complain()


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_what_was_forgotten_is_entered_or_explained(
    cast: Cast, forgotten: Any, open_as: Callable[..., Page], screen: str
) -> None:
    from playwright.sync_api import expect

    page = open_as(cast.aoyama, screen, "/duties/")
    looks_well(page, "duties")
    expect(page.locator(".duty")).to_have_count(2)
    expect(page.locator(".duty").first).to_contain_text("入力漏れ")
    page.locator(".duty", has_text="見積の説明").get_by_role("link", name="結果を記録").click()
    page.locator("#id_content").select_option("order")
    page.locator("#id_text").fill("金額は了承、支払条件だけ社内で確認される。")
    page.get_by_role("button", name="結果を保存").click()
    page.wait_for_load_state()
    page.goto(page.url.split("/talks/")[0] + "/duties/")
    expect(page.locator(".duty")).to_have_count(1)

    page.locator(".duty .menu > summary").click()
    page.get_by_role("link", name="理由を申し出る").click()
    page.get_by_role("button", name="申し出る").click()
    expect(page.get_by_text("理由を入力してください。")).to_be_visible()
    page.get_by_label("理由").fill("山あいの工場で電波がなかったため")
    page.get_by_role("button", name="申し出る").click()
    expect(page.locator(".duty")).to_contain_text("理由を申し出ています")

    boss = open_as(cast.osaki, screen, "/duties/pleas/")
    looks_well(boss, "pleas")
    boss.get_by_role("link", name="認める", exact=True).click()
    boss.get_by_role("button", name="免除する").click()
    expect(boss.get_by_text("判断を待っている申し出はありません。")).to_be_visible()
    states = sorted(Duty.objects.values_list("state", flat=True))
    assert states == [State.EXCUSED, State.LATE]
    boss.goto(boss.url.replace("/pleas/", "/rate/"))
    looks_well(boss, "input rate")
    expect(boss.get_by_text("1件のうち、期限内 0件、遅れ 1件、入力漏れ 0件")).to_be_visible()


def test_an_entry_of_the_ledger_is_objected_to(
    cast: Cast, forgotten: Any, open_as: Callable[..., Page]
) -> None:
    from playwright.sync_api import expect

    from daifuku.penalties.actions import enter_misses

    edit_terms({"on": True, "begins_on": "2026-01-01"}, by=cast.mizuno)
    enter_misses(timezone.localdate())
    page = open_as(cast.aoyama, "phone", "/penalties/")
    months = Entry.objects.values_list("day", flat=True)
    page.goto(f"{page.url}?month={min(months):%Y-%m}")
    looks_well(page, "statement")
    page.locator(".duty-what > a").first.click()
    page.get_by_role("link", name="異議を申し立てる").click()
    page.get_by_label("理由").fill("その日は会社の停電でした")
    page.get_by_role("button", name="申し立てる").click()
    expect(page.get_by_text("異議を確認中")).to_be_visible()
    page.get_by_role("button", name="元に戻す").click()
    page.wait_for_load_state()
    expect(page.get_by_text("異議を申し立てる")).to_be_visible()
    assert not Entry.objects.exclude(state=EntryState.STANDS).exists()
