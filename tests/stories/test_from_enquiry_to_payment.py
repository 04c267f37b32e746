"""One enquiry of `seeds/000` on its way to the money: 「受注から発注、納品までを水が上から下に流れるような仕組み」.

「お客さんから問合せの電話があったら次は何をするの?」 亮 takes the call, goes there and quotes; みどり approves;
としこ enters the order with the customer's 注文書 and delivers; 修 buys; 恵子 invoices and watches for the money. Each
step is a press on the page of the one before; what cannot be is refused with a sentence, and what was typed stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities.models import Talk
from daifuku.billing.models import Invoice, Payment
from daifuku.deals.models import Deal
from daifuku.foundation.calendar import last_of_month
from daifuku.orders.models import Delivery, Order, Purchase
from daifuku.quotes.models import Quote
from daifuku.records import actions
from tests.stories.trading_company import House

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n%%EOF"
)

TALK, PLAN = (re.compile(rf"/{slug}/[0-9a-f-]{{36}}/$") for slug in ("talks", "plans"))


@dataclass
class Way:
    """The way of one enquiry; `screen` is the width at which everybody sits."""

    house: House
    screen: str
    records: dict[str, Any] = field(default_factory=dict)

    def enter(self, word: str, path: str) -> Page:
        return self.house.enter(word, path, self.screen)

    def at(self, word: str, what: str) -> Page:
        """This person's screen at the page of the account, the deal, the order."""
        return self.enter(word, self.records[what].get_absolute_url())

    def stands(self, stage: str) -> None:
        """Everybody sees where the customer stands: on the deal's page and on his own."""
        from playwright.sync_api import expect

        self.house.work()
        page = self.at("ryo", "deal")
        expect(page.locator(".deal-bar [aria-current=step]")).to_contain_text(stage)
        page = self.at("midori", "account")
        expect(page.locator("#panel-deals .chip").first).to_contain_text(stage)


@pytest.fixture
def way(house: House, screen: str) -> Way:
    """田中 of 青葉商事 calls シャチホコ商事 for the first time; what she asks for comes from a supplier."""
    made = Way(house, screen)
    card = {
        "family_name": "田中", "given_name": "花子", "company": "株式会社青葉商事", "source": "phone",
        "phone": "052-000-0112", "email": "tanaka@aoba.example.jp", "prefecture": "愛知県", "city": "名古屋市中区",
        "representative": "青葉 太郎", "website": "https://aoba.example.jp/",
    }  # fmt: skip
    made.records["lead"] = actions.create("lead", card, by=house.people["ryo"])
    supplier = house.firm("味噌味噌乳業", "ミソミソニュウギョウ", "katsumi")
    yogurt = {"code": "YG-1", "name": "ミソミソヨーグルト", "unit": "箱", "price": "2160", "cost": "1400",
              "tax_class": "reduced", "supplier": supplier}  # fmt: skip
    actions.create("product", yogurt, by=house.people["makoto"])
    return made


def test_the_enquiry_becomes_money(way: Way) -> None:
    he_takes_the_call(way)
    he_gets_an_appointment_and_goes_there(way)
    he_quotes_and_his_head_approves(way)
    she_enters_the_order_with_its_paper(way)
    he_buys_what_it_needs(way)
    she_delivers_a_part_of_it(way)
    she_invoices_and_the_bank_tells_of_a_part_of_the_money(way)
    she_delivers_the_rest(way)
    she_closes_the_month(way)
    more_comes_in_than_is_owed(way)
    everybody_sees_that_it_is_paid(way)


