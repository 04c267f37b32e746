"""水野 lays out the page of an account and looks at it as a rep; 青山 opens a chart down to its records."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.records import actions
from daifuku.records.catalogue import vocabulary
from daifuku.records.models import LayoutDraft
from daifuku.staff.models import Company, Role

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/settings/layout/account/"


@pytest.fixture
def enter(open_page: Callable[..., Page], cast: Cast, live_server: Any) -> Callable[..., Page]:
    def enter(screen: str, person: Person, path: str) -> Page:
        Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
        for name, rank in (("青葉商事", "a"), ("桜物産", "b"), ("楓商店", "a")):
            actions.create("account", {"name": name, "rank": rank, "annual_sales": 5000}, by=cast.aoyama)
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = open_page(screen)
        cookie = client.cookies["sessionid"].value
        page.context.add_cookies(
            [{"name": "sessionid", "value": cookie, "url": live_server.url, "httpOnly": True}]
        )
        page.goto(f"{live_server.url}{path}")
        return page

    return enter


def test_a_field_is_dragged_to_another_section_seen_as_a_rep_and_applied(
    enter: Callable[..., Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., object],
    cast: Cast,
) -> None:
    from playwright.sync_api import expect

    role = Role.objects.get(key="rep")
    role.field_rules = {"account": {"fax": "hidden"}}
    role.save()
    page = enter("desk", cast.mizuno, PAGE)
    accessible(page)
    screenshot(page, "layout")
    field = page.locator('[data-key="kana"]')
    goal = page.locator('.layout-section:has([value="section reach"])')
    goal.scroll_into_view_if_needed()
    source = field.locator(".layout-name").bounding_box()
    assert source
    page.mouse.move(source["x"] + 5, source["y"] + 5)
    page.mouse.down()
    page.mouse.move(source["x"] + 5, source["y"] + 40, steps=4)
    target = goal.locator('[data-key="phone"]').bounding_box()
    assert target
    page.mouse.move(target["x"] + 40, target["y"] + target["height"] - 4, steps=12)
    with page.expect_response(lambda answer: answer.url.endswith(PAGE)):
        page.mouse.up()
    expect(goal.locator('[data-key="kana"]')).to_be_visible()
    page.locator('button[value="up field kana"]').press("Enter")  # the keyboard does the same
    expect(page.get_by_role("status").filter(has_text="移しました")).to_have_count(1)
    expect(page.locator('button[value="up field kana"]')).to_be_focused()
    kept = LayoutDraft.objects.get().content["sections"][1]
    assert (kept["key"], kept["fields"][0]) == ("reach", "kana")
    assert "kana" in dict(vocabulary.fields_of("account"))
    assert vocabulary.fields_of("account")["kana"].section == "basic"  # nobody else sees the draft
    page.locator("select[name=role]").select_option("rep")
    page.get_by_role("button", name="この役割で見る").click()
    accessible(page)
    screenshot(page, "layout-preview")
    expect(page.locator(".layout-sample")).not_to_contain_text("FAX")
    expect(page.locator(".layout-away")).to_contain_text("FAX")
    page.get_by_role("link", name="ページの配置").click()
    page.get_by_role("button", name="適用", exact=True).click()
    expect(page.get_by_text("全員に適用しました")).to_be_visible()
    assert vocabulary.fields_of("account")["kana"].section == "reach"


def test_a_finger_carries_a_field_by_its_grip(
    enter: Callable[..., Page], accessible: Callable[[Page], None], cast: Cast
) -> None:
    page = enter("phone", cast.mizuno, PAGE)
    accessible(page)
    grip = page.locator('[data-key="name"] > .icon').bounding_box()
    goal = page.locator('[data-key="code"]').bounding_box()
    assert grip
    assert goal
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        spots = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x, y + (goal["y"] + goal["height"] - 6 - y) * step / 8))
    with page.expect_response(lambda answer: answer.url.endswith(PAGE)):
        touch("touchEnd")
    assert LayoutDraft.objects.get().content["sections"][0]["fields"][:3] == ["kana", "code", "name"]


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_chart_is_opened_to_its_records(
    enter: Callable[..., Page],
    accessible: Callable[[Page], None],
    screenshot: Callable[..., object],
    cast: Cast,
    screen: str,
) -> None:
    from playwright.sync_api import expect

    page = enter(screen, cast.aoyama, "/accounts/?layout=chart&x=rank")
    accessible(page)
    screenshot(page, f"chart-{screen}")
    page.locator("select[name=value]").select_option("sum:annual_sales")
    expect(page.locator(".chart-table")).to_contain_text("10,000円")
    page.locator(".chart-picture a rect").first.click()
    expect(page.locator(".table.cards > tbody")).to_contain_text("青葉商事")
    expect(page.locator(".table.cards > tbody")).to_contain_text("楓商店")
    expect(page.locator(".table.cards > tbody")).not_to_contain_text("桜物産")
