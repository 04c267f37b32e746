"""A firm moves in: from the link at the terminal to 22,200 real offices, worked with, taken out, and taken back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from tests.support.server import Server
from tests.support.sources import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

OFFICES = ROOT / "data" / "offices_cp932.csv"
LONG = 150_000
# One of the many offices of 日本電気, whose kana in the file is ニホンデンキ.
STREET = "5丁目33-8第一田町ビル"


def test_a_firm_moves_in(
    server: Server,
    open_page: Callable[..., Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., Path],
) -> None:
    page = open_page("desk")
    page.set_default_timeout(30_000)
    found_the_firm(page, server, accessible, screenshot)
    bring_in_the_offices(page, accessible, screenshot)
    find_them_alike(page, screenshot)
    open_one(page, screenshot)
    address = page.url
    add_a_field(page, server, screenshot)
    fill_it(page, address)
    filter_by_it(page, server, accessible, screenshot)
    edit_in_two_tabs(page, address, screenshot)
    change_many_and_undo(page, server, screenshot)
    take_out(page, server)
    take_everything_back(page, server, screenshot)
    assert "is whole" in server.manage("ledger", "verify")


def found_the_firm(
    page: Page, server: Server, accessible: Callable[[Page], None], screenshot: Callable[..., Path]
) -> None:
    """Whoever comes without the link is told where it is; it works once."""
    page.goto(server.url)
    page.get_by_text("起動した画面").first.wait_for()
    link = re.search(r"http://\S+/setup/\S+", server.log.read_text())
    assert link
    page.goto(link[0])
    accessible(page)
    screenshot(page, "setup")
    page.get_by_label("会社名").fill("シャチホコ商事株式会社")
    page.get_by_label("姓").fill("水野")
    page.get_by_label("名", exact=True).fill("誠")
    page.get_by_label("メールアドレス").fill("mizuno@shachihoko.example")
    page.get_by_label("パスワード").fill("oshiro-no-ue-no-sakana")
    page.get_by_role("button", name="登録して始める").click()
    page.get_by_role("heading", name="水野 誠さん").wait_for()
    accessible(page)
    screenshot(page, "home-empty")
    assert server.ask("GET", link[0].removeprefix(server.url)).status == 404


def bring_in_the_offices(
    page: Page, accessible: Callable[[Page], None], screenshot: Callable[..., Path]
) -> None:
    from playwright.sync_api import expect

    page.get_by_role("link", name="名簿を取り込む").click()
    page.get_by_label("取引先", exact=True).check()
    page.locator("input[type=file]").set_input_files(OFFICES)
    screenshot(page, "import-file")
    page.get_by_role("button", name="次へ").click()
    expect(page.locator("#encoding option:checked")).to_contain_text("Shift_JIS")
    expect(page.locator("#target-0 option:checked")).to_have_text("会社名")
    expect(page.locator("#column-0 .samples")).to_contain_text("札幌創成高等学校")
    accessible(page)
    screenshot(page, "import-columns")
    page.get_by_role("button", name="次へ").click()
    begin = page.get_by_role("button", name=re.compile(r"22,200件を取り込む"))
    expect(begin).to_be_visible(timeout=LONG)
    accessible(page)
    screenshot(page, "import-counts")
    begin.click()
    page.locator("progress").wait_for()
    screenshot(page, "import-running")
    done = page.locator(".numbers > div", has_text="新しく登録").locator("dd")
    expect(done).to_have_text("22,200", timeout=LONG)
    accessible(page)
    screenshot(page, "import-done")


def find_them_alike(page: Page, screenshot: Callable[..., Path]) -> None:
    """にほんでんき, 日本電気, ﾆﾎﾝﾃﾞﾝｷ and 日本電気(株) find the same firms, also those that the file reads ニツポン."""
    from playwright.sync_api import expect

    found = []
    for words in ("日本電気", "にほんでんき", "ﾆﾎﾝﾃﾞﾝｷ", "日本電気㈱"):
        box = page.get_by_role("searchbox", name="検索", exact=True)
        box.fill(words)
        suggestions = page.locator("#suggestions .hit")
        expect(suggestions.first).to_contain_text("日本電気")
        if words == "にほんでんき":
            screenshot(page, "search-suggestions")
        box.press("Enter")
        page.get_by_role("heading", name=f"「{words}」の検索結果").wait_for()
        found.append(firms_on(page))
    plain = [name for name in found[0] if re.fullmatch(r"日本電気[\s　]*株式会社", name)]
    assert len(plain) > 5
    assert [[name for name in names if name in plain] for names in found] == [plain] * 4
    screenshot(page, "search-results")


def firms_on(page: Page) -> list[str]:
    hits = page.locator("main .hit > span")
    return sorted(text.split("\n")[0].strip() for text in hits.all_inner_texts())


def open_one(page: Page, screenshot: Callable[..., Path]) -> None:
    from playwright.sync_api import expect

    page.locator("main .hit", has_text=STREET).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("日本電気 株式会社")
    expect(page.locator('[data-value$="/street"]')).to_contain_text("芝")
    expect(page.locator("#timeline")).to_contain_text("取り込み")
    screenshot(page, "record-imported")


def add_a_field(page: Page, server: Server, screenshot: Callable[..., Path]) -> None:
    from playwright.sync_api import expect

    page.goto(f"{server.url}/settings/fields/account/new/")
    page.locator("[name=label]").fill("訪問頻度")
    page.locator("[name=type]").select_option("choice")
    page.get_by_role("button", name="保存").click()
    page.get_by_label("追加する選択肢（1行に1つ）").fill("毎週\n毎月\n年に数回")
    page.get_by_role("button", name="追加").click()
    expect(page.locator(".keepers li")).to_have_count(3)
    screenshot(page, "settings-choices")


def fill_it(page: Page, address: str) -> None:
    """The new field is on the record at once; a click on it, a choice, Enter."""
    from playwright.sync_api import expect

    page.goto(address)
    value = page.locator('[data-value$="/field_1"]')
    page.get_by_role("button", name="空欄の項目も表示").click()
    value.hover()
    value.get_by_role("link", name="訪問頻度を変更").click()
    value.locator("select").select_option(label="毎月")
    value.get_by_role("button", name="保存").click()
    expect(value).to_contain_text("毎月")
    expect(page.locator(".toast")).to_contain_text("「訪問頻度」を保存しました。")


def filter_by_it(
    page: Page, server: Server, accessible: Callable[[Page], None], screenshot: Callable[..., Path]
) -> None:
    from playwright.sync_api import expect

    page.goto(f"{server.url}/accounts/")
    expect(page.locator(".list-foot")).to_contain_text("1,000件以上")
    page.keyboard.press("f")
    editor = page.locator("form.conditions")
    editor.get_by_label("項目").first.select_option(label="訪問頻度")
    editor.get_by_label("毎月").check()
    accessible(page)
    screenshot(page, "conditions")
    editor.get_by_role("button", name="この条件で絞り込む").click()
    expect(page.locator("table.table tbody tr")).to_have_count(1)
    expect(page.locator(".chips")).to_contain_text("訪問頻度")
    page.get_by_text("ビュー", exact=True).last.click()
    page.get_by_label("ビューの名前").fill("毎月伺う先")
    page.get_by_role("button", name="新しいビューとして保存").click()
    expect(page.locator(".view-bar [aria-current]")).to_have_text("毎月伺う先")
    expect(page.locator("table.table tbody tr")).to_have_count(1)


def edit_in_two_tabs(page: Page, address: str, screenshot: Callable[..., Path]) -> None:
    """Different fields: both stay. The same field: the later one is asked, and may still win."""
    from playwright.sync_api import expect

    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"{address}edit/")
    save(page, "phone", "0334541111")
    expect(page.locator('[data-value$="/phone"]').first).to_contain_text("03-3454-1111")
    save(other, "website", "https://example.jp/")
    expect(other.locator('[data-value$="/website"]').first).to_contain_text("example.jp")
    expect(other.locator('[data-value$="/phone"]').first).to_contain_text("03-3454-1111")
    for tab in (page, other):
        tab.goto(f"{address}edit/")
    save(page, "phone", "0334541112")
    expect(page.locator('[data-value$="/phone"]').first).to_contain_text("03-3454-1112")
    save(other, "phone", "0334541113")
    contest = other.locator(".contested")
    expect(contest).to_contain_text("別の画面で（ご自身が）先に保存しました")
    expect(contest).to_contain_text("03-3454-1112")
    expect(other.locator("[name=phone]")).to_have_value("0334541113")
    screenshot(other, "contest")
    contest.get_by_label("自分の入力で上書きする").check()
    other.keyboard.press("Control+Enter")
    expect(other.locator('[data-value$="/phone"]').first).to_contain_text("03-3454-1113")
    other.close()


def save(page: Page, name: str, value: str) -> None:
    field = page.locator(f"[name={name}]")
    field.fill(value)
    field.press("Control+Enter")


def change_many_and_undo(page: Page, server: Server, screenshot: Callable[..., Path]) -> None:
    from playwright.sync_api import expect

    page.goto(f"{server.url}/accounts/?q=日本電気")
    boxes = page.locator("td.pick input")
    for number in range(5):
        boxes.nth(number).check()
    expect(page.locator(".selection-bar strong")).to_have_text("5")
    screenshot(page, "list-selected")
    page.get_by_role("button", name="一括変更").click()
    page.locator("[name=rank]").select_option(index=1)
    screenshot(page, "many-edit")
    page.get_by_role("button", name="変更する").click()
    expect(page.locator(".banner")).to_contain_text("5件を変更しました。")
    assert ranked(server) == 5
    page.locator(".banner").get_by_role("button", name="元に戻す").click()
    expect(page.locator(".banner")).to_contain_text("5件を元に戻しました。")
    assert ranked(server) == 0


def ranked(server: Server) -> int:
    code = "from daifuku.customers.models import Account\nresult = Account.plain.exclude(rank='').count()"
    return int(server.python(code))


def take_out(page: Page, server: Server) -> None:
    """The view as CSV and as XLSX, read back: one firm, with its new field and its new number."""
    page.goto(f"{server.url}/accounts/")
    page.get_by_text("ほかのビュー").click()
    page.locator(".view-bar .menu-list").get_by_role("link", name="毎月伺う先").first.click()
    for kind in ("CSV", "XLSX"):
        page.get_by_label("その他の操作").first.click()
        page.get_by_role("link", name="この一覧を書き出す").click()
        page.locator(f"[name=form][value={kind.lower()}]").check()
        page.get_by_label("すべての項目").check()
        with page.expect_download() as waiting:
            page.get_by_role("button", name="書き出す").click()
        content = Path(waiting.value.path()).read_bytes()
        (row,) = rows_of(content, kind)
        assert re.fullmatch(r"日本電気\s株式会社", row["会社名"])
        assert (row["訪問頻度"], row["電話番号"]) == ("毎月", "03-3454-1113")
        page.locator(".page-head .back").click()


def rows_of(content: bytes, kind: str) -> list[dict[str, str]]:
    if kind == "CSV":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    head, *rest = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, head), map(str, row), strict=True)) for row in rest]


def take_everything_back(page: Page, server: Server, screenshot: Callable[..., Path]) -> None:
    """All rows go to the trash but the six that somebody has worked with since: those stay, and are counted."""
    from playwright.sync_api import expect

    page.goto(f"{server.url}/imports/")
    page.get_by_role("link", name="offices_cp932.csv").click()
    page.get_by_role("button", name="取り込みを元に戻す").click()
    undone = page.locator(".numbers > div", has_text="元に戻した件数").locator("dd")
    expect(undone).to_have_text("22,194", timeout=LONG)
    expect(page.locator(".numbers > div", has_text="残した件数").locator("dd")).to_have_text("6")
    screenshot(page, "import-undone")
    page.goto(f"{server.url}/accounts/")
    expect(page.locator("table.table tbody tr")).to_have_count(6)
    page.goto(f"{server.url}/trash/")
    expect(page.locator("main")).to_contain_text("取引先")
