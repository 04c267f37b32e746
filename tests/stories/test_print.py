"""水野, who works in dark colours, prints: white paper, nothing to press, nothing cut off, charts clear in grey."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.customers.models import Account
from daifuku.daily import days
from daifuku.daily.actions import close_day
from daifuku.daily.models import habits
from daifuku.records import actions
from daifuku.staff.models import Company, Person

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# As wide as A4 within its margins.
PAPER = {"width": 703, "height": 1000}
TO_PRESS = (
    ".button, .icon-link, .menu, .pen, .switcher, .board-tools, .chart-tools, .grid-tools, .layout-buttons"
)
LIGHTNESS = """() => [...document.querySelectorAll('.chart-swatch rect')].map(each => {
    const brush = document.createElement('canvas').getContext('2d');
    brush.fillStyle = getComputedStyle(each).fill;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
})"""


@pytest.fixture
def paper(open_page: Callable[..., Page], cast: Cast, live_server: Any) -> Callable[[str], Page]:
    """A page of the program as it comes out of the printer."""
    Company.objects.create(name="シャチホコ商事株式会社")
    Person.objects.filter(pk=cast.mizuno.pk).update(theme="dark")
    for number in range(24):
        values = {
            "name": f"株式会社長い名前の商店{number}", "rank": "abcd"[number % 4], "city": f"名古屋市{number}区",
            "prefecture": "愛知県", "phone": "052-000-0423", "employees": number,
        }  # fmt: skip
        actions.create("account", values, by=cast.mizuno)
    client = Client()
    client.force_login(cast.mizuno, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = open_page("desk", viewport=PAPER, color_scheme="dark")
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": cookie, "url": live_server.url, "httpOnly": True}]
    )
    page.emulate_media(media="print")

    def printed(address: str) -> Page:
        page.goto(live_server.url + address)
        return page

    return printed


def test_what_is_printed_is_white_whole_and_without_buttons(paper: Callable[[str], Page]) -> None:
    record = f"/accounts/{Account.plain.first().uid}/"  # type: ignore[union-attr]
    for address in (
        "/accounts/", "/accounts/?layout=board", "/accounts/?group=rank", "/accounts/grid/", record,
        "/accounts/?layout=chart&chart=bar&x=city", "/settings/layout/account/", "/settings/indexes/",
    ):  # fmt: skip
        is_paper(paper(address), address)


def is_paper(page: Page, address: str) -> None:
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)", address
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light only", address
    pressed = [each for each in page.locator(TO_PRESS).all() if each.is_visible()]
    assert not [each.inner_text() for each in pressed], address
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"], address


def test_the_report_and_the_morning_are_sheets_of_paper(paper: Callable[[str], Page], cast: Cast) -> None:
    """The morning is one sheet, also on a day with more to tell than one sheet holds."""
    firm, day = Account.plain.first(), days.business_day(timezone.now(), habits())
    for number in range(14):
        values = {
            "method": "phone",
            "content": ("complaint", "delivery")[number % 2],
            "text": f"{number}件目の話",
        }
        actions.create("talk", {"account": firm, **values}, by=cast.aoyama)
    for number in range(12):
        actions.create("lead", {"family_name": f"新規{number}", "company": f"架空{number}"}, by=cast.baba)
    report = close_day(day, {"remark": "仕切りを厚くしたい", "consult": "値引きの件"}, by=cast.aoyama)
    for address, most in (
        (f"/daily/morning/?day={day}", 1), (report.get_absolute_url(), 2),
        (f"{firm.get_absolute_url()}sheet/", 2),  # type: ignore[union-attr]
    ):  # fmt: skip
        page = paper(address)
        is_paper(page, address)
        assert not [each for each in page.locator("main textarea").all() if each.is_visible()], address
        assert sheets(page) <= most, address


def sheets(page: Page) -> int:
    """How many sheets of A4 the printer takes for it."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4", print_background=True)))


def test_names_are_whole_and_only_what_is_narrowed_down_by_is_said(paper: Callable[[str], Page]) -> None:
    page = paper("/accounts/?f.rank=a")
    name = page.locator("tbody a.name").first
    assert name.evaluate("each => each.scrollHeight <= each.clientHeight + 1 || each.clientHeight === 0")
    assert [each.input_value() for each in page.locator(".quick > *").all() if each.is_visible()] == ["a"]


@pytest.mark.parametrize("chart", ["pie&x=city", "stacked&x=prefecture&stack=rank"])
def test_the_parts_of_a_chart_differ_in_grey(paper: Callable[[str], Page], chart: str) -> None:
    shades = sorted(paper(f"/accounts/?layout=chart&chart={chart}").evaluate(LIGHTNESS))
    assert len(shades) >= 4
    assert min(after - before for before, after in zip(shades, shades[1:], strict=False)) >= 10
