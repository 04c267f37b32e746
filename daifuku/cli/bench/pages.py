"""What people ask for every day, as addresses: asked in this process, and again through the real server."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from django.db.models import Count
from django.test import Client

from daifuku.activities.models import Talk
from daifuku.cli.bench import deals, forecasting, orders
from daifuku.cli.bench.filling import Firm
from daifuku.customers.models import Account

NEXT = re.compile(r'href="([^"]+)" rel="next"')
LIST, SEARCH, OPEN, SAVE, TYPING = "25", "50", "30", "20", "30"
BUSY, TODAY, TALK, RATE, MORNING, LEDGER, SUMS = "60", "80", "40", "300", "500", "60", "300"
FAR, MOST_TALKS = 1_000, 20
TWO = ("電気", "商事", "大学", "病院", "東京", "工業", "銀行", "食品", "建設", "運輸")
FOUR = (
    *("日本電気", "名古屋市", "株式市場", "東京大学", "中央病院"),
    *("トヨタ自", "コーヒー", "ホテル日", "三菱商事", "建設工業"),
)
MACHINES = quote(json.dumps({"all": [{"field": "machines", "op": "eq", "value": 7}]}))
ONE = "電商大病東工銀食建運"


@dataclass(frozen=True)
class Page:
    """`address(number)` of the number-th time; with `body` a program writes, else a person's browser reads, or the
    president's."""

    name: str
    address: Callable[[int], str]
    target: str = ""
    method: str = "GET"
    body: Callable[[int], dict[str, Any]] | None = None
    by_president: bool = False

    def reader(self, firm: Firm) -> Client:
        return firm.president if self.by_president else firm.browser

    def content(self, number: int) -> str:
        return json.dumps(self.body(number), ensure_ascii=False) if self.body else ""


def pages(firm: Firm) -> list[Page]:
    random = Random("questions")  # noqa: S311 - the same every time
    order = random.sample(range(len(firm.uids)), len(firm.uids))

    def some(number: int) -> str:
        return firm.uids[order[number % len(order)]]

    buyers = orders.order() or firm.uids
    forecasting.sums()
    far, known, busy = _far_page(firm), _known(firm, order), _busy(firm, order)
    return [
        Page("list of 50, first page", lambda number: "/accounts/", LIST),
        Page(f"list of 50, page {FAR:,}", lambda number: far, LIST),
        Page("list sorted by name", lambda number: "/accounts/?sort=name", LIST),
        Page("list sorted by a field of one's own", lambda number: "/accounts/?sort=-visited_on", LIST),
        Page("list filtered by a field of one's own", lambda number: f"/accounts/?where={MACHINES}", LIST),
        Page("list filtered without an index", lambda number: "/accounts/?f.rank=a&f.prefecture=愛知県"),
        Page("list searched for two characters", lambda number: f"/accounts/?q={_of(TWO, number)}", SEARCH),
        Page("search box, one character", lambda number: f"/suggest/?q={_of(ONE, number)}", SEARCH),
        Page("search box, two characters", lambda number: f"/suggest/?q={_of(TWO, number)}", SEARCH),
        Page("search box, four characters", lambda number: f"/suggest/?q={_of(FOUR, number)}", SEARCH),
        Page("doubles while typing", lambda number: f"/accounts/same/?{_of(known, number)}", TYPING),
        Page("open an account", lambda number: f"/accounts/{some(number)}/", OPEN),
        Page("open an account with its newest 20 talks", lambda number: f"/accounts/{_of(busy, number)}/", BUSY),
        Page("input rate of a month", lambda number: "/duties/rate/?span=last_month", RATE, by_president=True),
        Page("the president's morning page", lambda number: "/daily/morning/", MORNING, by_president=True),
        Page("the order ledger of a customer", lambda number: f"/orders/ledger/?account={_of(buyers, number)}", LEDGER),
        Page(
            "orders by month and person, of everything", lambda number: "/forecast/?month=year", SUMS, by_president=True
        ),
        Page(
            "won deals by month and person, of everything", lambda number: "/forecast/?month=year&basis=won", SUMS,
            by_president=True,
        ),
        Page(f"board of {deals.OPEN} open deals", deals.board, deals.BOARD),
        Page("today's page of a rep", lambda number: "/today/", TODAY),
        Page(
            "save one field, by the API", lambda number: f"/api/v1/accounts/{some(number)}", SAVE, "PATCH",
            lambda number: {"note": f"変更{time.monotonic_ns()}"},
        ),
        Page(
            "create, by the API", lambda number: "/api/v1/accounts", SAVE, "POST",
            lambda number: {"name": f"計測商店{time.monotonic_ns()}", "phone": "052-961-2571", "prefecture": "愛知県"},
        ),
        Page(
            "save a talk, by the API", lambda number: "/api/v1/talks", TALK, "POST",
            lambda number: {
                "account": _of(busy, number), "method": "phone", "content": "delivery", "text": f"納期の件{number}",
            },
        ),
    ]  # fmt: skip


def _of(words: Any, number: int) -> str:
    return str(words[number % len(words)])


def _known(firm: Firm, order: list[int]) -> list[str]:
    """What somebody types who does not know that the firm is there already."""
    some = Account.plain.filter(uid__in=[firm.uids[at] for at in order[:200]])
    return [urlencode({"name": account.name, "phone": account.phone}) for account in some]


def _busy(firm: Firm, order: list[int]) -> list[str]:
    """Of his accounts some that have more talks than a page shows; in a small firm the ones that there are."""
    some = [firm.uids[at] for at in order[:500]]
    uids = dict(Account.plain.filter(uid__in=some).values_list("pk", "uid"))
    talks = (
        Talk.plain.filter(account__in=list(uids), trashed_at=None)
        .values_list("account")
        .annotate(n=Count("pk"))
    )
    return [str(uids[account]) for account, n in talks.order_by() if n > MOST_TALKS] or some


def _far_page(firm: Firm) -> str:
    """The address of the page that one reaches by that many times 次へ, or the last one."""
    address = "/accounts/"
    for _number in range(FAR - 1):
        found = NEXT.search(firm.browser.get(address).content.decode())
        if found is None:
            break
        address = unescape(found.group(1))
    return address
