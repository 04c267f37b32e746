"""誠 writes a rule; the phone and the API keep it; the new edition is announced, compared and confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.models import Talk
from daifuku.api.actions import create_token
from daifuku.duties.models import Duty
from daifuku.rules.models import Rule
from tests.stories.trading_company import House

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "次の一手を決める"


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_rule_is_written_kept_everywhere_and_read(house: House, screen: str) -> None:
    house.at(0, "09:00")
    firm = house.firm("株式会社青葉商事", "アオバショウジ", "ryo")
    he_writes_it(house, house.enter("makoto", "/settings/rules/", screen))
    the_phone_keeps_it(house)
    the_api_keeps_it(house, firm)
    it_is_published(house, house.enter("makoto", "/settings/rules/publish/"))
    it_is_read(house)


def he_writes_it(house: House, makoto: Page) -> None:
    """A rule that contradicts another is refused with the name of that one; what he typed stays, and he mends it."""
    from playwright.sync_api import expect

    house.well(makoto, "the rules")
    makoto.get_by_role("link", name="ルールを追加").click()
    makoto.get_by_label("ルールの名前").fill(TITLE)
    makoto.locator("#id_object").select_option("talk")
    fields = makoto.locator("#rule-fields")
    fields.locator("summary", has_text="空欄にしておく項目").click()
    fields.locator("input[name=emptied][value=text]").check()
    makoto.get_by_label("保存できない").check()
    makoto.get_by_role("button", name="登録する").click()
    expect(makoto.locator(".rule-form")).to_contain_text("電話の記録")
    expect(makoto.get_by_label("ルールの名前")).to_have_value(TITLE)
    house.well(makoto, "a rule that is refused")
    fields.locator("input[name=emptied][value=text]").uncheck()
    fields.locator("input[name=required][value=next_step]").check()
    makoto.get_by_label("あとで入力する約束").check()
    makoto.locator("#id_until").select_option("day")
    makoto.get_by_role("button", name="今ある記録で確かめる").click()
    expect(makoto.locator("#rule-preview")).to_contain_text("その日のうちに入力します")
    house.well(makoto, "a rule that is tried")
    makoto.get_by_role("button", name="登録する").click()
    expect(makoto.locator(".rule", has_text=TITLE)).to_contain_text("あとで入力する約束")
    assert Rule.objects.kept().get(title=TITLE).missing == "duty"


def the_phone_keeps_it(house: House) -> None:
    """The talk is saved by five taps as ever, and what it lacks is asked for where he looks in the evening."""
    from playwright.sync_api import expect

    phone = house.handset("ryo")
    page = phone.page
    page.get_by_role("link", name="記録する").tap()
    page.get_by_label("名前・カナで探す").fill("あおば")
    page.get_by_role("button", name="株式会社青葉商事").tap()
    page.locator("#methods").get_by_role("button", name="電話").tap()
    page.locator("#contents").get_by_role("button", name="納期確認").tap()
    page.get_by_role("button", name="保存").tap()
    phone.is_sent()
    page.goto(f"{house.url}/duties/")
    duty = page.locator(".duty", has_text="次にすること")
    expect(duty).to_have_count(1)
    house.well(page, "what the rule asks for")
    duty.get_by_role("link", name="入力する").click()
    expect(page.locator("form .hints, main").first).to_contain_text(TITLE)
    page.get_by_label("次にすること", exact=True).fill("納期を工場に確かめる")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".record-head")).to_be_visible()
    page.goto(f"{house.url}/duties/")
    expect(page.locator(".duty", has_text="次にすること")).to_have_count(0)


def the_api_keeps_it(house: House, firm: Any) -> None:
    """A program that files a talk owes the same; one that would leave out what no talk is without is refused."""
    ryo = house.people["ryo"]
    _token, secret = create_token(by=ryo, name="連携", scopes=["read", "write"])
    page = house.pages["makoto"]
    body = {"account": str(firm.uid), "method": "mail", "content": "question", "text": "見積の依頼"}

    def post(values: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": f"rule-{len(values)}"}
        return page.request.post(f"{house.url}/api/v1/talks", data=values, headers=headers)

    answer = post(body)
    assert answer.status == 201, answer.text()
    talk = Talk.plain.get(text="見積の依頼")
    duties = Duty.objects.waiting().filter(kind="rule", subject_object="talk", subject_id=talk.pk)
    assert duties.get().owner == ryo
    answer = post({name: value for name, value in body.items() if name != "content"})
    assert (answer.status, "content" in answer.text()) == (422, True)


def it_is_published(house: House, makoto: Page) -> None:
    from playwright.sync_api import expect

    expect(makoto.locator("main")).to_contain_text(TITLE)
    makoto.get_by_label("一言").fill("次の一手を、その日のうちに決めることにしました。")
    house.well(makoto, "publishing")
    makoto.get_by_role("button", name="公開して全員に知らせる").click()
    makoto.goto(f"{house.url}/rule-book/")
    expect(makoto.locator("main")).to_contain_text("第2版")
    house.work()


def it_is_read(house: House) -> None:
    from playwright.sync_api import expect

    ryo = house.enter("ryo", "/notices/")
    expect(ryo.locator(".notice-list")).to_contain_text("第2版が公開されました")
    ryo.goto(f"{house.url}/rule-book/")
    ryo.get_by_role("link", name="前の版からの変更").click()
    expect(ryo.locator("main")).to_contain_text(TITLE)
    house.well(ryo, "what has changed")
    ryo.goto(f"{house.url}/rule-book/")
    ryo.get_by_role("button", name="読みました").click()
    expect(ryo.locator("main")).to_contain_text(f"{timezone.localdate().day}")
    makoto = house.enter("makoto", "/settings/rules/readers/")
    expect(makoto.locator("section", has_text="確認した人（2人）")).to_contain_text("本山 亮")
