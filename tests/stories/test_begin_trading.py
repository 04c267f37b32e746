"""A lead becomes a customer of a firm that is known already, is taken back, and becomes one again; 業界 goes to the
contact and the deal, as the administrator says; many begin at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.conversion.actions.mapping import map_field
from daifuku.conversion.models import Conversion
from daifuku.customers.models import Account, Contact, Lead
from daifuku.deals.models import Deal
from daifuku.records import actions
from daifuku.records.actions import commenting, tagging
from daifuku.records.actions.choices import add_choice
from daifuku.records.actions.custom_fields import add_field

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CARD = {
    "family_name": "山田", "given_name": "花子", "family_kana": "ヤマダ", "given_kana": "ハナコ",
    "company": "株式会社みどり商店", "phone": "03-1234-5678", "email": "hanako@midori.example.jp", "title": "部長",
    "industry": "wholesale", "prefecture": "東京都", "city": "千代田区", "interest": "ミソミソヨーグルト",
    "source": "exhibition", "rating": "hot",
}  # fmt: skip


@pytest.fixture
def lead(cast: Cast) -> Any:
    made = actions.create("lead", CARD, by=cast.aoyama)
    start = timezone.now() - timedelta(days=1)
    talk = {
        "lead": made,
        "started_at": start,
        "text": "見本を送った",
        "method": "phone",
        "content": "question",
    }
    actions.create("talk", talk, by=cast.aoyama)
    commenting.write_comment(made, "試食の感想を聞く", by=cast.aoyama)
    tagging.put_tag(made, "展示会", by=cast.aoyama)
    return made


@pytest.fixture
def page(browser_page: Page, live_server: Any, cast: Cast, sign_in: Callable[[Page, Person], None]) -> Page:
    sign_in(browser_page, cast.aoyama)
    return browser_page


def test_into_a_known_firm_back_and_again(
    page: Page, live_server: Any, cast: Cast, lead: Any, screenshot: Callable[..., Path],
    accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    own = add_field("lead", "integer", "年間の購入数", by=cast.mizuno)
    actions.edit(lead, {own.key: "120"}, by=cast.aoyama)
    firm = actions.create(
        "account", {"name": "みどり商店", "phone": "03-1234-0000", "city": "千代田区"}, by=cast.aoyama
    )
    page.goto(f"{live_server.url}/leads/{lead.uid}/")
    page.get_by_role("link", name="取引を開始する").click()
    lost = page.locator(".conversion-lost")
    assert "年間の購入数" in lost.inner_text()
    accessible(page)
    screenshot(page, "conversion-new")
    page.get_by_label("みどり商店", exact=False).first.check()
    page.get_by_text("既存の値を残します").first.wait_for()
    assert "「03-1234-5678」で上書きする" in page.locator("#conversion").inner_text()
    screenshot(page, "conversion")
    page.get_by_label("商談名").fill("ヨーグルトの取り扱い")
    page.get_by_role("button", name="取引を開始する").click()
    page.get_by_text("の取引を開始しました").first.wait_for()
    done = Conversion.objects.select_related("account", "contact", "deal").get()
    assert (done.account, done.deal.name) == (firm, "ヨーグルトの取り扱い")
    assert Account.plain.get(pk=firm.pk).phone == "03-1234-0000"

    page.goto(f"{live_server.url}/leads/{lead.uid}/")
    assert "さんが取引を開始しました" in page.locator(".conversion-banner").inner_text()
    accessible(page)
    screenshot(page, "converted-lead")
    page.get_by_role("link", name="取引の開始を取り消す").click()
    accessible(page)
    screenshot(page, "conversion-back")
    page.get_by_role("button", name="取引の開始を取り消す").click()
    page.get_by_text("の取引の開始を取り消しました").first.wait_for()
    assert Lead.plain.get(pk=lead.pk).converted_at is None
    assert Contact.plain.get().trashed_at is not None

    page.get_by_role("link", name="取引を開始する").click()
    page.get_by_role("button", name="取引を開始する").click()
    page.get_by_text("の取引を開始しました").first.wait_for()
    assert Conversion.objects.filter(undone_at__isnull=True).count() == 1


def test_a_refused_deal_keeps_what_was_typed(page: Page, live_server: Any, lead: Any) -> None:
    page.goto(f"{live_server.url}/leads/{lead.uid}/convert/")
    page.get_by_label("商談名").fill("ヨーグルトの取り扱い")
    page.get_by_label("金額", exact=True).fill("たくさん")
    page.get_by_role("button", name="取引を開始する").click()
    page.get_by_text("金額として読めません").wait_for()
    assert page.get_by_label("商談名").input_value() == "ヨーグルトの取り扱い"
    assert not Account.plain.exists()
    page.get_by_label("金額", exact=True).fill("30万円")
    page.get_by_label("金額", exact=True).fill("300000")
    page.get_by_role("button", name="取引を開始する").click()
    page.get_by_text("の取引を開始しました").first.wait_for()
    assert Deal.plain.get().amount == 300_000


def test_the_industry_goes_to_contact_and_deal(
    browser_page: Page, live_server: Any, cast: Cast, lead: Any, sign_in: Callable[[Page, Person], None],
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    """[見込み客の変換の関連付け]で、[業界]のデータを引き継ぐために、[連絡先]と[商談]に業界項目を作成し、関連付ける。"""
    page = browser_page
    for kind in ("contact", "deal"):
        _with_choices(kind, cast.mizuno)
    sign_in(page, cast.mizuno)
    page.goto(f"{live_server.url}/settings/")
    page.get_by_role("link", name="見込み客の変換の関連付け").click()
    accessible(page)
    screenshot(page, "mapping")
    page.get_by_role("link", name="業種", exact=True).click()
    for kind in ("contact", "deal"):
        page.locator(f"#{kind}-target").select_option(label="業界")
    page.get_by_role("button", name="選択肢の対応を決める").click()
    assert page.locator("#contact-value-wholesale").input_value() != ""
    page.locator("#deal-value-manufacturing").select_option(label="製造")
    accessible(page)
    screenshot(page, "mapping-field")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("の関連付けを保存しました").first.wait_for()
    sign_in(page, cast.aoyama)
    page.goto(f"{live_server.url}/leads/{lead.uid}/convert/")
    page.get_by_role("button", name="取引を開始する").click()
    page.get_by_text("の取引を開始しました").first.wait_for()
    assert "卸売業" in page.locator(".record").inner_text()
    done = Conversion.objects.select_related("contact", "deal").get()
    assert done.mapping == 2
    assert len(done.contact.custom) == len(done.deal.custom) == 1


def _with_choices(kind: str, by: Any) -> None:
    field = add_field(kind, "choice", "業界", by=by)
    for label in ("卸売業", "製造"):
        add_choice(kind, field.key, label, by=by)


def test_many_begin_at_once_and_what_is_doubtful_waits(
    page: Page, live_server: Any, cast: Cast, lead: Any, screenshot: Callable[..., Path],
    accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    other = {
        **CARD,
        "family_name": "川口",
        "company": "あお物産",
        "email": "kawaguchi@ao.example.jp",
        "phone": "",
    }
    actions.create("lead", other, by=cast.aoyama)
    page.goto(f"{live_server.url}/leads/")
    for box in page.locator("input[name=keys]").all():
        box.check()
    page.get_by_role("button", name="取引を開始").first.click()
    accessible(page)
    screenshot(page, "conversion-many")
    page.get_by_role("button", name="変更する").click()
    page.get_by_text("要確認").first.wait_for()
    accessible(page)
    screenshot(page, "conversion-results")
    assert "同じかもしれない取引先があります: みどり商店" in page.locator("main").inner_text()
    assert Conversion.objects.count() == 1


def test_the_settings(
    browser_page: Page, live_server: Any, cast: Cast, sign_in: Callable[[Page, Person], None],
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    map_field("title", {}, by=cast.mizuno)
    sign_in(browser_page, cast.mizuno)
    browser_page.goto(f"{live_server.url}/settings/conversion/")
    accessible(browser_page)
    screenshot(browser_page, "conversion-settings")
    browser_page.get_by_label("商談の名前").fill("{会社名}のお取引")
    browser_page.get_by_role("button", name="保存").click()
    browser_page.get_by_text("設定を保存しました").first.wait_for()
    browser_page.goto(f"{live_server.url}/settings/conversion/mapping/?version=1")
    assert "第1版の内容です" in browser_page.locator("main").inner_text()
    accessible(browser_page)
