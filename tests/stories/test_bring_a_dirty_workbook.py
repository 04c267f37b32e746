"""水野 brings in the Excel file that grew for twenty years: ten sheets, merged headings, 和暦, a 30th of February."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import wizard, xlsx
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
LONG = 60_000
HEADINGS = ("得意先コード", "得意先名", "ＴＥＬ", "従業員数", "売上高", "取引開始日", "備考")
LEDGER: xlsx.Rows = [
    ("得意先台帳　令和8年11月現在", "", "", "", "", "", ""),
    ("基本", "", "", "規模", "", "取引", ""),
    HEADINGS,
    (
        "00123",
        "青葉商事㈱",
        "０５２－１２３－４５６７",
        "１２０",
        "￥1,234,567-",
        "令和7年2月28日",
        "朝礼\n二階へ",
    ),
    ("00007", "若葉工業", "06-6123-4567", "８", "1,000円", "S64.1.7", "=1+1"),
    ("00008", "楓商店", "", "", "", "令和7年2月30日", "閏年ではない"),
    ("", "", "", "", "", "", ""),
    ("00009", "桜　物産", "", 15, 2500, "Ｒ８．１１．２４", ""),
]
STORED = """
from daifuku.customers.models import Account
result = [
    [a.code, a.name, a.phone, a.employees, str(a.annual_sales or ""), str(a.traded_since), a.note]
    for a in Account.plain.filter(trashed_at__isnull=True).order_by("code")
]
"""


def workbook(path: Path) -> Path:
    others: dict[str, xlsx.Rows] = {f"旧{number}年": [("控え", "なし")] for number in range(1, 8)}
    sheets: dict[str, xlsx.Rows] = {"表紙": [("シャチホコ商事",)], **others, "得意先": LEDGER, "メモ": []}
    assert len(sheets) == 10
    xlsx.write(path, sheets, {"得意先": ["A1:G1", "A2:C2", "D2:E2", "F2:G2"]})
    return path


def test_from_the_file_to_taking_it_back(
    server: Server,
    open_page: Callable[..., Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., Path],
    tmp_path: Path,
) -> None:
    from playwright.sync_api import expect

    page = open_page("desk")
    wizard.sign_in(page, server)
    wizard.bring(page, server, workbook(tmp_path / "得意先台帳.xlsx"))
    expect(page.locator("#sheet-name option")).to_have_count(10)
    expect(page.locator("#sheet-name")).to_have_value("得意先")
    expect(page.locator("#header_line")).to_have_value("3")
    for number, name in enumerate(("得意先コード", "会社名", "電話番号", "従業員数", "売上高・年商")):
        expect(page.locator(f"#target-{number} option:checked")).to_have_text(name)
    expect(page.locator("#column-5 .samples")).to_contain_text("令和7年2月30日")
    accessible(page)
    screenshot(page, "dirty-columns")
    wizard.count(page, 3, LONG)
    expect(page.locator(".reasons").first).to_contain_text("取引開始日: 日付として読めません")
    screenshot(page, "dirty-counts")
    page.get_by_role("button", name="3件を取り込む").click()
    taken_in = page.get_by_role("button", name="取り込みを元に戻す")
    taken_in.wait_for(timeout=LONG)
    assert (wizard.number(page, "新しく登録"), wizard.number(page, "取り込めなかった行")) == ("3", "1")
    assert server.python(STORED) == [
        ["00007", "若葉工業", "06-6123-4567", 8, "1000", "1989-01-07", "=1+1"],
        ["00009", "桜 物産", "", 15, "2500", "2026-11-24", ""],
        ["00123", "青葉商事㈱", "052-123-4567", 120, "1234567", "2025-02-28", "朝礼\n二階へ"],
    ]
    mend_what_was_refused(page, server, tmp_path)
    take_back(page, server)


def mend_what_was_refused(page: Page, server: Server, folder: Path) -> None:
    """The rejected row comes as a file with its reason, is mended, and fed again."""
    with page.expect_download() as coming:
        page.get_by_role("link", name="取り込めなかった行をダウンロード").click()
    words = Path(coming.value.path()).read_text(encoding="utf-8-sig")
    assert "令和7年2月30日" in words and "00008" in words and words.count("楓商店") == 1
    mended = folder / "直した行.csv"
    mended.write_text(words.replace("2月30日", "2月27日"), encoding="utf-8-sig")
    address = page.url
    wizard.bring(page, server, mended)
    wizard.count(page, 1, LONG)
    page.get_by_role("button", name="1件を取り込む").click()
    page.get_by_role("button", name="取り込みを元に戻す").wait_for(timeout=LONG)
    assert [row[5] for row in server.python(STORED) if row[0] == "00008"] == ["2025-02-27"]
    page.goto(address)


def take_back(page: Page, server: Server) -> None:
    page.get_by_role("button", name="取り込みを元に戻す").click()
    page.locator(".numbers > div", has_text="元に戻した件数").wait_for(timeout=LONG)
    assert wizard.number(page, "元に戻した件数") == "3"
    assert [row[0] for row in server.python(STORED)] == ["00008"]
    assert "whole" in server.manage("ledger", "verify")