def he_takes_the_call(way: Way) -> None:
    """「お客さんから問合せの電話があったら」: the talk, and from it customer, contact and deal."""
    from playwright.sync_api import expect

    way.house.at(0, "09:30")
    ryo = way.at("ryo", "lead")
    ryo.get_by_role("link", name="取引を記録").first.click()
    ryo.get_by_label("対応方法").select_option(label="電話")
    ryo.get_by_label("対応内容").select_option(label="商品の問い合わせ")
    ryo.locator("[name=text]").fill("テレビで見たミソミソヨーグルトを、売店に置きたいとのこと。")
    ryo.get_by_role("button", name="保存", exact=True).click()
    ryo.wait_for_url(TALK)
    ryo = way.at("ryo", "lead")
    ryo.get_by_role("link", name="取引を開始する").click()
    ryo.get_by_label("商談名").fill("売店のヨーグルト")
    ryo.get_by_role("button", name="取引を開始する").click()
    expect(ryo.get_by_text("の取引を開始しました").first).to_be_visible()
    deal = way.records["deal"] = Deal.plain.get()
    account = way.records["account"] = deal.account
    assert account is not None
    assert (account.name, Talk.plain.get().account) == ("株式会社青葉商事", account)
    terms = {"kana": "アオバショウジ", "closing_day": "end", "payment_terms": "月末締め翌月末払い"}
    actions.edit(account, terms, by=way.house.people["ryo"])
    ryo = way.at("ryo", "deal")
    expect(ryo.get_by_role("heading", level=1)).to_contain_text("売店のヨーグルト")
    way.house.well(ryo, "the enquiry")
    way.stands("問合せ")


def he_gets_an_appointment_and_goes_there(way: Way) -> None:
    """「もちろん、アポイントをとってお会いします」: the plan, its result, and what the stage asks for."""
    from playwright.sync_api import expect

    ryo = way.at("ryo", "deal")
    ryo.get_by_role("link", name="予定を入れる").first.click()
    ryo.get_by_label("件名", exact=True).fill("売店のご要望をうかがう")
    ryo.locator("[name=started_at]").fill(f"{way.house.day(2):%Y-%m-%d} 10:00")
    ryo.get_by_label("対応方法").select_option(label="訪問")
    ryo.get_by_role("button", name="保存", exact=True).click()
    ryo.wait_for_url(PLAN)
    plan = ryo.url
    ryo = way.at("ryo", "deal")
    ryo.get_by_role("button", name="「アポイント」へ進める").click()
    expect(ryo.locator(".deal-bar [aria-current=step]")).to_contain_text("アポイント")
    way.stands("アポイント")

    way.house.at(2, "11:00")
    ryo = way.enter("ryo", plan.removeprefix(way.house.url))
    ryo.get_by_role("link", name="結果を記録").click()
    ryo.get_by_label("対応内容").select_option(label="商品の問い合わせ")
    ryo.locator("[name=text]").fill("週に40箱。日曜までに売店へ。見積を頼まれた。")
    ryo.get_by_role("button", name="結果を保存").click()
    ryo.wait_for_url(TALK)
    ryo = way.at("ryo", "deal")
    ryo.get_by_role("button", name="「訪問・ヒアリング」へ進める").click()
    expect(ryo.locator(".deal-bar [aria-current=step]")).to_contain_text("訪問・ヒアリング")
    way.stands("訪問・ヒアリング")


