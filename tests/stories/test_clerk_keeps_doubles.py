"""The clerk looks through everything herself, sees what was decided, brings decisions in; the administrator weighs the
thresholds by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Separation
from daifuku.dedupe.models import Decision, Pair
from daifuku.jobs.testing import work_off
from daifuku.records import actions
from daifuku.staff.models import Role

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import FilePayload, Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRMS = ("株式会社あさひ梱包", "(株)あさひ梱包")
FILE = (
    "種類1,名前1,種類2,名前2,理由,メモ\n"
    "取引先,株式会社あさひ梱包,取引先,(株)あさひ梱包,支店・部署が違う,栄の倉庫\n"
    "取引先,いない会社,取引先,(株)あさひ梱包,同じではない,\n"
)


@pytest.fixture
def firms(cast: Cast) -> Any:
    cast.baba.roles.set([Role.objects.get(key="clerk")])
    return [
        actions.create("account", {"name": name, "phone": "052-555-0141"}, by=cast.aoyama) for name in FIRMS
    ]


def test_the_clerk_looks_and_decides(
    browser_page: Page, live_server: Any, cast: Cast, sign_in: Callable[[Page, Person], None], firms: Any,
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    page = browser_page
    sign_in(page, cast.baba)
    page.goto(f"{live_server.url}/duplicates/")
    page.get_by_role("button", name="全件を調べる").click()
    expect(page.get_by_role("heading", name="名寄せ: 全件を調べる")).to_be_visible()
    work_off()
    page.goto(f"{live_server.url}/duplicates/")
    expect(page.locator(".double")).to_have_count(1)
    with page.expect_download() as taken:
        page.get_by_role("button", name="CSVで書き出す").click()
    assert "電話番号: 同じ" in taken.value.path().read_text("utf-8-sig")

    page.get_by_role("link", name="別々の記録", exact=True).click()
    expect(page.get_by_role("heading", name="まだ何も決めていません")).to_be_visible()
    accessible(page)
    page.get_by_role("link", name="CSVから取り込む").click()
    page.get_by_role("button", name="取り込む").click()
    expect(page.get_by_text("ファイルを選んでください。")).to_be_visible()
    accessible(page)
    screenshot(page, "decisions-file")
    sent: FilePayload = {"name": "別々.csv", "mimeType": "text/csv", "buffer": FILE.encode("cp932")}
    page.get_by_label("CSVファイル").set_input_files(sent)
    page.get_by_role("button", name="取り込む").click()
    expect(page.get_by_role("heading", name="別々.csv")).to_be_visible()
    work_off()
    page.reload()
    expect(page.locator("main")).to_contain_text("登録 1件、登録済み 0件、登録できない行 1件")
    expect(page.locator("main")).to_contain_text("「いない会社」は見つかりません。")
    accessible(page)
    page.get_by_role("link", name="結果を見る").click()
    expect(page.locator(".double-marks")).to_contain_text("支店・部署が違う: 栄の倉庫")
    accessible(page)
    screenshot(page, "decisions")
    assert not Pair.objects.exists()
    page.get_by_role("button", name="印を外す").click()
    expect(page.get_by_role("heading", name="まだ何も決めていません")).to_be_visible()
    assert not Separation.objects.exists()


def test_thresholds_are_weighed_while_one_types(
    browser_page: Page, live_server: Any, cast: Cast, sign_in: Callable[[Page, Person], None],
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    for number in range(30):
        facts = ["name:same", "phone:same"] if number % 3 else ["name:same", "phone:differ"]
        Decision.objects.create(way="firm", facts=facts, common=2, same=bool(number % 3))
    page = browser_page
    sign_in(page, cast.mizuno)
    page.goto(f"{live_server.url}/settings/duplicates/")
    table = page.locator(".doubles-weighed").first
    expect(table).to_contain_text("これまでの判断に合わせるなら")
    accessible(page)
    page.get_by_label("会社: 確実とみなす点数").fill("40")
    expect(table).to_contain_text("確実（40点以上）")
    expect(table).to_contain_text("→")
    screenshot(page, "thresholds")
    page.get_by_label("会社: 確実とみなす点数").fill("-5")
    expect(page.get_by_text("「確実」の点数は「候補」の点数以上にしてください。")).to_be_visible()
    accessible(page)
