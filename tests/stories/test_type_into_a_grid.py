"""青山 types over a list like a spreadsheet: arrows, paste from Excel, fill down, undo, mistakes in their cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.customers.models import Account
from daifuku.records import actions
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def enter(open_page: Callable[..., Page], cast: Cast, live_server: Any) -> Callable[[str], Page]:
    """青山's accounts in a grid."""

    def enter(screen: str) -> Page:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        for name in ("青葉商事", "楓商店", "桜物産"):
            values = {"name": name, "rank": "b", "kana": name, "annual_sales": 1000}
            actions.create(
                "account", {key: value for key, value in values.items() if key != "kana"}, by=cast.aoyama
            )
        client = Client()
        client.force_login(cast.aoyama, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(screen)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies(
            [{"name": "sessionid", "value": cookie, "url": live_server.url, "httpOnly": True}]
        )
        page.goto(
            f"{live_server.url}/accounts/grid/?cols=name,rank,annual_sales,traded_since&sort=created_at"
        )
        return page

    return enter


def cell(page: Page, row: int, column: int) -> Any:
    return page.locator(f".grid-table tbody tr:nth-child({row}) td:nth-child({column + 1})")


def paste(page: Page, text: str) -> None:
    """What Excel puts on the clipboard; the browser of the tests may not read the real one."""
    page.locator(".grid-entry:not([hidden])").evaluate(
        """(entry, text) => {
            const data = new DataTransfer()
            data.setData("text/plain", text)
            entry.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        text,
    )


def test_cells_are_typed_filled_pasted_and_saved(
    enter: Callable[[str], Page], accessible: Callable[[Page], None], screenshot: Callable[..., object]
) -> None:
    from playwright.sync_api import expect

    page = enter("desk")
    state = page.locator("[data-grid-target=state]")
    keys = page.keyboard
    accessible(page)
    keys.press("ArrowRight")
    keys.type("A")
    keys.press("Enter")
    expect(cell(page, 1, 2)).to_have_text("A")
    expect(state).to_have_text("未保存 1か所")
    keys.press("ArrowUp")
    keys.press("Shift+ArrowDown")
    keys.press("Shift+ArrowDown")
    keys.press("Control+d")
    expect(cell(page, 3, 2)).to_have_text("A")
    keys.press("Control+z")
    expect(cell(page, 3, 2)).to_have_text("B")
    keys.press("Control+y")
    expect(cell(page, 3, 2)).to_have_text("A")
    cell(page, 3, 1).click()
    paste(
        page,
        '桜物産\tA\t￥２,０００\t令和8年4月1日\r\n"若草\n工業"\tC\tたくさん\r\n椿運輸\tD\t3000\tR8.5.1\r\n',
    )
    expect(page.locator(".grid-table tbody tr")).to_have_count(5)
    screenshot(page, "grid")
    keys.press("Control+s")
    expect(page.get_by_text("4行を保存しました。")).to_be_visible()
    expect(cell(page, 3, 3)).to_have_text("2,000")
    expect(cell(page, 3, 4)).to_have_text("2026/04/01")
    expect(cell(page, 4, 3)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#grid-message")).to_contain_text("金額として読めません")
    accessible(page)
    screenshot(page, "grid-wrong")
    assert Account.plain.get(name="椿運輸").annual_sales == 3000
    keys.type("500")
    keys.press("Enter")
    keys.press("Control+s")
    expect(state).to_have_text("すべて保存されています")
    assert Account.plain.get(annual_sales=500).rank == "c"
    page.get_by_role("button", name="元に戻す").first.click()
    page.wait_for_load_state()
    expect(page.get_by_text("元に戻しました。")).to_be_visible()
    assert Account.plain.get(name="青葉商事").rank == "b"
    assert Account.plain.get(name="椿運輸").trashed_at is not None


def test_f2_escape_delete_and_the_mouse_work_as_in_a_spreadsheet(
    enter: Callable[[str], Page], cast: Cast
) -> None:
    from playwright.sync_api import expect

    page = enter("desk")
    keys = page.keyboard
    keys.press("F2")
    keys.type("本店")
    keys.press("Escape")
    expect(cell(page, 1, 1)).to_have_text("青葉商事")
    keys.press("F2")
    keys.type("本店")
    keys.press("Tab")
    expect(cell(page, 1, 1)).to_have_text("青葉商事本店")
    cell(page, 1, 3).click()
    cell(page, 2, 3).click(modifiers=["Shift"])
    keys.press("Delete")
    expect(cell(page, 2, 3)).to_have_text("")
    cell(page, 3, 3).dblclick()
    keys.press("Backspace")
    keys.type("9")
    keys.press("Enter")
    expect(cell(page, 3, 3)).to_have_text("1,009")
    box = cell(page, 3, 3).bounding_box()
    assert box
    cell(page, 1, 2).click()
    keys.type("D")
    keys.press("Enter")
    cell(page, 1, 2).click()
    handle = page.locator(".grid-handle").bounding_box()
    assert handle
    page.mouse.move(handle["x"] + 4, handle["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"], box["y"] + 10)
    page.mouse.up()
    expect(cell(page, 3, 2)).to_have_text("D")
    actions.edit(
        Account.plain.get(name="青葉商事"), {"annual_sales": 77, "phone": "052-111-2222"}, by=cast.osaki
    )
    keys.press("Control+s")
    expect(cell(page, 1, 3)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#grid-message")).to_contain_text("ほかの方が先に「77」に変更しました。")
    assert Account.plain.get(name="桜物産").annual_sales == 1009
    questions: list[str] = []

    def answer(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.get_by_role("link", name="取引先").first.click()
    page.wait_for_url("**/accounts/*")
    assert questions == ["beforeunload"]


def test_it_can_be_used_on_a_phone(enter: Callable[[str], Page], accessible: Callable[[Page], None]) -> None:
    from playwright.sync_api import expect

    page = enter("phone")
    assert page.locator("html").evaluate("(each) => each.scrollWidth - each.clientWidth") == 0
    accessible(page)
    cell(page, 2, 1).tap()
    cell(page, 2, 1).tap()
    page.keyboard.type("本店")
    page.keyboard.press("Enter")
    expect(cell(page, 2, 1)).to_contain_text("本店")