def he_quotes_and_his_head_approves(way: Way) -> None:
    """「要望を伺って、見積もりを提出すると思います」: 35 per cent off is more than he may give."""
    from playwright.sync_api import expect

    way.house.at(2, "15:00")
    ryo = way.at("ryo", "deal")
    ryo.locator("#panel-quotes").get_by_role("link", name="見積を作る").click()
    ryo.locator("[name='lines.0.name']").press_sequentially("ミソミソ", delay=30)
    ryo.get_by_role("option", name="ミソミソヨーグルト").click()
    expect(ryo.locator("[name='lines.0.unit_price']")).to_have_value("2160")
    ryo.locator("[name='lines.0.quantity']").fill("40")
    ryo.locator("[name='lines.0.discount']").fill("35")
    ryo.locator("[name='lines.1.name']").fill("保冷ケース")
    ryo.locator("[name='lines.1.quantity']").fill("2")
    ryo.locator("[name='lines.1.unit_price']").fill("30000")
    ryo.locator("[name='lines.1.cost']").fill("24000")
    ryo.get_by_role("button", name="保存", exact=True).click()
    ryo.get_by_role("link", name="承認を申請する").click()
    way.records["quote"] = Quote.plain.get()
    ryo.locator("[name=note]").fill("毎週の注文になるため")
    ryo.get_by_role("button", name="申請する").click()
    midori = way.at("midori", "quote")
    expect(midori.locator("main")).to_contain_text("値引率")
    way.house.well(midori, "a quote that waits for approval")
    midori.get_by_role("button", name="承認する").click()
    expect(midori.get_by_text("承認しました。").first).to_be_visible()
    ryo = way.at("ryo", "quote")
    ryo.get_by_role("button", name="発行する").click()
    ryo.get_by_role("link", name="メールで送る").click()
    expect(ryo.locator("[name=to]")).to_have_value("tanaka@aoba.example.jp")
    way.house.well(ryo, "the letter with the quote")
    ryo.get_by_role("button", name="送る", exact=True).click()
    expect(ryo.get_by_text("メールを送信待ちに入れました。").first).to_be_visible()
    way.stands("見積")

    way.house.at(3, "09:00")
    ryo = way.at("ryo", "quote")
    ryo.get_by_role("link", name="回答を記録").click()
    ryo.get_by_label("受ける（発注）").check()
    ryo.get_by_role("button", name="保存", exact=True).click()
    expect(ryo.get_by_role("link", name="受注にする")).to_be_visible()
    way.stands("受注")


