"""The pictures of the manual: シャチホコ商事's pages at both widths. `./run docs` takes them, `./run test` does not."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from daifuku.foundation.calendar import last_of_month
from tests.support.server import Server
from tests.support.sources import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

LARGEST = 150_000
SIGN_IN = """
from django.test import Client
from daifuku.customers.models import Account
from daifuku.minutes.models import Template
from daifuku.staff.models import Person
people = {
    "administrator": {"roles__key": "administrator"}, "rep": {"roles__key": "rep"},
    "president": {"roles__key": "president"}, "seller": {"email": "ryo@example.jp"},
    "head": {"email": "midori@example.jp"},
}
result = {}
for name, wanted in people.items():
    client = Client()
    person = Person.objects.filter(**wanted).order_by("pk").first()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    result[name] = client.cookies["sessionid"].value
    result[f"{name}_pk"] = person.pk
firms = Account.plain.filter(owner_id=result["rep_pk"], contacts__isnull=False).exclude(phone="")
account = firms.filter(children__isnull=False).first() or firms.first()
result["account"] = str(account.uid)
result["template"] = str(Template.objects.get(name="定例訪問").uid)
"""
# What shows most of the way to the money: the deal with most, an accepted quote, an order on its way, who owes most.
MONEY = """
from django.db.models import Count
from daifuku.billing.models import Invoice
from daifuku.deals.models import Deal
from daifuku.orders.models import Order
from daifuku.quotes.models import Quote
first = {
    "deal": Deal.plain.filter(state="won", orders__isnull=False, trashed_at__isnull=True).order_by("-amount", "pk"),
    "quote": Quote.plain.filter(state="accepted").order_by("-valid_until", "-total", "pk"),
    "order": Order.plain.annotate(n=Count("deliveries", distinct=True) + Count("milestones", distinct=True))
        .filter(state__in=("partly", "open")).order_by("-n", "-net", "pk"),
    "invoice": Invoice.plain.filter(open__gt=0).order_by("settled", "-total", "pk"),
}
result = {name: rows.first().get_absolute_url() for name, rows in first.items()}
owing = Invoice.plain.filter(state="issued", open__gt=0).values("account__uid")
result["owing"] = str(owing.annotate(n=Count("pk")).order_by("-n", "account").first()["account__uid"])
"""
# From a card to a customer: a card that was read, a doubled firm, a lead that begins, one to be passed on.
CARDS = """
from daifuku.cards.models import Card
from daifuku.conversion.models import Conversion
from daifuku.customers.models import Account, Contact, Lead
from daifuku.merging.models import Merge
from daifuku.passing.models import Handing
card = Card.objects.filter(state="waiting", reading="ready").order_by("due_at", "pk").first()
twice = Account.plain.filter(name__contains="みどり設備", trashed_at__isnull=True).order_by("pk")
begun = Conversion.objects.filter(undone_at__isnull=True, deal__isnull=False).order_by("-pk").first()
too_early = Conversion.objects.filter(undone_at__isnull=False).order_by("-pk").first()
waiting = Handing.objects.filter(state="waiting").order_by("-pk").first()
result = {
    "desk": f"/cards/{card.uid}/desk/",
    "merge": "/merges/new/?object=account&" + "&".join(f"uid={each.uid}" for each in twice),
    "merged": Merge.objects.filter(undone_at__isnull=True).order_by("pk").first().get_absolute_url(),
    "convert": f"/leads/{too_early.lead.uid}/convert/", "begun": begun.lead.get_absolute_url(),
    "career": Contact.plain.get(family_name="常滑").get_absolute_url(), "passed": waiting.lead.get_absolute_url(),
}
"""
SCANNED = """
from daifuku.cards.models import Card
from daifuku.dedupe.models import Pair
result = Pair.objects.exists() and not Card.objects.filter(reading="waiting").exists()
"""
MINUTES = """【出席者】
田中部長（決める人）、佐藤様
【課題】
箱が大きく、棚に一段しか積めない
【要望】
・20個入りの小さい箱がほしい
【決定事項】
・来月から20ケースずつ、月2回に分けて納める
【次にすること】
・小箱の見積を送る 来週金曜
【次回】
・来週の水曜 14:00 小箱の見積の説明
"""
Take = Callable[["Page", str], None]


@pytest.fixture(scope="module")
def firm(request: pytest.FixtureRequest) -> Iterator[Firm]:
    """In a folder of its own, whose name tells nothing of the machine that takes the pictures."""
    if not request.config.getoption("--screenshots"):
        pytest.skip("only ./run docs takes pictures")
    with tempfile.TemporaryDirectory(prefix="daifuku-", dir="/var/tmp", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "daifuku"
        home.mkdir()
        server = Server(home)
        try:
            server.start()
            server.manage("demo")
            yield Firm(server)
        finally:
            server.end()


class Firm:
    def __init__(self, server: Server) -> None:
        self.server, self.known = server, server.python(SIGN_IN)

    def enter(self, page: Page, who: str) -> None:
        cookie = {"name": "sessionid", "value": self.known[who], "url": self.server.url}
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    def open(self, page: Page, address: str) -> None:
        page.goto(self.server.url + address)

    def wait_for_the_worker(self) -> None:
        """Until it has looked through everything and read the cards."""
        for _each in range(240):
            if self.server.python(SCANNED):
                return
            time.sleep(1)
        pytest.fail("the worker has not read the cards")

    @property
    def account(self) -> str:
        return f"/accounts/{self.known['account']}/"


@pytest.fixture
def take(screenshot: Callable[..., Path]) -> Take:
    """Takes a picture and makes it small enough for a manual: a palette is enough for pages."""

    def take(page: Page, name: str) -> None:
        path = screenshot(page, name)
        with Image.open(path) as picture:
            drawn = picture.convert("RGB")
        drawn.quantize(255, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(
            path, optimize=True
        )
        assert path.stat().st_size < LARGEST

    return take


def test_the_pages_that_everybody_uses(
    firm: Firm, open_page: Callable[..., Page], screen: str, take: Take
) -> None:
    page = open_page(screen)
    firm.enter(page, "rep")
    firm.open(page, firm.account)
    pages = [
        ("home", "/"), ("list", "/accounts/"), ("record", firm.account), ("form", f"{firm.account}edit/"),
        ("board", "/accounts/?layout=board"), ("today", "/today/"),
        ("schedule", "/schedule/"),
    ]  # fmt: skip
    if screen == "desk":
        pages += [
            ("grid", "/accounts/grid/"),
            ("new", "/accounts/new/"),
            ("search", "/search/?q=くもい"),
            ("account", "/account/"),
        ]
    for name, address in pages:
        firm.open(page, address)
        take(page, name)
    firm.open(page, "/accounts/")
    page.locator("[data-hotkey=f]").click()
    page.locator("form.conditions [name^=field]").first.select_option("rank")
    page.locator("form.conditions .checks input").first.check()
    take(page, "conditions")


def test_the_pages_of_the_administrator(
    firm: Firm, open_page: Callable[..., Page], screen: str, take: Take
) -> None:
    page = open_page(screen)
    firm.enter(page, "administrator")
    if screen == "desk":
        for name, address in (
            ("settings-fields", "/settings/fields/account/"),
            ("people", "/settings/people/"),
        ):
            firm.open(page, address)
            take(page, name)
        _make_a_backup(firm, page)
        take(page, "backup")
    firm.open(page, "/imports/new/")
    page.locator("input[type=file]").set_input_files(ROOT / "data" / "offices_cp932.csv")
    if screen == "desk":
        take(page, "import-file")
    page.get_by_role("button", name="次へ").click()
    page.locator(".transfer-columns").wait_for()
    take(page, "import-columns")
    page.get_by_role("button", name="次へ").last.click()
    page.locator(".numbers").wait_for(timeout=150_000)
    take(page, "import-counts")


def _make_a_backup(firm: Firm, page: Page) -> None:
    firm.open(page, "/settings/backups/")
    page.get_by_role("button", name="復旧キーを作る").click()
    page.get_by_role("button", name="今すぐバックアップする").click()
    made = page.locator("main .card").first.locator("strong")
    for _each in range(240):
        firm.open(page, "/settings/backups/")
        if made.count():
            return
        time.sleep(1)
    pytest.fail("the worker has made no backup")


def test_the_phone(firm: Firm, open_page: Callable[..., Page], take: Take) -> None:
    page = open_page("phone")
    firm.enter(page, "rep")
    firm.open(page, "/phone/")
    page.locator("#no-plans:visible, #today li").first.wait_for()
    take(page, "phone")
    page.get_by_role("link", name="記録する").click()
    page.locator(".phone-customer").first.wait_for()
    take(page, "phone-customers")
    page.locator(".phone-customer").nth(1).click()
    page.locator("#methods").get_by_role("button", name="電話").click()
    page.locator("#contents").get_by_role("button", name="納期確認").click()
    take(page, "phone-detail")


def test_many_at_once(firm: Firm, open_page: Callable[..., Page], take: Take) -> None:
    page = open_page("desk")
    firm.enter(page, "administrator")
    firm.open(page, "/accounts/")
    for number in range(3):
        page.locator("td.pick input").nth(number).check()
    take(page, "list-selected")
    page.get_by_role("button", name="一括変更").click()
    page.locator("[name=rank]").select_option(index=1)
    take(page, "many-edit")


def test_every_talk_once(firm: Firm, open_page: Callable[..., Page], screen: str, take: Take) -> None:
    """What one entry becomes: the report, what is still to be entered, the voices, and minutes as they are written."""
    page = open_page(screen)
    firm.enter(page, "seller")
    for name, address in (("daily", "/daily/"), ("duties", "/duties/"), ("rule-book", "/rule-book/")):
        firm.open(page, address)
        take(page, name)
    firm.open(page, f"/minutes/new/?template={firm.known['template']}&account={firm.known['account']}")
    page.locator("textarea[name=text]").fill(MINUTES)
    page.locator("input[name=accept]").nth(3).wait_for()
    page.get_by_role("button", name="すべてに印を付ける").click()
    page.locator("details.minutes-about > summary").click()
    take(page, "minutes")


def test_the_way_to_the_money(firm: Firm, open_page: Callable[..., Page], screen: str, take: Take) -> None:
    """From the board of deals to the journal of the accountant; on the phone what one looks at outside."""
    at = firm.server.python(MONEY)
    page = open_page(screen)
    firm.enter(page, "administrator")
    pages = [("deals", "/deals/board/"), ("order", at["order"]), ("until-paid", "/until-paid/?everybody")]
    if screen == "desk":
        statement = f"/receivables/{at['owing']}/"
        pages += [
            ("deal", at["deal"]), ("quote", at["quote"]), ("invoice", at["invoice"]), ("bank", "/bank/"),
            ("receivables", "/receivables/"), ("statement", statement), ("forecast", "/forecast/"),
            ("milestones", "/milestones/ahead/?whose=all"), ("journal", "/journal/"), ("products", "/products/"),
            ("order-ledger", f"/orders/ledger/?account={at['owing']}"),
        ]  # fmt: skip
    for name, address in pages:
        firm.open(page, address)
        take(page, name)
    if screen == "desk":
        firm.open(
            page,
            f"/invoices/closing/preview/?closes_on={last_of_month(date.today()):%Y-%m-%d}&with_balance=on",
        )
        take(page, "closing")


def test_from_a_card_to_a_customer(
    firm: Firm, open_page: Callable[..., Page], screen: str, take: Take
) -> None:
    """The desk, the doubles and what becomes of them, the beginning with its mapping, the way to sales."""
    firm.wait_for_the_worker()
    at = firm.server.python(CARDS)
    page = open_page(screen)
    firm.enter(page, "administrator")
    pages = [("doubles", "/duplicates/"), ("convert", at["convert"]), ("passing", "/passing/")]
    if screen == "desk":
        pages += [
            ("cards", "/cards/"), ("card-career", at["career"]), ("merge", at["merge"]),
            ("card-desk", at["desk"]), ("card-figures", "/cards/figures/"), ("merged", at["merged"]),
            ("begun", at["begun"]), ("mapping", "/settings/conversion/mapping/"),
            ("mapping-field", "/settings/conversion/mapping/industry/"), ("passing-report", "/passing/report/"),
            ("settings-doubles", "/settings/duplicates/"), ("doubles-apart", "/duplicates/decisions/"),
        ]  # fmt: skip
    else:
        pages.append(("card-new", "/cards/new/"))
    for name, address in pages:
        firm.open(page, address)
        take(page, name)


def test_the_pages_of_the_heads(firm: Firm, open_page: Callable[..., Page], screen: str, take: Take) -> None:
    page = open_page(screen)
    firm.enter(page, "president")
    firm.open(page, "/daily/morning/")
    take(page, "morning")
    if screen == "desk":
        firm.open(page, "/daily/all/")
        take(page, "daily-all")
        firm.enter(page, "head")
        for name, address in (
            ("voices", "/voices/summary/"),
            ("input-rate", "/duties/rate/"),
            ("distribution", "/distribution/effect/"),
        ):
            firm.open(page, address)
            take(page, name)
        firm.open(page, "/handovers/new/")
        page.get_by_label("だれから").select_option(label="本山 亮")
        page.locator("[name=to1]").select_option(label="熱田 かつみ")
        page.get_by_role("button", name="引き継がれるものを確かめる").click()
        page.get_by_role("button", name="引き継ぐ", exact=True).wait_for()
        page.get_by_role("heading", name="引き継がれるもの").scroll_into_view_if_needed()
        take(page, "hand-over")
    else:
        firm.enter(page, "rep")
        firm.open(page, "/distribution/why/")
        take(page, "distribution-why")
