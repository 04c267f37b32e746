"""水野 writes down what came in: the oldest or the chosen invoice, less the bank's fee, from the bank's file; and takes
it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.billing.models import Payment
from daifuku.billing.tests.paying import customer, owes, seen

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Desk:
    """青葉商事 owes 110,000 yen of last month and 55,000 of this one; 水野 sits at the payments."""

    def __init__(self, page: Page, url: str, cast: Cast, well: Callable[[str], None]) -> None:
        self.page, self.url, self.well = page, url, well
        today = timezone.localdate()
        self.account = customer(cast.mizuno)
        self.old = owes(self.account, 110_000, today - timedelta(days=20), on=today - timedelta(days=50))
        self.new = owes(self.account, 55_000, today + timedelta(days=10), on=today - timedelta(days=20))

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)


@pytest.fixture
def desk(
    browser_page: Page, cast: Cast, live_server: Any, sign_in: Callable[[Page, Person], None],
    accessible: Callable[[Page], None], screenshot: Callable[..., object],
) -> Desk:  # fmt: skip
    def well(name: str) -> None:
        accessible(browser_page)
        screenshot(browser_page, name.replace(" ", "-"), full_page=True)
        assert browser_page.locator("html").evaluate("(each) => each.scrollWidth - each.clientWidth") == 0

    made = Desk(browser_page, live_server.url, cast, well)
    sign_in(browser_page, cast.mizuno)
    return made


def test_the_oldest_is_paid_first_and_the_fee_is_ours(desk: Desk) -> None:
    """Without a choice; by keyboard; taken back at once with all that it paid."""
    from playwright.sync_api import expect

    page = desk.page
    desk.open(f"/payments/receive/?account={desk.account.uid}")
    expect(page.locator(".part-row")).to_have_count(2)
    page.locator("[name=amount]").fill("129560")
    page.locator("[name=fee]").fill("440")
    desk.well("a payment is written down")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("を記録し、請求書に消し込みました。").first).to_be_visible()
    assert seen(desk.old) == (110_000, 0, "paid")
    assert seen(desk.new) == (20_000, 35_000, "partly")
    desk.well("a payment")
    page.get_by_role("button", name="元に戻す").first.click()
    expect(page.get_by_text("元に戻しました").first).to_be_visible()
    assert seen(desk.old) == (0, 110_000, "waiting")
    assert seen(desk.new) == (0, 55_000, "waiting")


def test_a_chosen_invoice_is_paid_and_the_money_freed_again(desk: Desk) -> None:
    """What cannot be set off is refused beside its invoice; what was typed stays."""
    from playwright.sync_api import expect

    page = desk.page
    desk.open(f"/payments/receive/?account={desk.account.uid}")
    page.locator("[name=amount]").fill("50000")
    page.get_by_label("下の請求書から選ぶ").check()
    row = page.locator(".part-row", has_text=desk.new.number)
    row.get_by_role("checkbox").check()
    row.locator("[name^=part-]").fill("50001")
    page.get_by_role("button", name="入金を記録", exact=True).click()
    expect(page.get_by_text("入力内容をご確認ください。").first).to_be_visible()
    expect(page.locator("[name=amount]")).to_have_value("50000")
    expect(row.locator("[name^=part-]")).to_have_value("50001")
    desk.well("more than came in")
    row.locator("[name^=part-]").fill("30000")
    page.get_by_role("button", name="入金を記録", exact=True).click()
    expect(page.get_by_text("20,000円は前受として残っています。").first).to_be_visible()
    assert (seen(desk.new), seen(desk.old)) == ((30_000, 25_000, "partly"), (0, 110_000, "waiting"))
    page.get_by_role("link", name="残り20,000円を消し込む").click()
    page.get_by_label("下の請求書から選ぶ").check()
    page.locator(".part-row", has_text=desk.old.number).get_by_role("checkbox").check()
    desk.well("the rest is set off")
    page.get_by_role("button", name="消し込む", exact=True).click()
    expect(page.get_by_text("請求書に消し込みました。").first).to_be_visible()
    assert seen(desk.old) == (20_000, 90_000, "partly")
    page.get_by_role("button", name="外す").first.click()
    expect(page.get_by_text("消込を外しました。").first).to_be_visible()
    assert Payment.plain.get().left in {20_000, 30_000}


def test_what_went_back_is_cancelled_with_its_reason(desk: Desk) -> None:
    from playwright.sync_api import expect

    page = desk.page
    desk.open(f"/payments/receive/?invoice={desk.old.uid}")
    page.get_by_role("button", name="入金を記録", exact=True).click()
    expect(page.locator("#panel-payments")).to_contain_text("全額が入金済みです。")
    page.locator("#panel-payments").get_by_role("link", name="入金").first.click()
    page.get_by_role("link", name="入金を取り消す").click()
    page.get_by_role("button", name="入金を取り消す").click()
    expect(page.locator("[data-wrong] .error")).to_contain_text("理由")
    page.locator("[name=reason]").fill("組戻し")
    desk.well("a payment is cancelled")
    page.get_by_role("button", name="入金を取り消す").click()
    expect(page.get_by_text("取り消された入金です。").first).to_be_visible()
    assert seen(desk.old) == (0, 110_000, "waiting")


def test_the_banks_file_is_booked_line_by_line(desk: Desk) -> None:
    """The certain ones with one press; a file without known headings asks once; the same file twice adds nothing."""
    from playwright.sync_api import expect

    page, day = desk.page, f"{timezone.localdate():%Y/%m/%d}"
    lines = (
        "いつ,だれ,いくら",
        f"{day},カ)アオバシヨウジ,110000",
        f"{day},ナゾノ カイシヤ,55000",
        f"{day},リソク,3",
    )
    file = {"name": "meisai.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode("cp932")}
    desk.open("/bank/")
    desk.well("no lines of the bank yet")
    for given in range(2):
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_role("button", name="取り込む").click()
        if given == 0:
            expect(page.get_by_role("heading", level=1)).to_contain_text("列の確認")
            for what, column in (("day", 0), ("came", 2), ("payer", 1)):
                page.locator(f"[name=column-{what}]").select_option(str(column))
            desk.well("which column is which")
            page.get_by_role("button", name="取り込む").click()
        expect(page.locator(".bank-line")).to_have_count(3)
    desk.well("lines of the bank")
    page.get_by_role("button", name="確実な1件をまとめて記録").click()
    expect(page.get_by_text("1件の入金を記録しました。").first).to_be_visible()
    assert seen(desk.old) == (110_000, 0, "paid")
    unknown = page.locator(".bank-line", has_text="ナゾノ")
    expect(unknown).to_contain_text("金額だけが同じ")
    unknown.get_by_role("button", name="記録", exact=True).click()
    expect(page.get_by_text("の入金として記録しました。").first).to_be_visible()
    assert seen(desk.new) == (55_000, 0, "paid")
    page.locator(".bank-line", has_text="リソク").get_by_role("button", name="対象外").click()
    expect(page.get_by_text("確認を待つ明細はありません")).to_be_visible()
    page.get_by_role("link", name="対象外").click()
    page.get_by_role("button", name="確認待ちに戻す").click()
    expect(page.locator(".bank-line", has_text="リソク")).to_be_visible()
