"""青山 watches her import, leaves it, finds it again; 馬場 reads what he was told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.jobs import handlers, queue
from daifuku.jobs.models import Job
from daifuku.jobs.running import Running
from daifuku.messages import mail, notices

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(browser_page: Page, live_server: Any) -> Callable[[Person, str], Page]:
    """Opens an address as somebody who has signed in."""

    def enter(person: Person, path: str) -> Page:
        client = Client()
        client.force_login(person)
        cookie = client.cookies["sessionid"]
        browser_page.context.add_cookies(
            [{"name": "sessionid", "value": cookie.value, "url": live_server.url, "httpOnly": True}]
        )
        browser_page.goto(live_server.url + path)
        return browser_page

    return enter


@pytest.fixture
def job(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(handlers, "_handlers", {})
    handlers.register("test.import", lambda running: None, cancellable=True)
    return queue.enqueue("test.import", {}, by=cast.aoyama, title="顧客名簿_2026年11月.csv の取り込み")


def test_progress_moves_by_itself_and_stops_asking_at_the_end(
    cast: Cast,
    job: Job,
    enter: Callable[[Person, str], Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., object],
) -> None:
    from playwright.sync_api import expect

    page = enter(cast.aoyama, f"/jobs/{job.uid}/")
    part = page.locator("#job")
    expect(part).to_contain_text("待機中")
    claimed = queue.claim()
    assert claimed is not None
    running = Running(claimed)
    running.expect(22_200)
    running.advance(8_400)
    expect(part).to_contain_text("22,200件中8,400件")
    accessible(page)
    screenshot(page, "job-running")
    queue.finish(claimed, Job.State.DONE, result={"url": "/jobs/"})
    expect(part).to_contain_text("完了")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(2200)
    assert asked == []
    accessible(page)
    page.get_by_role("link", name="結果を見る").click()
    expect(page.get_by_role("link", name="顧客名簿")).to_be_visible()
    accessible(page)
    screenshot(page, "jobs")


def test_a_running_job_can_be_stopped(cast: Cast, job: Job, enter: Callable[[Person, str], Page]) -> None:
    from playwright.sync_api import expect

    claimed = queue.claim()
    assert claimed is not None
    page = enter(cast.aoyama, f"/jobs/{job.uid}/")
    page.get_by_role("button", name="中止する").click()
    expect(page.locator("#job")).to_contain_text("中止しています")
    assert Running(claimed).cancelled
    queue.finish(claimed, Job.State.CANCELLED)
    expect(page.locator(".chip")).to_have_text("中止")


def test_notices_and_the_outbox_can_be_read_by_everybody_who_may(
    cast: Cast,
    enter: Callable[[Person, str], Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., object],
) -> None:
    from playwright.sync_api import expect

    for number in range(3):
        sentence = f"大崎 涼さんが、あなたを「青葉商事第{number}支店」の担当にしました。"
        notices.notify(cast.mizuno, kind="x", sentence=sentence, url="/jobs/")
    notices.notify(cast.mizuno, kind="x", sentence=f"「{'鶴' * 150}」の担当になりました。", url="/jobs/")
    mail.send("baba@example.jp", "大福帳への招待", "本文", key="k")
    page = enter(cast.mizuno, "/notices/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    accessible(page)
    screenshot(page, "notices")
    page.get_by_role("button", name="すべて既読にする").click()
    expect(page.locator(".notice-list").get_by_text("未読", exact=True)).to_have_count(0)
    page.goto(page.url.replace("/notices/", "/settings/mail/"))
    page.get_by_role("button", name="テスト送信").click()
    expect(page.get_by_text("mizuno@example.jp", exact=True)).to_be_visible()
    accessible(page)
    screenshot(page, "mail")
