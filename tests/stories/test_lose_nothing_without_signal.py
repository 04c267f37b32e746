"""青山's phone has no signal, dies, is signed out, is lent: what she typed is sent once, or she is told it is gone."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.models import Talk, Task
from daifuku.records import actions
from daifuku.records.actions.filing import files_of
from daifuku.staff.actions.devices import sign_out_everywhere
from daifuku.staff.models import Company
from tests.stories.phone_support import Handset
from tests.support.browser import FLAGS, SHELL, VIEWPORTS, program
from tests.support.looking import Look
from tests.support.lossy import Line, lossy_line

if TYPE_CHECKING:
    from playwright.sync_api import BrowserType, FilePayload, Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def said() -> list[str]:
    """What came in, in the order in which it came."""
    return list(Talk.plain.order_by("pk").values_list("text", flat=True))


def wait_for(words: list[str]) -> None:
    until = time.monotonic() + 30
    while said() != words and time.monotonic() < until:
        time.sleep(0.1)
    time.sleep(0.5)
    assert said() == words


def test_entries_made_without_signal_are_sent_in_order_when_it_is_back(handset: Handset) -> None:
    before = timezone.now()
    handset.offline()
    handset.page.reload()
    for text in ("一つ目", "二つ目", "三つ目"):
        handset.record("電話", "納期確認", text)
    assert handset.page.locator("#unsent-count b").inner_text() == "3"
    Look(handset.page).complain()
    assert said() == []
    handset.online()
    handset.is_sent()
    wait_for(["一つ目", "二つ目", "三つ目"])
    for talk in Talk.plain.all():
        assert talk.entered_at and before < talk.entered_at < talk.created_at


def test_tasks_are_ticked_without_signal_and_done_when_it_is_back(handset: Handset) -> None:
    for subject in ("見積を送る", "カタログを届ける"):
        actions.create("task", {"subject": subject, "due_on": timezone.localdate()}, by=handset.person)
    handset.page.reload()
    tick = handset.page.get_by_role("button", name="「見積を送る」を完了にする")
    tick.wait_for()
    handset.offline()
    tick.tap()
    wrong = handset.page.get_by_role("button", name="「カタログを届ける」を完了にする")
    wrong.tap()
    handset.page.get_by_role("button", name="「カタログを届ける」を未完了に戻す").tap()
    wrong.wait_for()
    handset.page.reload()
    handset.page.get_by_role("button", name="「見積を送る」を未完了に戻す").wait_for()
    look = Look(handset.page)
    look.well("ticked")
    look.complain()
    handset.page.goto(f"{handset.url}/phone/#unsent")
    handset.page.get_by_text("タスクの完了").wait_for()
    handset.page.goto(f"{handset.url}/phone/#")
    assert not Task.plain.filter(state="done").exists()
    handset.online()
    handset.nothing_waits()
    assert [str(task) for task in Task.plain.filter(state="done")] == ["見積を送る"]


def test_killed_pages_lose_nothing(handset: Handset) -> None:
    handset.offline()
    handset.record("電話", "納期確認", "一つ目")
    handset.begin("訪問", "クレーム")
    handset.page.locator("#text").fill("書きかけ")
    handset.page.wait_for_timeout(2000)
    handset.page.close(run_before_unload=False)
    handset.page = handset.context.new_page()
    handset.page.goto(f"{handset.url}/phone/")
    handset.page.get_by_text("未送信の記録が1件あります。").wait_for()
    handset.page.get_by_role("link", name="記録する").click()
    handset.page.get_by_text("前回の入力の続き").wait_for()
    assert handset.page.locator("#text").input_value() == "書きかけ"
    handset.page.get_by_role("button", name="保存").click()
    handset.page.locator("#home").wait_for()
    handset.online()
    wait_for(["一つ目", "書きかけ"])


@pytest.fixture
def line(live_server: Any) -> Iterator[Line]:
    with lossy_line(live_server.url) as made:
        yield made


def test_where_every_third_answer_is_lost_everything_is_there_once_and_in_order(
    handset: Handset, line: Line, photo: FilePayload
) -> None:
    line.drop = lambda number: number % 3 == 0
    handset.url = line.url
    handset.open()
    handset.offline()
    words = [f"{number}件目" for number in range(1, 8)]
    for word in words:
        handset.begin("電話", "納期確認")
        handset.page.locator("#text").fill(word)
        if word == "2件目":
            handset.page.locator("#photo").set_input_files(photo)
            handset.page.get_by_alt_text("付けた写真").wait_for()
        handset.page.get_by_role("button", name="保存").tap()
        handset.page.locator("#home").wait_for()
    handset.online()
    for _round in range(8):
        handset.page.reload()
        handset.page.wait_for_timeout(1500)
    handset.nothing_waits()
    wait_for(words)
    assert line.dropped >= 2
    assert files_of(Talk.plain.get(text="2件目")).count() == 1


def test_an_answer_that_comes_after_the_page_was_killed_makes_nothing_twice(
    handset: Handset, line: Line
) -> None:
    handset.url = line.url
    handset.open()
    line.late = 2
    handset.record("電話", "納期確認", "遅い返事")
    handset.page.wait_for_timeout(600)
    handset.page.close(run_before_unload=False)
    line.late = 0
    handset.page = handset.context.new_page()
    handset.page.goto(f"{handset.url}/phone/")
    handset.page.wait_for_timeout(1500)
    handset.nothing_waits()
    wait_for(["遅い返事"])


def test_what_was_mended_after_its_answer_was_lost_is_shown_beside_what_arrived(
    handset: Handset, line: Line
) -> None:
    handset.url = line.url
    handset.open()
    line.drop = lambda number: True
    handset.record("電話", "納期確認", "はじめの内容")
    page = handset.page
    page.get_by_text("未送信の記録が1件あります。").wait_for()
    page.get_by_role("link", name="未送信").first.click()
    page.get_by_role("button", name="直す").click()
    page.locator("#text").fill("直した内容")
    line.drop = lambda number: False
    page.get_by_role("button", name="保存").click()
    page.get_by_text("内容の違う記録がすでに保存されています").wait_for()
    assert "はじめの内容" in page.locator("[data-theirs]").inner_text()
    Look(page).well("both")
    page.get_by_role("button", name="別の記録として送信").click()
    page.get_by_text("未送信の記録はありません。").wait_for()
    wait_for(["はじめの内容", "直した内容"])


def test_after_the_sign_in_grew_old_it_is_sent_when_she_signs_in_again(
    handset: Handset, sign_in: Callable[[Page, Person], None]
) -> None:
    handset.context.clear_cookies()
    handset.record("電話", "納期確認", "期限切れの間に")
    handset.page.get_by_text("未送信の記録が1件あり、ログインすると送信します。").wait_for()
    assert said() == []
    sign_in(handset.page, handset.person)
    handset.page.reload()
    wait_for(["期限切れの間に"])
    handset.nothing_waits()


def test_somebody_else_on_the_same_phone_neither_sees_nor_sends_it(
    handset: Handset, cast: Cast, sign_in: Callable[[Page, Person], None]
) -> None:
    handset.offline()
    handset.record("電話", "納期確認", "青山の記録")
    handset.context.clear_cookies()
    sign_in(handset.page, cast.baba)
    handset.online()
    handset.page.reload()
    handset.page.get_by_text("別の人の未送信の記録が1件あります。").wait_for()
    assert handset.page.locator("#unsent-count").is_hidden()
    handset.page.goto(f"{handset.url}/phone/#unsent")
    handset.page.get_by_text("未送信の記録はありません。").wait_for()
    assert "青山の記録" not in handset.page.content()
    assert said() == []
    handset.context.clear_cookies()
    sign_in(handset.page, handset.person)
    handset.page.reload()
    wait_for(["青山の記録"])
    assert Talk.plain.get().created_by == handset.person


def test_nothing_on_the_phone_can_be_read_without_its_key(handset: Handset) -> None:
    handset.offline()
    handset.record("電話", "クレーム", "himitsu-no-hanashi")
    found = handset.page.evaluate(READ_ALL)
    assert "himitsu" not in found
    assert "青葉商事" not in found
    assert len(found) > 500
    assert handset.page.evaluate(TAKE_KEY) == "InvalidAccessError"


def test_whoever_is_without_contact_for_a_week_carries_no_customers_about(handset: Handset) -> None:
    handset.offline()
    handset.record("電話", "クレーム", "まだ送っていない")
    handset.page.clock.set_fixed_time(timezone.now() + timedelta(days=8))
    handset.page.reload()
    handset.page.get_by_text("電波の届くところで一度開くと").wait_for()
    assert handset.page.locator("#unsent-count b").inner_text() == "1"


def test_a_phone_without_room_says_so_and_keeps_what_was_typed(handset: Handset) -> None:
    page = handset.page
    handset.begin("電話", "納期確認")
    page.locator("#text").fill("長い話")
    page.evaluate(
        "() => { window.add = IDBObjectStore.prototype.add;"
        "IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    page.get_by_role("button", name="保存").click()
    page.get_by_text("端末に保存できませんでした。").wait_for()
    page.evaluate("() => { IDBObjectStore.prototype.add = window.add }")
    page.get_by_role("button", name="保存").click()
    wait_for(["長い話"])


def test_whoever_must_set_up_a_second_factor_first_is_told_and_loses_nothing(handset: Handset) -> None:
    Company.objects.update(second_factor_required=True)
    handset.record("電話", "納期確認", "確認の前")
    handset.page.get_by_text("大福帳の画面で確認が必要です。").wait_for()
    assert said() == []
    Company.objects.update(second_factor_required=False)
    handset.page.reload()
    wait_for(["確認の前"])


class TestSigningOut:
    def test_whoever_has_something_waiting_is_told_first(self, handset: Handset) -> None:
        handset.offline()
        handset.record("電話", "納期確認", "まだ送っていない")
        page = handset.page
        # The page of the office is open in another tab; the line is dead for the phone's page alone.
        page.context.route("**/phone/signed-in/", lambda route: route.abort())
        handset.online()
        page.goto(f"{handset.url}/logout/")
        page.get_by_role("button", name="ログアウト").click()
        page.get_by_text("まだ送信していない記録があります").wait_for()
        Look(page).well("warning")
        page.get_by_role("button", name="やめる").click()
        assert "outbox: 1" in handset.kept()
        page.get_by_role("button", name="ログアウト", exact=True).click()
        page.get_by_role("button", name="消してログアウト").click()
        page.wait_for_url("**/login/**")
        assert handset.kept() == []
        assert said() == []

    def test_with_nothing_waiting_everything_goes_without_a_question(self, handset: Handset) -> None:
        handset.record("電話", "納期確認", "送った")
        handset.is_sent()
        assert any(each.startswith("kept") for each in handset.kept())
        handset.page.goto(f"{handset.url}/logout/")
        handset.page.get_by_role("button", name="ログアウト").click()
        handset.page.wait_for_url("**/login/**")
        assert handset.kept() == []

    def test_a_phone_that_was_signed_out_from_afar_forgets_everything_and_says_what(
        self, handset: Handset, cast: Cast
    ) -> None:
        handset.offline()
        handset.record("電話", "納期確認", "なくした電話")
        end_all_sessions(handset.person, cast)
        handset.online()
        handset.page.get_by_text("未送信の記録1件は消去しました。").wait_for()
        handset.page.wait_for_timeout(500)
        assert handset.kept() == []
        assert "青葉商事" not in handset.page.locator("main").inner_text()
        assert said() == []

    def test_any_page_is_enough_for_that(self, handset: Handset, cast: Cast) -> None:
        end_all_sessions(handset.person, cast)
        handset.page.goto(f"{handset.url}/accounts/")
        handset.page.wait_for_url("**/login/**")
        handset.page.wait_for_timeout(500)
        assert handset.kept() == []


def end_all_sessions(person: Person, cast: Cast) -> None:
    """As 水野 does it: signed in by the test, allauth has no row of the phone yet."""
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    for session in Session.objects.all():
        UserSession.objects.create(
            user=person, session_key=session.session_key, ip="127.0.0.1", user_agent=""
        )
    assert sign_out_everywhere(person, by=cast.mizuno) > 0


def test_a_browser_that_was_killed_loses_nothing(
    handset: Handset, tmp_path: Path, sign_in: Callable[[Page, Person], None]
) -> None:
    browser = handset.context.browser
    assert browser is not None
    folder = tmp_path / "browser"
    context = launched(browser.browser_type, folder)
    phone = Handset(context.pages[0], handset.url, handset.person, handset.firm)
    sign_in(phone.page, phone.person)
    phone.open()
    phone.offline()
    phone.record("電話", "納期確認", "殺されても")
    kill(folder)
    context = launched(browser.browser_type, folder)
    phone = Handset(context.pages[0], handset.url, handset.person, handset.firm)
    sign_in(phone.page, phone.person)
    phone.page.goto(f"{phone.url}/phone/")
    wait_for(["殺されても"])
    phone.nothing_waits()
    context.close()


def launched(chromium: BrowserType, folder: Path) -> Any:
    return chromium.launch_persistent_context(
        folder, executable_path=program(SHELL), args=FLAGS, viewport=VIEWPORTS["phone"],  # type: ignore[arg-type]
        has_touch=True, is_mobile=True, locale="ja-JP", timezone_id="Asia/Tokyo",
    )  # fmt: skip


def kill(folder: Path) -> None:
    """The processes of the browser that lives in this folder, and no other."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if f"--user-data-dir={folder}" in command:
                os.kill(int(entry.name), signal.SIGKILL)
    time.sleep(0.5)


@pytest.fixture
def photo() -> FilePayload:
    import io

    from PIL import Image

    kept = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(kept, "JPEG")
    return {"name": "現場.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


READ_ALL = """async () => {
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result) })
  const text = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value)
    if (value instanceof CryptoKey) return ""
    return value && typeof value === "object" ? Object.values(value).map(text).join(" ") : String(value)
  }
  const database = await asked(indexedDB.open("daifuku-phone"))
  let found = ""
  for (const name of database.objectStoreNames) {
    found += text(await asked(database.transaction(name).objectStore(name).getAll()))
  }
  database.close()
  return found
}"""
TAKE_KEY = """async () => {
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result) })
  const database = await asked(indexedDB.open("daifuku-phone"))
  const [key] = await asked(database.transaction("keys").objectStore("keys").getAll())
  database.close()
  return crypto.subtle.exportKey("raw", key).then(() => "taken", (error) => error.name)
}"""
