"""A customer's wish, noted on the phone without signal, goes to whoever can help; its answer goes back to him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.voices.models import Voice
from tests.stories.trading_company import House

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TALK = "次回は10箱。小分けの袋がほしいとのこと。"
WISH = "小分けの袋がほしい"
ANSWER = "10枚入りの小袋を、来月から用意します。"
MARK = """(words) => {
  const box = document.querySelector("#text"), at = box.value.indexOf(words)
  box.focus()
  box.setSelectionRange(at, at + words.length)
}"""
MARK_ON_PAGE = """(words) => {
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words)
    if (at < 0 || !node.parentElement.checkVisibility() || node.parentElement.matches("textarea")) continue
    document.getSelection().setBaseAndExtent(node, at, node, at + words.length)
    return true
  }
  return false
}"""


def test_a_wish_goes_round_until_the_customer_is_answered(house: House) -> None:
    house.at(0, "09:00")
    aoba = house.firm("株式会社青葉商事", "アオバショウジ", "ryo")
    house.plan("ryo", aoba, 0, "10:00", "定例のご訪問")
    house.plan("ryo", aoba, 3, "10:00", "次のご訪問")
    he_notes_it_on_the_phone(house)
    somebody_takes_it(house)
    the_answer_comes_back(house, aoba)


def he_notes_it_on_the_phone(house: House) -> None:
    """Two taps for the wish: the words are marked with the thumb, the topic is tapped."""
    house.at(0, "11:05")
    phone = house.handset("ryo")
    phone.offline()
    page = phone.page
    page.locator("#waiting, #today").get_by_role("link", name="記録", exact=True).first.tap()
    page.locator("#contents").get_by_role("button", name="注文内容の確認").tap()
    page.locator("#text").fill(TALK)
    page.evaluate(MARK, WISH)
    page.locator("#voice summary").tap()
    page.locator("#voice-topics").get_by_role("button", name="商品の要望").tap()
    page.get_by_label("商品（任意）").fill("手袋")
    assert page.locator("#voice-words").inner_text() == WISH
    house.well(page, "a voice on the phone")
    # The phone's browser is closed and opened again before it is saved.
    page.wait_for_timeout(1500)
    page.reload()
    page.get_by_text("前回の入力の続き").wait_for()
    page.locator("#voice summary").tap()
    assert page.locator("#voice-words").inner_text() == WISH
    page.get_by_role("button", name="保存").tap()
    page.locator("#home").wait_for()
    phone.online()
    phone.is_sent()
    voice = Voice.plain.get()
    assert (voice.text, voice.topic, voice.product) == (WISH, "wish", "手袋")
    assert voice.talk is not None
    assert voice.talk.text == TALK


def somebody_takes_it(house: House) -> None:
    """修, who buys the goods, finds it in the summary; みどり answers for the firm."""
    from playwright.sync_api import expect

    house.at(0, "13:00")
    osamu = house.enter("osamu", "/voices/summary/")
    expect(osamu.locator(".voice-counts")).to_contain_text("手袋")
    house.well(osamu, "the voices of the firm")
    midori = house.enter("midori", "/voices/summary/")
    midori.locator(".voice-counts").get_by_role("link", name="手袋").click()
    midori.get_by_role("link", name=WISH).first.click()
    house.well(midori, "one voice")
    midori.get_by_role("button", name="自分が対策する").click()
    expect(midori.locator("main")).to_contain_text("対応中")
    midori.get_by_role("link", name="対策と担当を決める").click()
    midori.locator("[name=countermeasure]").fill("小袋を仕入先に見積もってもらう")
    midori.get_by_role("button", name="保存", exact=True).click()
    house.at(1, "10:00")
    midori.get_by_role("link", name="回答する").click()
    midori.locator("[name=answer]").fill(ANSWER)
    house.well(midori, "the answer")
    midori.get_by_role("button", name="回答済みにする").click()
    expect(midori.locator("main")).to_contain_text("回答済み")
    house.work()


def the_answer_comes_back(house: House, aoba: Any) -> None:
    """To whoever brought it, on the customer's page, and on the phone before the next visit."""
    from playwright.sync_api import expect

    ryo = house.enter("ryo", "/notices/")
    expect(ryo.locator(".notice-list")).to_contain_text("回答")
    ryo.goto(house.url + aoba.get_absolute_url())
    expect(ryo.locator("main")).to_contain_text(ANSWER)
    house.well(ryo, "the customer with the answer")
    house.at(3, "08:50")
    phone = house.handset("ryo")
    expect(phone.page.locator("#today")).to_contain_text(ANSWER)
    house.well(phone.page, "the phone before the next visit")


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_what_is_marked_in_a_talk_becomes_the_voice(house: House, screen: str) -> None:
    from playwright.sync_api import expect

    from daifuku.records import actions

    house.at(0, "09:00")
    aoba = house.firm("株式会社青葉商事", "アオバショウジ", "midori")
    values = {"account": aoba, "method": "phone", "content": "order", "text": TALK}
    talk = actions.create("talk", values, by=house.people["midori"])
    page: Page = house.enter("midori", talk.get_absolute_url(), screen)
    assert page.evaluate(MARK_ON_PAGE, WISH)
    page.locator("details.voice-pick > summary").click()
    box = page.locator("details.voice-pick textarea")
    expect(box).to_have_value(WISH)
    house.well(page, "picking a voice")
    page.locator("details.voice-pick").get_by_role("button", name="商品の要望").click()
    expect(page.locator("main")).to_contain_text(WISH)
    assert Voice.plain.get().text == WISH
