"""水野 leaves Evernote: her notes go to their customers, the doubtful ones where she says, and back again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from daifuku.transfers.tests.enex_files import SAMPLE
from tests.support import wizard
from tests.support.looking import Look
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
LONG = 60_000
CUSTOMERS = """
from daifuku.records import actions
from daifuku.staff.models import Person
by = Person.objects.get(family_name="水野")
for place in ("愛知県", "岐阜県"):
    actions.create("account", {"name": "株式会社青葉商事", "prefecture": place}, by=by)
actions.create("account", {"name": "緑商店"}, by=by)
result = None
"""
THERE = """
from daifuku.customers.models import Account
from daifuku.records.actions import commenting, filing
result = sorted(
    [a.name, a.prefecture, commenting.comments_on(a).count(), filing.files_of(a).count()]
    for a in Account.plain.filter(trashed_at__isnull=True)
)
"""


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_from_the_file_to_taking_it_back(
    screen: str, server: Server, open_page: Callable[..., Page], screenshot: Callable[..., Path]
) -> None:
    page = open_page(screen)
    look = Look(page)
    wizard.sign_in(page, server)
    server.python(CUSTOMERS)
    page.goto(f"{server.url}/imports/")
    page.get_by_role("link", name="Evernoteのノートを取り込む").click()
    look.well("new")
    page.locator("input[type=file]").set_input_files(SAMPLE)
    page.get_by_role("button", name="次へ").click()
    row = page.locator("tr", has_text="青葉商事 打合せ")
    row.get_by_role("button", name=re.compile("岐阜県")).click()
    page.get_by_text("1件の行き先を").wait_for()
    choose_together(page, look)
    look.well("notes")
    screenshot(page, f"notes-{screen}")
    page.get_by_label("ノートのタグを記録につける").check()
    page.get_by_role("button", name="4件のノートを取り込む").click()
    undo = page.get_by_role("button", name="取り込みを元に戻す")
    undo.wait_for(timeout=LONG)
    look.well("result")
    assert wizard.number(page, "取り込んだノート") == "4"
    assert server.python(THERE) == [
        ["株式会社青葉商事", "岐阜県", 1, 1], ["株式会社青葉商事", "愛知県", 0, 0], ["緑商店", "", 3, 2],
    ]  # fmt: skip
    see_it_on_the_record(page, server, screenshot, screen)
    undo.click()
    page.get_by_role("link", name="もう一度取り込む").wait_for(timeout=LONG)
    assert [each[2:] for each in server.python(THERE)] == [[0, 0]] * 3
    assert "whole" in server.manage("ledger", "verify")
    look.complain()


def choose_together(page: Page, look: Look) -> None:
    """Two notes at once, to a record that is searched by its reading."""
    page.get_by_label("「電話メモ」を選ぶ").check()
    page.get_by_label("「社員旅行の候補」を選ぶ").check()
    page.get_by_role("button", name="選んだノートの行き先をまとめて選ぶ").click()
    page.locator("#q").fill("みどり")
    page.get_by_role("button", name="探す").click()
    found = page.get_by_role("button", name="緑商店")
    found.wait_for()
    look.well("record")
    found.click()
    page.get_by_text("2件の行き先を「緑商店」にしました").wait_for()


def see_it_on_the_record(page: Page, server: Server, screenshot: Callable[..., Path], screen: str) -> None:
    address = page.url
    page.get_by_role("link", name="ノートの一覧を見る").click()
    page.locator("tr", has_text="青葉商事 打合せ").get_by_role("link", name="株式会社青葉商事").click()
    page.locator("#comments", has_text="【Evernote】青葉商事 打合せ").wait_for()
    assert "作成: 2019/04/01 14:06" in page.locator("#comments").inner_text()
    page.get_by_text("白板.png").first.wait_for()
    screenshot(page, f"notes-record-{screen}")
    page.goto(address)
