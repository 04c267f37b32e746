"""大崎 passes a ready lead on to 青山, who gives it back with a reason on her phone and takes the next one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Lead
from daifuku.passing.actions import edit_setup
from daifuku.passing.models import Handing
from daifuku.records import actions

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    SignIn = Callable[[Page, Person], None]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lead(cast: Cast) -> Any:
    edit_setup({"on": True}, by=cast.mizuno)
    values = {"family_name": "佐藤", "given_name": "健", "company": "若葉産業株式会社", "status": "qualified"}
    return actions.create("lead", {**values, "owner": cast.osaki}, by=cast.osaki)


def test_given_back_and_passed_on_again(
    open_page: Callable[..., Page], cast: Cast, lead: Any, live_server: Any, sign_in: SignIn,
    accessible: Callable[[Page], None], screenshot: Callable[..., object],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    desk, phone = open_page("desk"), open_page("phone")
    sign_in(desk, cast.osaki)
    sign_in(phone, cast.aoyama)
    for words in ("来期の予算で検討中です。", "決裁者の方と話せました。"):
        desk.goto(live_server.url + lead.get_absolute_url())
        accessible(desk)
        screenshot(desk, "ready-lead")
        desk.get_by_role("link", name="営業に引き渡す").click()
        desk.get_by_label("だれに").select_option(str(cast.aoyama.uid))
        desk.get_by_label("申し送り").fill(words)
        accessible(desk)
        screenshot(desk, "pass-on")
        desk.get_by_role("button", name="引き渡す").click()
        expect(desk.get_by_text("を引き渡しました。").first).to_be_visible()
        phone.goto(f"{live_server.url}/today/")
        expect(phone.get_by_text(words)).to_be_visible()
        accessible(phone)
        screenshot(phone, "today-passed")
        if words.startswith("来期"):
            phone.get_by_role("link", name="戻す").tap()
            phone.get_by_label("理由の詳細").fill("来年度とのこと")
            phone.get_by_role("button", name="戻す").tap()
            expect(phone.get_by_text("戻す理由を選んでください。").first).to_be_visible()
            expect(phone.get_by_label("理由の詳細")).to_have_value("来年度とのこと")
            phone.get_by_label("戻す理由").select_option("early")
            accessible(phone)
            screenshot(phone, "give-back")
            phone.get_by_role("button", name="戻す").tap()
            expect(phone.get_by_text("を戻しました。").first).to_be_visible()
        else:
            phone.get_by_role("button", name="引き受ける").tap()
            expect(phone.get_by_text("を引き受けました。").first).to_be_visible()
    assert Lead.plain.get(pk=lead.pk).owner == cast.aoyama
    assert list(Handing.objects.order_by("pk").values_list("state", flat=True)) == ["returned", "accepted"]
    for page, name in ((desk, "desk"), (phone, "phone")):
        for address in ("/passing/", "/passing/report/"):
            page.goto(live_server.url + address)
            accessible(page)
            assert page.locator("html").evaluate("(each) => each.scrollWidth - each.clientWidth") == 0
            screenshot(page, f"passing-{name}-{'report' if 'report' in address else 'list'}")
