"""青山 records a complaint on her phone and closes the day; 大崎 reads it; 森 finds it first and shares it with all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities.models import Talk
from daifuku.daily.models import Report
from daifuku.ledger import subscribing
from daifuku.messages.models import Notice
from tests.stories.phone_support import Handset
from tests.support.looking import Look

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REMARK = "同じ品を納めている先に、こちらから電話を入れよう。"


@pytest.fixture
def enter(
    open_page: Callable[..., Page], live_server: Any, sign_in: Callable[[Page, Person], None]
) -> Callable[..., Page]:
    def enter(person: Person, screen: str, path: str) -> Page:
        page = open_page(screen)
        sign_in(page, person)
        page.goto(f"{live_server.url}{path}")
        return page

    return enter


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_one_entry_is_the_report_the_morning_and_what_everybody_hears(
    handset: Handset, cast: Cast, enter: Callable[..., Page], screen: str
) -> None:
    from playwright.sync_api import expect

    subscribing.deliver()
    handset.record("電話", "クレーム", "瓶が割れて届いたとのこと。お詫びし、明日代わりをお届けする。")
    handset.is_sent()

    hers = enter(cast.aoyama, screen, "/daily/")
    look = Look(hers)
    look.well("my report")
    expect(hers.get_by_text("瓶が割れて届いた").first).to_be_visible()
    hers.get_by_label("所感", exact=True).fill("仕切りの段ボールを厚くしたい")
    expect(hers.get_by_role("status").filter(has_text="下書きを保存しました")).to_be_visible()
    hers.reload()
    expect(hers.get_by_label("所感", exact=True)).to_have_value("仕切りの段ボールを厚くしたい")
    hers.get_by_role("button", name="今日を締める").click()
    expect(hers.locator("main").get_by_text("締めた", exact=True)).to_be_visible()
    look.complain()

    head = enter(cast.osaki, screen, "/daily/all/")
    look = Look(head)
    look.well("reports of all")
    head.locator(".daily-waiting").get_by_role("link", name="青山 凛").click()
    expect(head.locator("main")).to_contain_text("仕切りの段ボールを厚くしたい")
    head.get_by_role("button", name="確認しました").click()
    expect(head.get_by_text("未確認の日報")).to_have_count(0)
    look.complain()

    president = enter(cast.mori, screen, f"/daily/morning/?day={Report.plain.get().day}")
    look = Look(president)
    look.well("morning")
    first = president.locator(".morning section[data-part]").first
    expect(first).to_contain_text("クレーム")
    expect(first).to_contain_text("株式会社青葉商事")
    first.get_by_role("link", name="を全員に共有").click()
    president.get_by_label("ひと言").fill(REMARK)
    president.get_by_role("button", name="全員に共有する").click()
    expect(president.get_by_text(REMARK).first).to_be_visible()
    look.complain()

    subscribing.deliver()
    assert Notice.objects.filter(person=cast.baba).exists()
    everybody = enter(cast.baba, screen, "/")
    expect(everybody.get_by_text(REMARK).first).to_be_visible()
    assert Talk.plain.count() == 1
    assert Report.plain.count() == 1