def she_enters_the_order_with_its_paper(way: Way) -> None:
    """「注文書を頂いて受注になります」: a due day before the order's is refused, and nothing of the rest is lost."""
    from playwright.sync_api import expect

    way.house.at(3, "10:00")
    toshiko = way.at("toshiko", "quote")
    toshiko.get_by_role("link", name="受注にする").click()
    expect(toshiko.locator("[name=l0-name]")).to_have_value("ミソミソヨーグルト")
    toshiko.locator("[name=customer_number]").fill("AO-2201")
    toshiko.locator("[name=due_on]").fill(f"{way.house.day(1):%Y-%m-%d}")
    toshiko.get_by_role("button", name="受注を登録").click()
    expect(toshiko.locator("main")).to_contain_text("納期")
    expect(toshiko.get_by_text("入力内容をご確認ください。").first).to_be_visible()
    expect(toshiko.locator("[name=customer_number]")).to_have_value("AO-2201")
    expect(toshiko.locator("[name=l1-name]")).to_have_value("保冷ケース")
    way.house.well(toshiko, "a due day before the order")
    toshiko.locator("[name=due_on]").fill(f"{way.house.day(6):%Y-%m-%d}")
    toshiko.get_by_role("button", name="受注を登録").click()
    expect(toshiko.get_by_text("を登録しました。").first).to_be_visible()
    order = way.records["order"] = Order.plain.get()
    assert (order.deal, order.quote, order.net) == (way.records["deal"], way.records["quote"], 116_160)
    toshiko.locator("#files input[name=file]").set_input_files(
        {"name": "注文書AO-2201.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )
    expect(toshiko.locator("#files .file")).to_contain_text("注文書AO-2201.pdf")
    way.at("toshiko", "order")
    expect(toshiko.get_by_text("お客様の注文書が付いていません")).to_have_count(0)
    toshiko.get_by_role("button", name="注文請書を発行").click()
    expect(toshiko.get_by_text("を発行しました。").first).to_be_visible()
    way.house.well(toshiko, "the order")
    way.stands("受注")
    ryo = way.enter("ryo", "/until-paid/")
    expect(ryo.locator(".bank-line", has_text="納期")).to_contain_text("青葉商事")
    way.house.well(ryo, "what he has in hand until it is paid")


def he_buys_what_it_needs(way: Way) -> None:
    """修 changes no order, and buys what it needs; what he cannot know the supplier of is named."""
    from playwright.sync_api import expect

    osamu = way.at("osamu", "order")
    osamu.get_by_role("link", name="発注する").click()
    expect(osamu.get_by_text("仕入先のわからない商品は")).to_contain_text("保冷ケース")
    way.house.well(osamu, "buying")
    osamu.get_by_role("button", name="発注書を発行").click()
    expect(osamu.get_by_text("を発行しました。").first).to_be_visible()
    purchase = way.records["purchase"] = Purchase.plain.get()
    assert (purchase.account.name, purchase.net) == ("味噌味噌乳業", 56_000)
    way.house.at(5, "09:00")
    osamu = way.at("osamu", "purchase")
    osamu.get_by_role("link", name="入荷を登録").click()
    osamu.get_by_role("button", name="入荷を登録").click()
    expect(osamu.get_by_text("入荷を登録しました。")).to_be_visible()
    way.house.well(osamu, "what arrived")


def she_delivers_a_part_of_it(way: Way) -> None:
    """41 of 40 and a day before the order are refused; 25 go out."""
    from playwright.sync_api import expect

    way.house.at(5, "13:00")
    toshiko = way.at("toshiko", "order")
    toshiko.get_by_role("link", name="納品する").click()
    yogurt, case = (toshiko.locator(".ask-row").nth(number).locator("input") for number in range(2))
    day = toshiko.locator("[name=delivered_on]")
    yogurt.fill("41")
    case.fill("0")
    toshiko.get_by_role("button", name="納品書を発行").click()
    expect(toshiko.locator(".ask-row .error")).to_contain_text("40")
    expect(yogurt).to_have_value("41")
    yogurt.fill("25")
    day.fill(f"{way.house.day(1):%Y-%m-%d}")
    toshiko.get_by_role("button", name="納品書を発行").click()
    expect(toshiko.locator("[data-wrong] .error")).to_contain_text("受注日")
    expect(yogurt).to_have_value("25")
    way.house.well(toshiko, "a delivery before the order")
    day.fill(f"{way.house.day(5):%Y-%m-%d}")
    toshiko.get_by_role("button", name="納品書を発行").click()
    expect(toshiko.get_by_text("を発行しました。").first).to_be_visible()
    way.records["delivery"] = Delivery.plain.get()
    way.house.well(toshiko, "a delivery")
    expect(way.at("ryo", "order").locator("main")).to_contain_text("一部納品")
    way.stands("受注")


def she_invoices_and_the_bank_tells_of_a_part_of_the_money(way: Way) -> None:
    from playwright.sync_api import expect

    way.house.at(5, "15:00")
    keiko = way.at("keiko", "delivery")
    keiko.get_by_role("link", name="請求書を作る").click()
    way.house.well(keiko, "billing a delivery")
    keiko.get_by_role("button", name="請求書を発行").click()
    expect(keiko.get_by_text("を発行しました。").first).to_be_visible()
    first = way.records["invoice"] = Invoice.plain.get()
    assert first.total == 37_908
    way.house.well(keiko, "an invoice")

    way.house.at(8, "09:30")
    keiko = way.enter("keiko", "/bank/")
    rows = ("日付,摘要,出金金額,入金金額,残高", f"{way.house.day(7):%Y/%m/%d},振込 カ)アオバシヨウジ,,20000,0",
            f"{way.house.day(7):%Y/%m/%d},振込 ナゾノ カイシヤ,,777,0")  # fmt: skip
    keiko.locator("input[type=file]").set_input_files(
        {"name": "入出金明細.csv", "mimeType": "text/csv", "buffer": "\r\n".join(rows).encode("cp932")}
    )
    keiko.get_by_role("button", name="取り込む").click()
    known = keiko.locator(".bank-line", has_text="アオバシヨウジ")
    expect(known).to_contain_text("カナが同じ")
    expect(known).to_contain_text("金額が合わない")
    expect(known).to_contain_text(first.number)
    unknown = keiko.locator(".bank-line", has_text="ナゾノ")
    expect(unknown).to_contain_text("だれからの入金か分かりません。")
    way.house.well(keiko, "the bank's lines")
    known.get_by_role("button", name="記録", exact=True).click()
    expect(keiko.get_by_text("の入金として記録しました。").first).to_be_visible()
    keiko = way.at("keiko", "invoice")
    expect(keiko.locator("#panel-payments")).to_contain_text("残り17,908円")
    expect(way.at("ryo", "order").locator("#panel-money")).to_contain_text("一部入金")


def she_delivers_the_rest(way: Way) -> None:
    from playwright.sync_api import expect

    way.house.at(8, "11:00")
    toshiko = way.at("toshiko", "order")
    toshiko.get_by_role("link", name="納品する").click()
    toshiko.get_by_role("button", name="納品書を発行").click()
    expect(toshiko.get_by_text("を発行しました。").first).to_be_visible()
    way.at("toshiko", "order")
    expect(toshiko.get_by_role("link", name="納品する")).to_have_count(0)
    way.stands("納品")
    ryo = way.enter("ryo", "/until-paid/?step=to_bill")
    expect(ryo.locator(".bank-line")).to_contain_text("青葉商事")


def she_closes_the_month(way: Way) -> None:
    """What was delivered and not invoiced, with what is still to be paid of before: 合計請求書."""
    from playwright.sync_api import expect

    closes = last_of_month(way.house.day(8))
    to(way, closes + timedelta(days=1), "09:00")
    keiko = way.enter("keiko", f"/invoices/closing/preview/?closes_on={closes:%Y-%m-%d}")
    row = keiko.get_by_role("row", name="青葉商事")
    expect(row).to_contain_text("81,060円")
    way.house.well(keiko, "what the closing will bill")
    keiko.get_by_role("button", name="1社の請求書を発行").click()
    expect(keiko.get_by_text("締め請求を始めました。").first).to_be_visible()
    way.house.work()
    keiko.reload()
    way.house.well(keiko, "a closing run")
    second = way.records["closing"] = Invoice.plain.get(kind="closing")
    assert second.total == 88_744
    keiko.get_by_role("link", name=second.number).click()
    way.house.well(keiko, "a closing invoice")


def more_comes_in_than_is_owed(way: Way) -> None:
    """More than an invoice waits for cannot be set off; the rest of the money is kept as an advance."""
    from playwright.sync_api import expect

    to(way, last_of_month(last_of_month(way.house.day(8)) + timedelta(days=1)), "10:00")
    second = way.records["closing"]
    keiko = way.at("keiko", "closing")
    keiko.get_by_role("link", name="入金を記録する").click()
    keiko.locator("[name=amount]").fill("120000")
    part = keiko.locator(f"[name=part-{second.uid}]")
    part.fill("100000")
    keiko.get_by_role("button", name="入金を記録", exact=True).click()
    expect(keiko.locator(".part-row .error")).to_be_visible()
    expect(part).to_have_value("100000")
    expect(keiko.locator("[name=amount]")).to_have_value("120000")
    way.house.well(keiko, "more than the invoice waits for")
    keiko.get_by_label("自動（金額の合う請求書、なければ古い順）").check()
    keiko.get_by_role("button", name="入金を記録", exact=True).click()
    expect(keiko.get_by_text("13,348円は前受として残っています。").first).to_be_visible()
    payment = way.records["payment"] = Payment.plain.latest("pk")
    assert (payment.amount, payment.left) == (120_000, 13_348)
    way.house.well(way.at("keiko", "payment"), "a payment with an advance")


def everybody_sees_that_it_is_paid(way: Way) -> None:
    """「担当者は入金があるまで責任を持って対応する」: only now it leaves 亮's list."""
    from playwright.sync_api import expect

    way.stands("入金")
    way.house.well(way.at("ryo", "deal"), "the deal at the end")
    ryo = way.at("ryo", "order")
    expect(ryo.locator("main")).to_contain_text("入金済み")
    way.house.well(ryo, "the order at the end")
    ryo = way.enter("ryo", "/until-paid/")
    expect(ryo.get_by_text("残っている受注はありません")).to_be_visible()
    toshiko = way.at("toshiko", "account")
    expect(toshiko.locator("#panel-owed")).to_contain_text("13,348円")
    way.house.well(toshiko, "the customer at the end")


def to(way: Way, day: date, clock: str) -> None:
    """It is that time of that day, a working day or not, and the worker has done what was due until then."""
    way.house.clock.at(day, clock)
    way.house.work()
