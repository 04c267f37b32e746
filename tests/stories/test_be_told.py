"""馬場 is told: a mention reaches his page and his phone; he makes it quieter; 水野 decides who hears of complaints.

The service of the browser's maker is played by a server of ours on this machine, to which the program really sends and
which decrypts as the browser would; what it read is then handed to the browser's own worker, which shows it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.foundation.outgoing import allowed
from daifuku.ledger import subscribing
from daifuku.messages.models import Notice, SharingRule
from daifuku.messages.push import sending
from daifuku.messages.sharing import digests
from daifuku.records import actions
from daifuku.records.actions.commenting import write_comment
from tests.support.browser import FLAGS, WHOLE, program
from tests.support.push_service import Browser
from tests.support.receiver import receiving

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import Page, Playwright

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Subscribing asks the maker's service, which is out of reach here; everything else is the browser's own.
SUBSCRIBED = """told => {
  let there = null
  const toJSON = () => ({ endpoint: told.endpoint, keys: { p256dh: told.key, auth: told.auth } })
  const made = { endpoint: told.endpoint, toJSON, unsubscribe: async () => { there = null; return true } }
  PushManager.prototype.subscribe = async () => (there = made)
  PushManager.prototype.getSubscription = async () => there
  Notification.requestPermission = async () => "granted"
}"""

SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/phone/")
  return (await registration.getNotifications()).map((one) => [one.title, one.body, one.data.url])
}"""


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Chromium]:
    """The whole one: the shell shows no notifications."""
    browser = playwright.chromium.launch(executable_path=program(WHOLE), args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def browser(settings: Any) -> Iterator[Browser]:
    with receiving() as found:
        settings.CALLS_ALLOWED = allowed.read([found.place])
        yield Browser(found)


def work_off() -> None:
    while subscribing.anything_waiting() and subscribing.deliver():
        pass
    Notice.objects.filter(due_at__isnull=False).update(due_at=timezone.now())
    digests.send_due()
    sending.send_due()


def deliver(page: Page, scope: str, said: bytes) -> None:
    """Gives the worker what the service would have given it."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(
            row["registrationId"] for row in event["registrations"] if row["scopeURL"].endswith(scope)
        ),
    )
    session.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    origin = page.evaluate("location.origin")
    session.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": found[-1], "data": said.decode()},
    )


def test_a_mention_reaches_the_page_and_the_phone(
    cast: Cast, browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None], browser: Browser,
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    page = browser_page
    subscribing.deliver()
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    page.context.grant_permissions(["notifications"], origin=live_server.url)
    page.add_init_script(f"({SUBSCRIBED})({json.dumps(browser.told)})")
    sign_in(page, cast.baba)
    page.goto(f"{live_server.url}/account/notices/")
    page.get_by_role("button", name="この端末で受け取る").click()
    expect(page.get_by_text("この端末に届きます。")).to_be_visible()
    accessible(page)
    screenshot(page, "receiving", full_page=True)

    write_comment(account, "@馬場 健 見積をお願いします", by=cast.aoyama)
    work_off()
    (got,) = browser.receiver.got
    said = browser.read(got.body)
    assert "呼んでいます" in json.loads(said)["body"]
    deliver(page, "/phone/", said)
    page.wait_for_timeout(500)
    shown = page.evaluate(SHOWN)
    assert shown == [["大福帳", json.loads(said)["body"], json.loads(said)["url"]]]

    page.goto(f"{live_server.url}/notices/")
    expect(page.locator(".notice-list")).to_contain_text("コメントであなたが呼ばれたため")
    accessible(page)
    screenshot(page, "notices")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page).to_have_url(live_server.url + account.get_absolute_url())

    page.goto(f"{live_server.url}/account/notices/")
    page.get_by_label("コメントで呼ばれたとき").select_option("morning")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("受け取り方を保存しました。")).to_be_visible()
    write_comment(account, "@馬場 健 もう一度", by=cast.aoyama)
    subscribing.deliver()
    assert Notice.objects.filter(person=cast.baba).latest("pk").timing == "morning"


def test_the_administrator_decides_who_hears_of_complaints(
    cast: Cast, browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None],
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    page = browser_page
    sign_in(page, cast.mizuno)
    page.goto(f"{live_server.url}/settings/sharing/")
    expect(page.get_by_role("table")).to_contain_text("クレーム")
    accessible(page)
    screenshot(page, "matrix")
    page.get_by_role("navigation", name="役割").get_by_role("link", name="経理担当").click()
    page.get_by_label("クレームをいつ知らせるか").select_option("at_once")
    page.get_by_label("クレームをどこまで知らせるか").select_option("full")
    accessible(page)
    screenshot(page, "matrix-role")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("保存しました。")).to_be_visible()
    rule = SharingRule.objects.get()
    assert (rule.happening, rule.timing, rule.depth) == ("talk.complaint", "at_once", "full")
    page.get_by_role("button", name="元に戻す").click()
    expect(page.locator(".toasts, .banner").first).to_be_visible()
    assert not SharingRule.objects.exists()


def test_the_sheet_tells_whoever_was_not_there(
    cast: Cast, browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None],
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    values = {
        "name": "株式会社青葉商事", "kana": "アオバショウジ", "industry": "wholesale", "employees": 50,
        "annual_sales": 120_000_000, "products": "味噌、醤油、調味料", "closing_day": "20",
        "payment_terms": "翌月末払い", "phone": "052-123-4567",
        "prefecture": "愛知県", "city": "名古屋市中区", "street": "丸の内1-2-3",
    }  # fmt: skip
    account = actions.create("account", values, by=cast.aoyama)
    for name, role in (("田中", "decides"), ("鈴木", "window")):
        actions.create(
            "contact",
            {"family_name": name, "account": account, "role": role, "title": "部長"},
            by=cast.aoyama,
        )
    actions.create(
        "task", {"account": account, "subject": "見積を送る", "due_on": "2026-11-20"}, by=cast.aoyama
    )
    talk = {
        "account": account,
        "method": "phone",
        "content": "order",
        "text": "味噌を十箱。納期は来週。",
        "next_step": "納期の返事",
    }
    actions.create("talk", talk, by=cast.aoyama)
    page = browser_page
    sign_in(page, cast.eguchi)
    page.goto(live_server.url + account.get_absolute_url())
    screenshot(page, "account-with-sheet")
    page.get_by_role("link", name="お客様シート").click()
    expect(page.locator("#sheet-terms")).to_contain_text("翌月末払い")
    expect(page.locator("#sheet-promised")).to_contain_text("見積を送る")
    accessible(page)
    screenshot(page, "customer-sheet", full_page=True)
