"""A long order gets its milestones with one press; 伏見, who buys, sees ahead what he has to do, unasked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.milestones.models import Milestone
from daifuku.orders.actions import enter
from daifuku.records import actions
from daifuku.staff.models import Person, Role

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def order(cast: Cast) -> Any:
    today = timezone.localdate()
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    values = {
        "account": firm,
        "title": "出荷場の設備",
        "ordered_on": today,
        "due_on": today + timedelta(days=40),
    }
    return enter(values, [{"name": "自動封かん機", "quantity": "1", "unit_price": "1200000"}], by=cast.aoyama)


def test_who_buys_sees_it_ahead(
    cast: Cast, order: Any, open_page: Callable[..., Page], screen: str, live_server: Any,
    sign_in: Callable[[Page, Person], None], accessible: Callable[[Page], None], screenshot: Callable[..., object],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    page = open_page(screen)
    sign_in(page, cast.aoyama)
    page.goto(live_server.url + order.get_absolute_url())
    panel = page.locator("#panel-milestones")
    panel.get_by_role("button", name="「設備・大型案件の受注」から作る").press("Enter")
    expect(page.get_by_text("の節目を作りました。").first).to_be_visible()
    expect(panel.locator(".milestone")).to_have_count(7)
    accessible(page)
    screenshot(page, "order-with-milestones", full_page=True)

    fushimi = Person.objects.create_user("fushimi@example.jp", "x", family_name="伏見", given_name="修")
    fushimi.roles.add(Role.objects.get(key="purchaser"))
    other = open_page(screen)
    sign_in(other, fushimi)
    other.goto(f"{live_server.url}/milestones/ahead/")
    expect(other.locator("main")).to_contain_text("仕入先へ発注")
    expect(other.locator("main")).not_to_contain_text("入金の確認")
    accessible(other)
    screenshot(other, "milestones-ahead", full_page=True)
    step = other.locator(".milestone", has_text="仕入先へ発注")
    step.get_by_role("link", name="出荷場の設備").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("出荷場の設備")

    page.locator(".milestone", has_text="仕入先へ発注").get_by_role("button", name="済んだ").press("Enter")
    expect(page.get_by_text("「仕入先へ発注」が済みました。").first).to_be_visible()
    assert Milestone.plain.get(name="仕入先へ発注").done_on == timezone.localdate()
    other.goto(f"{live_server.url}/milestones/ahead/")
    expect(other.locator("main")).not_to_contain_text("仕入先へ発注")
    page.get_by_role("button", name="元に戻す").first.click()
    expect(page.get_by_text("元に戻しました").first).to_be_visible()
    assert Milestone.plain.get(name="仕入先へ発注").done_on is None
