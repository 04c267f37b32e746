"""`seeds/002`: minutes are written once, nobody writes a daily report beside them, whoever was not there reads them.

亮 on his phone, みどり at her desk beside him in the same minutes, としこ and 恵子 who need to know, 誠 who makes the
template better out of what people really write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities.models import Plan, Talk, Task
from daifuku.daily.models import Report
from daifuku.minutes.actions import write
from daifuku.minutes.models import Template
from daifuku.minutes.tests.test_read_word_files import headed, paragraph, word
from daifuku.voices.models import Voice
from tests.stories.trading_company import House

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILLED = {
    "【出席者】": "田中部長（決める人）",
    "【前回からの動き】": "工場の移転が決まった。電話: 納期の問い合わせが増えている",
    "【要望】": "・小さい箱がほしい",
    "【決定事項】": "・20ケースで進める",
    "【次にすること】": "・見積を送る 金曜まで",
    "【次回】": "・来週の水曜 14:00 見積の説明",
}


@pytest.fixture
def aoba(house: House) -> Any:
    house.at(0, "09:00")
    firm = house.firm("株式会社青葉商事", "アオバショウジ", "ryo", closing_day="20", employees=50)
    house.plan("ryo", firm, 0, "10:00", "定例のご訪問")
    return firm


def test_minutes_are_the_report_of_the_day_and_reach_whoever_was_not_there(house: House, aoba: Any) -> None:
    he_writes_minutes_on_the_road(house, aoba)
    nothing_is_written_twice(house)
    whoever_was_not_there_knows(house, aoba)
    the_template_learns(house, aoba)


def he_writes_minutes_on_the_road(house: House, aoba: Any) -> None:
    """From the plan's page, by the template for such visits, with his thumbs."""
    from playwright.sync_api import expect

    house.at(0, "11:10")
    ryo = house.enter("ryo", "/minutes/")
    house.well(ryo, "minutes")
    template = Template.objects.get(name="定例訪問")
    ryo.goto(f"{house.url}/minutes/new/?template={template.uid}&account={aoba.uid}")
    box = ryo.locator("textarea[name=text]")
    text = box.input_value()
    for heading, words in FILLED.items():
        assert heading in text
        text = text.replace(heading, f"{heading}\n{words}")
    box.fill(text)
    expect(ryo.locator("input[name=accept]")).to_have_count(5)
    house.well(ryo, "writing minutes on the phone")
    ryo.get_by_role("button", name="すべてに印を付ける").click()
    ryo.get_by_role("button", name="保存", exact=True).click()
    ryo.wait_for_url("**/talks/**")
    house.well(ryo, "the talk that they are")
    talk = Talk.plain.get()
    assert [model.plain.get().account for model in (Task, Voice)] == [aoba] * 2
    assert Plan.plain.filter(account=aoba, started_at__gt=talk.started_at, state="planned").exists()


def nothing_is_written_twice(house: House) -> None:
    """The evening: everything stands in the report already, and one tap closes the day."""
    from playwright.sync_api import expect

    house.at(0, "17:40")
    ryo = house.enter("ryo", "/daily/")
    day = ryo.locator(".daily-page")
    for words in ("株式会社青葉商事", "見積を送る"):
        expect(day).to_contain_text(words)
    house.well(ryo, "the day that wrote itself")
    ryo.get_by_role("button", name="今日を締める").click()
    expect(ryo.locator("main").get_by_text("締めた", exact=True)).to_be_visible()
    assert Report.plain.get().remark == ""


def whoever_was_not_there_knows(house: House, aoba: Any) -> None:
    """恵子, who invoices, has the sheet; としこ is called by her name in the talk and finds her part of it."""
    from playwright.sync_api import expect

    ryo = house.enter("ryo", Talk.plain.get().get_absolute_url())
    comments = ryo.locator("#comments")
    comments.locator("textarea").press_sequentially("@栄")
    ryo.get_by_role("option", name="栄 としこ").click()
    comments.locator("textarea").press_sequentially("見積の下書きをお願いします")
    comments.get_by_role("button", name="コメントする").click()
    expect(comments.locator(".mention")).to_have_text("@栄 としこ")
    house.work()
    toshiko = house.enter("toshiko", "/notices/")
    toshiko.locator(".notice-list").get_by_role("link", name="本山 亮").first.click()
    expect(toshiko.locator("main")).to_contain_text("20ケースで進める")
    keiko = house.enter("keiko", f"{aoba.get_absolute_url()}sheet/")
    sheet = keiko.locator("main")
    for words in ("見積を送る", "20ケースで進める", "小さい箱がほしい"):
        expect(sheet).to_contain_text(words)
    house.well(keiko, "the sheet of the customer")


def the_template_learns(house: House, aoba: Any) -> None:
    """「繰り返す事により、洗練された議事録のフォーマットが出来ます」: five times nobody wrote under 課題."""
    from playwright.sync_api import expect

    template = Template.objects.get(name="定例訪問")
    text = "\n".join(f"{heading}\n{words} いつもどおり" for heading, words in FILLED.items())
    for number in range(1, 6):
        house.at(number, "11:00")
        values = {"account": aoba, "method": "visit", "content": "other", "text": text}
        write(values, by=house.people["ryo"])
    makoto = house.enter("makoto", template.get_absolute_url())
    proposals = makoto.locator(".minutes-proposals")
    expect(proposals).to_contain_text("課題")
    house.well(makoto, "what the template proposes")
    proposals.locator("li", has_text="課題").get_by_role("button", name="そうする").click()
    expect(makoto.locator(".minutes-uses")).to_have_count(0)
    midori = house.enter("midori", f"/minutes/new/?template={template.uid}")
    assert "【課題】" not in midori.locator("textarea[name=text]").input_value()
    assert "【要望】" in midori.locator("textarea[name=text]").input_value()


