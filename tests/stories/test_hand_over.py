"""The best salesman leaves: his customers are shared out before anything moves, received one by one with what stands in
no record, and all of it is taken back at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.customers.models import Account
from daifuku.jobs.testing import work_off
from daifuku.records import actions
from daifuku.records.actions.views import create_view, share_view

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRMS = (("青葉商事", "愛知県"), ("若葉産業", "愛知県"), ("東京電装", "東京都"))


@pytest.fixture
def book(cast: Cast) -> list[Any]:
    """What 青山 looks after, and a view by which a part of it goes to somebody else."""
    firms = [
        actions.create("account", {"name": name, "prefecture": where}, by=cast.aoyama)
        for name, where in FIRMS
    ]
    start = timezone.now() + timedelta(days=2)
    for firm in firms:
        actions.create("contact", {"account": firm, "family_name": "新田", "title": "工場長"}, by=cast.aoyama)
        actions.create("task", {"account": firm, "subject": "見積を送る"}, by=cast.aoyama)
        told = {
            "account": firm,
            "method": "visit",
            "content": "other",
            "text": "年内に入れ替えたいとのこと。",
        }
        actions.create("talk", told, by=cast.aoyama)
    plan = {"account": firms[0], "method": "visit", "subject": "納品の立ち会い", "started_at": start}
    actions.create("plan", plan, by=cast.aoyama)
    tokyo = {"all": [{"field": "prefecture", "op": "is", "value": "東京都"}]}
    view = create_view("account", {"name": "東京のお客様", "condition": tokyo}, by=cast.mizuno)
    share_view(view, by=cast.mizuno)
    return firms


def owners() -> dict[str, str]:
    return {str(firm): str(firm.owner) for firm in Account.plain.select_related("owner")}


@pytest.fixture
def story(
    cast: Cast, book: list[Any], browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None],
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> Story:  # fmt: skip
    return Story(browser_page, live_server.url, cast, sign_in, screenshot, accessible)


def test_the_best_salesman_leaves(story: Story) -> None:
    story.types_what_cannot_be()
    story.sees_what_moves_before_it_moves()
    story.hands_over()
    story.leaves_a_note()
    story.receives()
    story.takes_it_back()


@dataclass
class Story:
    """大崎 hands 青山's customers to 馬場 and herself; 馬場 receives his; in the end all is as it was."""

    page: Page
    site: str
    cast: Cast
    sign_in: Callable[[Page, Person], None]
    screenshot: Callable[..., Path]
    accessible: Callable[[Page], None]

    def says(self, *words: str) -> None:
        from playwright.sync_api import expect

        for each in words:
            expect(self.page.locator("main")).to_contain_text(each, timeout=10_000)

    def looks(self, name: str) -> None:
        self.screenshot(self.page, f"hand-over-{name}")
        self.accessible(self.page)

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def types_what_cannot_be(self) -> None:
        from playwright.sync_api import expect

        page = self.page
        self.sign_in(page, self.cast.osaki)
        page.goto(f"{self.site}/handovers/new/")
        self.accessible(page)
        page.get_by_label("だれから", exact=True).select_option(label="青山 凛")
        page.get_by_label("だれへ（後任）").select_option(label="青山 凛")
        page.get_by_label("引き継ぐ日").fill("2020-01-01")
        page.get_by_label("理由").fill("12月末で退職")
        self.presses("引き継がれるものを確かめる")
        self.says("本人には引き継げません", "過ぎた日からは引き継げません")
        expect(page.get_by_label("理由")).to_have_value("12月末で退職")
        self.looks("wrong")

    def sees_what_moves_before_it_moves(self) -> None:
        from playwright.sync_api import expect

        page = self.page
        page.get_by_label("引き継ぐ日").fill("")
        page.get_by_label("だれへ（後任）").select_option(label="馬場 健")
        page.get_by_text("何人かに分けて引き継ぐ").click()
        page.get_by_label("後任 2").select_option(label="大崎 涼")
        page.locator("#id_view2").select_option(label="東京のお客様")
        self.presses("引き継がれるものを確かめる")
        self.says("お客様ごとの渡し先", "東京電装")
        assert set(owners().values()) == {"青山 凛"}
        self.looks("preview")
        page.get_by_label("引き継がない: 若葉産業").check()
        self.presses("もう一度確かめる")
        expect(page.get_by_label("引き継がない: 若葉産業")).to_be_checked()
        page.get_by_label("引き継がない: 若葉産業").uncheck()

    def hands_over(self) -> None:
        self.presses("引き継ぐ")
        self.says("青山 凛さんの引き継ぎ")
        work_off()
        self.says("完了")
        assert owners() == {"青葉商事": "馬場 健", "若葉産業": "馬場 健", "東京電装": "大崎 涼"}
        self.looks("done")

    def leaves_a_note(self) -> None:
        note = self.page.get_by_label("前任からの伝言")
        self.page.get_by_role("link", name="青葉商事").click()
        note.fill("あ" * 5001)
        self.presses("伝言を保存")
        self.says("5000文字までです")
        assert len(note.input_value()) == 5001
        self.accessible(self.page)
        note.fill("工場長には午前中に電話する")
        self.presses("伝言を保存")
        self.says("工場長には午前中に電話する")

    def receives(self) -> None:
        from playwright.sync_api import expect

        page = self.page
        self.sign_in(page, self.cast.baba)
        page.goto(f"{self.site}/handovers/")
        self.says("受け取りの確認を待っているお客様 2件")
        self.looks("list")
        page.get_by_role("link", name="青葉商事").click()
        self.says("工場長には午前中に電話する", "見積を送る", "納品の立ち会い", "新田")
        self.looks("sheet")
        self.presses("受け取りました")
        self.says("若葉産業")
        self.presses("受け取りました")
        self.says("3件のうち 2件")
        page.get_by_role("link", name="引継書").click()
        expect(page.locator(".handover-sheet")).to_have_count(2)
        self.looks("sheets")

    def takes_it_back(self) -> None:
        page = self.page
        self.sign_in(page, self.cast.osaki)
        page.goto(f"{self.site}/handovers/")
        page.get_by_role("link", name="青山 凛さんの引き継ぎ").click()
        self.presses("元に戻す")
        self.says("元に戻しています")
        work_off()
        self.says("取り消し済み")
        assert set(owners().values()) == {"青山 凛"}
        self.accessible(page)
