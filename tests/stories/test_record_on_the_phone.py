"""青山 on the road with her phone: a talk in five taps, photographs, and what others did meanwhile."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from PIL import Image

from daifuku.activities.actions import cancel
from daifuku.activities.models import Plan, Talk, Task
from daifuku.records import actions
from daifuku.records.actions.filing import files_of
from tests.stories.phone_support import Handset
from tests.support.looking import Look

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_call_is_recorded_in_five_taps(handset: Handset, screenshot: Callable[..., Any]) -> None:
    page, look = handset.page, Look(handset.page)
    look.well("home")
    screenshot(page, "phone-home")
    handset.tap(page.get_by_role("link", name="記録する"))
    look.well("customers")
    handset.tap(page.get_by_role("button", name="株式会社青葉商事"))
    look.well("methods")
    handset.tap(page.get_by_role("button", name="電話"))
    handset.tap(page.get_by_role("button", name="納期確認"))
    look.well("detail")
    screenshot(page, "phone-detail")
    handset.tap(page.get_by_role("button", name="保存"))
    handset.is_sent()
    assert handset.taps == 5
    talk = Talk.plain.get()
    assert (talk.method, talk.content, talk.account) == ("phone", "delivery", handset.firm)
    assert talk.text == "納期の確認。予定どおりで了承いただいた。"
    assert talk.owner == handset.person
    assert timezone.now() - talk.started_at < timedelta(minutes=3)
    assert talk.entered_at is not None
    look.complain()


def test_whoever_opens_the_entry_itself_for_the_first_time_finds_his_customers(handset: Handset) -> None:
    page = handset.context.new_page()
    handset.page.evaluate("indexedDB.deleteDatabase('daifuku-phone')")
    page.goto(f"{handset.url}/phone/#record")
    page.get_by_role("button", name="株式会社青葉商事").click()
    page.get_by_role("button", name="電話").wait_for()


def test_it_can_be_installed(handset: Handset) -> None:
    asked = handset.context.new_cdp_session(handset.page).send("Page.getInstallabilityErrors")
    errors = {each["errorId"] for each in asked["installabilityErrors"]}
    # Pages of tests are in private windows.
    assert errors <= {"in-incognito"}


def test_a_plan_is_finished_with_slots_filled_and_the_next_visit_made(handset: Handset) -> None:
    page = handset.page
    handset.tap(page.get_by_role("link", name="記録", exact=True))
    handset.tap(page.get_by_role("button", name="注文内容の確認"))
    page.get_by_text("ほかの文例").click()
    page.get_by_role("button", name="【商品名】を【数量】で内定").click()
    page.get_by_role("button", name="保存").click()
    assert "空欄です" in page.locator("#refused").inner_text()
    page.get_by_label("商品名").fill("手袋")
    page.get_by_label("数量").fill("50双")
    page.get_by_role("button", name="予定", exact=True).click()
    page.get_by_role("button", name="1週間後").click()
    page.get_by_label("件名").fill("納品の立ち会い")
    page.get_by_role("button", name="保存").click()
    handset.is_sent()
    plan = Plan.plain.get(subject="見積の説明")
    assert plan.talk is not None
    assert (plan.state, plan.talk.text) == ("done", "手袋を50双で内定。注文書を待つ。")
    assert Plan.plain.filter(subject="納品の立ち会い", account=handset.firm).exists()


def test_a_task_follows_and_an_open_slot_can_be_given_up(handset: Handset) -> None:
    page = handset.page
    handset.begin("電話", "クレーム")
    page.locator("#text").fill("箱のつぶれ。【原因】を調べる。")
    page.get_by_role("button", name="空欄を消す").click()
    page.get_by_role("button", name="タスク").click()
    page.get_by_role("button", name="保存").click()
    assert "件名" in page.locator("#refused").inner_text()
    page.get_by_label("件名").fill("運送会社に確認")
    page.get_by_role("button", name="明日").click()
    page.get_by_role("button", name="保存").click()
    handset.is_sent()
    assert Talk.plain.get().text == "箱のつぶれ。を調べる。"
    assert Task.plain.get().due_on == timezone.localdate() + timedelta(days=1)


def test_a_customer_is_found_by_kana_here_and_at_the_server(handset: Handset, cast: Cast) -> None:
    actions.create("account", {"name": "桜物産", "kana": "サクラブッサン"}, by=cast.baba)
    page = handset.page
    page.get_by_role("link", name="記録する").click()
    search = page.get_by_label("名前・カナで探す")
    search.fill("さくら")
    page.get_by_role("button", name="桜物産").wait_for()
    handset.offline()
    search.fill("ｱｵﾊﾞ")
    page.get_by_role("button", name="株式会社青葉商事").wait_for()
    search.fill("ぞんざいしない")
    page.get_by_text("見つかりません。").wait_for()


def test_a_call_taken_for_the_one_in_charge_is_recorded_in_his_name(handset: Handset, cast: Cast) -> None:
    theirs = actions.create("account", {"name": "楓商店", "owner": cast.baba}, by=cast.baba)
    page = handset.page
    page.get_by_role("link", name="記録する").click()
    page.get_by_label("名前・カナで探す").fill("楓")
    page.get_by_role("button", name="楓商店").click()
    page.get_by_role("button", name="電話").click()
    page.get_by_role("button", name="納期確認").click()
    page.get_by_role("button", name="馬場 健さんあてだった").click()
    page.get_by_role("button", name="保存").click()
    handset.is_sent()
    talk = Talk.plain.get(account=theirs)
    assert (talk.owner, talk.created_by) == (cast.baba, handset.person)


def test_a_photograph_of_20_mb_is_made_small_and_hangs_on_the_talk(handset: Handset) -> None:
    photo = noise(2650, 2650)
    assert len(photo) > 20_000_000
    handset.begin("訪問", "クレーム")
    page = handset.page
    page.locator("#photo").set_input_files({"name": "現場.png", "mimeType": "image/png", "buffer": photo})
    page.get_by_alt_text("付けた写真").wait_for()
    page.locator("#photo").set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    )
    page.get_by_text("写真として読み取れませんでした").wait_for()
    page.get_by_role("button", name="保存").click()
    handset.is_sent()
    [found] = files_of(Talk.plain.get())
    assert found.name == "現場.jpg"
    assert found.current is not None
    assert found.current.size <= 2 * 1024 * 1024
    assert found.current.type == "image/jpeg"


def noise(width: int, height: int) -> bytes:
    """Nothing makes it small but losing something."""
    picture = Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3))  # noqa: S311
    kept = io.BytesIO()
    picture.save(kept, "PNG", compress_level=0)
    return kept.getvalue()


def test_what_somebody_else_did_with_the_plan_meanwhile_is_told_and_both_are_kept(
    handset: Handset, cast: Cast
) -> None:
    page = handset.page
    handset.offline()
    page.get_by_role("link", name="記録", exact=True).click()
    page.get_by_role("button", name="商品の問い合わせ").click()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("未送信の記録が1件あります。").wait_for()
    cancel(Plan.plain.get(), "先方の都合", by=cast.baba)
    handset.online()
    page.get_by_text("ほかの人が変更していました").wait_for()
    page.get_by_text("中止 先方の都合").wait_for()
    assert (
        page.get_by_role("link", name="予定を開く").get_attribute("href")
        == Plan.plain.get().get_absolute_url()
    )
    assert (Talk.plain.get().plan, Plan.plain.get().state) == (None, "cancelled")


def test_a_customer_who_was_deleted_meanwhile_is_told_and_another_one_chosen(
    handset: Handset, cast: Cast
) -> None:
    other = actions.create("account", {"name": "若葉物産"}, by=cast.aoyama)
    visit = {"account": other, "method": "visit", "subject": "ご挨拶", "started_at": timezone.now()}
    actions.create("plan", visit, by=cast.aoyama)
    page = handset.page
    page.reload()
    page.get_by_text("ご挨拶").wait_for()
    handset.offline()
    handset.record("電話", "その他", "新しい工場の話を伺った。")
    actions.trash(handset.firm, by=cast.mizuno)
    handset.online()
    page.locator("#unsent-count[data-refused]").wait_for()
    page.get_by_role("link", name="未送信").first.click()
    Look(page).well("unsent")
    from playwright.sync_api import expect

    page.get_by_role("button", name="直す").click()
    expect(page.locator("#mend-note")).to_contain_text("取引先")
    page.get_by_role("button", name="若葉物産").click()
    assert page.locator("#text").input_value() == "新しい工場の話を伺った。"
    page.get_by_role("button", name="保存").click()
    page.get_by_text("未送信の記録はありません。").wait_for()
    assert (Talk.plain.get().account, Talk.plain.get().text) == (other, "新しい工場の話を伺った。")


def test_a_photograph_that_was_taken_while_mending_goes_along(handset: Handset) -> None:
    page = handset.page
    handset.offline()
    handset.begin("訪問", "その他")
    photo = {"name": "現場.png", "mimeType": "image/png", "buffer": noise(40, 40)}
    page.locator("#photo").set_input_files(photo)  # type: ignore[arg-type]
    page.get_by_alt_text("付けた写真").wait_for()
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="未送信").first.click()
    page.get_by_role("button", name="直す").click()
    page.locator("#photos-kept", has_text="写真 1枚").wait_for()
    page.locator("#photo").set_input_files({**photo, "name": "名札.png"})  # type: ignore[arg-type]
    page.get_by_alt_text("付けた写真").wait_for()
    page.get_by_role("button", name="保存").click()
    handset.online()
    page.get_by_text("未送信の記録はありません。").wait_for()
    assert sorted(each.name for each in files_of(Talk.plain.get())) == ["名札.jpg", "現場.jpg"]