@pytest.fixture
def both(house: House, aoba: Any) -> tuple[Page, Page]:
    """亮 on his phone and みどり at her desk, in the same minutes."""
    values = {
        "account": aoba,
        "method": "visit",
        "content": "other",
        "text": "【議題】\nご挨拶\n【決定事項】\n未定\n",
    }
    address = f"{write(values, by=house.people['ryo']).get_absolute_url()}minutes/"
    return house.enter("ryo", address), house.enter("midori", address)


def test_two_who_write_in_the_same_minutes_see_each_other_and_lose_nothing(
    house: House, both: tuple[Page, Page]
) -> None:
    from playwright.sync_api import expect

    ryo, midori = both
    expect(midori.locator("[data-minutes-target=here]")).to_contain_text("本山 亮")
    house.well(midori, "somebody else writes too")
    his, hers = ryo.locator("textarea[name=text]"), midori.locator("textarea[name=text]")
    his.fill(his.input_value().replace("ご挨拶", "ご挨拶、工場の移転"))
    ryo.get_by_role("button", name="保存", exact=True).click()
    ryo.wait_for_url("**/talks/**")
    # Another line of hers: both are kept in one.
    hers.fill(hers.input_value().replace("未定", "20ケースで進める"))
    midori.get_by_role("button", name="保存", exact=True).click()
    midori.wait_for_url(lambda address: not address.endswith("/minutes/"))
    assert Talk.plain.get().text.strip() == "【議題】\nご挨拶、工場の移転\n【決定事項】\n20ケースで進める"

    # The same line: whoever saves second is shown both and chooses.
    for page in both:
        page.goto(f"{house.url}{Talk.plain.get().get_absolute_url()}minutes/")
    for page, words in ((ryo, "30ケース"), (midori, "25ケース")):
        box = page.locator("textarea[name=text]")
        box.fill(box.input_value().replace("20ケース", words))
    ryo.get_by_role("button", name="保存", exact=True).click()
    ryo.wait_for_url(lambda address: not address.endswith("/minutes/"))
    midori.get_by_role("button", name="保存", exact=True).click()
    contest = midori.locator(".contested")
    expect(contest).to_contain_text("30ケース")
    expect(midori.locator("textarea[name=text]")).to_have_value(
        "【議題】\nご挨拶、工場の移転\n【決定事項】\n25ケースで進める"
    )
    house.well(midori, "both versions")
    contest.get_by_label("自分の入力で上書きする").check()
    midori.get_by_role("button", name="保存", exact=True).click()
    midori.wait_for_url(lambda address: not address.endswith("/minutes/"))
    assert "25ケース" in Talk.plain.get().text


def test_a_page_that_was_killed_leaves_its_draft(house: House, aoba: Any) -> None:
    from playwright.sync_api import expect

    midori = house.enter("midori", f"/minutes/new/?account={aoba.uid}")
    midori.locator("textarea[name=text]").fill("【課題】\n倉庫が手狭になった")
    expect(midori.locator("[data-minutes-target=state]")).to_contain_text("に保存しました")
    midori.close(run_before_unload=False)
    # On another machine: nothing is kept in that browser.
    del house.pages["midori"], house.signed_in["midori"]
    again = house.enter("midori", "/minutes/new/", "phone")
    expect(again.locator("main")).to_contain_text("自動で保存した下書きを表示しています")
    expect(again.locator("textarea[name=text]")).to_have_value("【課題】\n倉庫が手狭になった")
    expect(again.get_by_label("取引先", exact=True).first).to_be_visible()
    house.well(again, "the draft")
    again.get_by_label("対応方法").select_option(label="訪問")
    again.get_by_label("対応内容").select_option(label="その他")
    again.get_by_role("button", name="保存", exact=True).click()
    again.wait_for_url("**/talks/**")
    assert (Talk.plain.get().text.strip(), Talk.plain.get().account) == ("【課題】\n倉庫が手狭になった", aoba)


def test_a_word_file_becomes_minutes(house: House, aoba: Any) -> None:
    from playwright.sync_api import expect

    body = headed("課題") + paragraph("箱が大きい") + headed("決定事項") + paragraph("・小箱にする")
    macros = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0AutoOpen"}
    midori = house.enter("midori", "/minutes/")
    old: FilePayload = {
        "name": "議事録.doc",
        "mimeType": "application/msword",
        "buffer": b"\xd0\xcf\x11\xe0old",
    }
    midori.locator("input[name=file]").set_input_files(old)
    midori.get_by_role("button", name="読み込む").click()
    expect(midori.locator(".banner, [role=alert]").first).to_contain_text(".docx")
    midori.goto(f"{house.url}/minutes/")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    new: FilePayload = {"name": "議事録.docx", "mimeType": kind, "buffer": word(body, macros)}
    midori.locator("input[name=file]").set_input_files(new)
    midori.get_by_role("button", name="読み込む").click()
    expect(midori.locator("textarea[name=text]")).to_have_value(
        "【課題】\n箱が大きい\n【決定事項】\n・小箱にする"
    )
    expect(midori.locator("input[name=accept]")).to_have_count(1)
    house.well(midori, "minutes of a Word file")
