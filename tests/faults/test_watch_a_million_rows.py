"""水野 watches a million rows come in: how far it is, stopped and resumed, its worker killed, and all of it there once.

`--import-rows N` makes it fewer, `--result FILE` adds a line with what was measured to that file's table.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import wizard
from tests.support.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HOURS = 3 * 3600
STORED = """
from daifuku.customers.models import Account
from daifuku.ledger.models import Event
from daifuku.transfers.models import Import
rows, imported = Account.plain.filter(name__startswith="会社"), Import.objects.get()
result = [rows.count(), rows.values("name").distinct().count(),
    Event.objects.filter(kind="account.created", cause=imported.event).count(), imported.counts["new"]]
"""


def table(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write("得意先コード,会社名,電話番号,備考\n")
        for number in range(rows):
            file.write(
                f"{number:08},会社{number},03-{number // 10000:04}-{number % 10000:04},取り込みの試験\n"
            )
    return path


def rows_done(page: Page) -> int:
    """As the page says it; 0 while it says nothing."""
    words = page.locator("[role=status]").first.inner_text()
    numbers = words.partition(" / ")[0].split()
    digits = numbers[-1].replace(",", "") if numbers else ""
    return int(digits) if digits.isdecimal() else 0


def wait_beyond(page: Page, done: int, seconds: float = 150) -> int:
    deadline = time.monotonic() + seconds
    while (now := rows_done(page)) <= done:
        assert time.monotonic() < deadline, f"the page stands still at {done} rows"
        page.wait_for_timeout(200)
    return now


def test_a_million_rows_are_watched(
    server: Server, open_page: Callable[..., Page], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    rows = int(request.config.getoption("--import-rows"))
    page = open_page("desk")
    page.set_default_timeout(60_000)
    wizard.sign_in(page, server)
    started = time.monotonic()
    wizard.bring(page, server, table(tmp_path / "得意先.csv", rows))
    wizard.count(page, rows, HOURS * 1000)
    checked = time.monotonic() - started
    page.get_by_role("button", name=f"{rows:,}件を取り込む").click()
    page.locator("progress").wait_for()
    started = time.monotonic()
    first, address = wait_beyond(page, 0), page.url
    page.get_by_role("button", name="止める").click()
    page.goto(address)
    go_on = page.get_by_role("button", name="続きから再開する")
    go_on.wait_for()
    kept = int(wizard.number(page, "新しく登録").replace(",", ""))
    assert first <= kept < rows
    go_on.click()
    page.locator("progress").wait_for()
    before_the_kill = wait_beyond(page, kept)
    server.kill("worker")
    killed = time.monotonic()
    wait_beyond(page, before_the_kill)
    lost = time.monotonic() - killed
    page.get_by_role("button", name="取り込みを元に戻す").wait_for(timeout=HOURS * 1000)
    took = time.monotonic() - started
    assert wizard.number(page, "新しく登録") == f"{rows:,}"
    assert server.python(STORED) == [rows] * 4
    assert "whole" in server.manage("ledger", "verify")
    keep(request.config.getoption("--result"), server, rows, checked, took, lost)


def keep(file: str | None, server: Server, rows: int, checked: float, took: float, lost: float) -> None:
    """One line of a table; the minute for which a killed worker holds its job is part of the time."""
    engine = "PostgreSQL" if server.database else "SQLite"
    line = (
        f"| {date.today()} | {engine} | {rows:,} | {checked:,.0f} s | {took:,.0f} s | {rows / took:,.0f} "
        f"| {lost:,.0f} s | all there, once; chain whole |"
    )
    print(line)
    if file:
        with open(file, "a", encoding="utf-8") as kept:
            kept.write(f"{line}\n")
