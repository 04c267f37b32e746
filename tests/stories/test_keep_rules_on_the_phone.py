"""青山 sees on her phone what the firm asks of a talk, also without signal; what she picks as a voice goes along."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities.models import Plan, Talk
from daifuku.duties.models import Duty, Policy
from daifuku.rules.actions import create_rule
from daifuku.voices.models import Voice
from tests.stories.phone_support import Handset
from tests.support.looking import Look

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COMPLAINT = {"all": [{"field": "content", "op": "any_of", "value": ["complaint"]}]}


@pytest.fixture
def rule(cast: Cast) -> Callable[..., Any]:
    Policy.objects.create(begins_on=date(2026, 1, 1))

    def make(**values: Any) -> Any:
        return create_rule({"object": "talk", "moment": "always", **values}, by=cast.mizuno)

    return make


@pytest.fixture
def asked(rule: Callable[..., Any]) -> None:
    wanted = {"condition": COMPLAINT, "required": ["direction"], "missing": "refuse"}
    rule(title="クレームの記録", note="どちらからの連絡かを残します。", **wanted)
    rule(title="次の一手", required=["next_step"], missing="duty", until="day")


def test_what_is_asked_is_shown_and_kept_without_signal(asked: None, handset: Handset) -> None:
    page, look = handset.page, Look(handset.page)
    page.reload()
    page.locator("#today li").first.wait_for()
    handset.offline()
    page.reload()
    handset.begin("電話", "クレーム")
    page.get_by_text("どちらからを入力します").wait_for()
    page.get_by_text("あとで入力する約束になります: 次にすること").wait_for()
    look.well("asked")
    page.get_by_role("button", name="保存").tap()
    refusal = "どちらからを入力してください（運用ルール「クレームの記録」）。"
    assert page.locator("#refused").inner_text() == refusal
    page.get_by_role("button", name="先方から").tap()
    page.get_by_role("button", name="保存").tap()
    page.locator("#home").wait_for()
    handset.online()
    handset.is_sent()
    talk = Talk.plain.get()
    assert (talk.direction, talk.content) == ("in", "complaint")
    assert Duty.objects.filter(origin__startswith="rule:").count() == 1
    look.complain()


def test_of_another_talk_nothing_of_it_is_asked(asked: None, handset: Handset) -> None:
    page = handset.page
    page.reload()
    page.locator("#today li").first.wait_for()
    handset.begin("電話", "納期確認")
    page.get_by_label("次にすること").fill("月曜に電話する")
    assert page.get_by_text("あとで入力する約束").count() == 0
    assert page.get_by_text("クレームの記録").count() == 0
    page.get_by_role("button", name="保存").tap()
    handset.is_sent()
    assert Talk.plain.get().next_step == "月曜に電話する"
    assert not Duty.objects.waiting().filter(origin__startswith="rule:").exists()


def test_what_a_new_rule_refuses_comes_back_with_its_sentence_and_all_that_was_typed(
    handset: Handset, rule: Callable[..., Any]
) -> None:
    page = handset.page
    handset.offline()
    handset.record("電話", "クレーム", "箱が2つつぶれていた。")
    rule(title="クレームの記録", condition=COMPLAINT, required=["direction"], missing="refuse")
    handset.online()
    page.get_by_role("link", name="未送信").first.wait_for()
    page.locator("#unsent-count[data-refused]").wait_for()
    page.get_by_role("link", name="未送信").first.tap()
    page.get_by_role("button", name="直す").tap()
    page.locator("#mend-note").get_by_text("運用ルール「クレームの記録」").wait_for()
    assert page.locator("#text").input_value() == "箱が2つつぶれていた。"
    page.get_by_role("button", name="こちらから").tap()
    page.get_by_role("button", name="保存").tap()
    page.get_by_text("未送信の記録はありません。").wait_for()
    assert (Talk.plain.get().text, Talk.plain.get().direction) == ("箱が2つつぶれていた。", "out")


def test_what_comes_next_keeps_its_rules_too(handset: Handset, rule: Callable[..., Any]) -> None:
    rule(title="訪問先", object="plan", required=["place"], missing="refuse")
    page = handset.page
    page.reload()
    page.locator("#today li").first.wait_for()
    handset.begin("電話", "納期確認")
    page.get_by_role("button", name="予定", exact=True).tap()
    page.get_by_role("button", name="1週間後").tap()
    page.get_by_role("button", name="保存").tap()
    assert "場所を入力してください" in page.locator("#refused").inner_text()
    page.get_by_label("場所").fill("先方の応接室")
    page.get_by_role("button", name="保存").tap()
    handset.is_sent()
    assert Plan.plain.filter(place="先方の応接室", account=handset.firm).exists()


def test_a_voice_is_picked_out_of_the_talk(handset: Handset) -> None:
    page, look = handset.page, Look(handset.page)
    handset.begin("訪問", "クレーム")
    page.locator("#text").fill("ごあいさつ。箱が大きすぎるとのこと。")
    page.get_by_text("お客様の声にする").tap()
    page.evaluate("document.getElementById('text').setSelectionRange(6, 17)")
    page.get_by_role("button", name="困りごと").tap()
    assert page.locator("#voice-words").inner_text() == "箱が大きすぎるとのこと"
    page.get_by_label("商品（任意）").fill("味噌煮込みセット")
    look.well("voice")
    handset.offline()
    page.get_by_role("button", name="保存").tap()
    page.locator("#home").wait_for()
    handset.online()
    handset.is_sent()
    voice = Voice.plain.get()
    assert (voice.text, voice.topic, voice.product) == (
        "箱が大きすぎるとのこと",
        "trouble",
        "味噌煮込みセット",
    )
    assert (voice.talk, voice.account, voice.owner) == (Talk.plain.get(), handset.firm, handset.person)
    look.complain()


def test_a_talk_that_lies_ahead_is_told_before_it_is_sent(handset: Handset) -> None:
    page = handset.page
    handset.begin("電話", "その他")
    page.locator("summary", has_text="日時").tap()
    page.locator("#started-at").fill("2099-01-01T10:00")
    page.get_by_role("button", name="保存").tap()
    assert "これからの日時です" in page.locator("#refused").inner_text()
