"""What シャチホコ商事 quoted to its customers: some accepted, some declined, some waiting, one waiting for approval."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from daifuku.catalog.models import Product
from daifuku.catalog.prices import price_for
from daifuku.customers.demo.stage import Stage, Step, working_minute
from daifuku.documents.actions import edit_issuer
from daifuku.documents.lines import plain
from daifuku.foundation.errors import Unavailable
from daifuku.quotes import limits
from daifuku.quotes.actions import approve, ask, edit_policy, issue, record_answer, revise, send_back
from daifuku.records import actions

# Title, delivery, and the goods with how many of each.
OFFERS: tuple[tuple[str, str, tuple[tuple[str, int], ...]], ...] = (
    ("出荷場の台車の入れ替え", "ご発注後1週間", (("KG-2101", 6), ("KG-2301", 24), ("SR-0101", 1))),
    ("梱包資材の年間ご契約", "毎月第1営業日", (("HK-0101", 40), ("HK-0201", 30), ("HK-0301", 12))),
    ("包装ラインの改善と封かん機の導入", "ご発注後2か月", (("SV-0102", 1), ("KG-3102", 1), ("SV-0103", 2))),
    ("安全用品の一斉更新", "ご発注後10日", (("KG-1301", 18), ("KG-1101", 20), ("KG-1201", 10))),
    ("ハンドリフトの増設", "ご発注後3週間", (("KG-2201", 2), ("KG-2302", 4))),
    ("お中元のご用意", "7月1日", (("SH-0101", 60), ("SH-0201", 40), ("SR-0102", 2))),
    ("封かん機の定期点検と替刃", "ご都合に合わせます", (("SV-0101", 2), ("KG-3103", 10))),
    ("発送センターの梱包資材一式", "ご発注後5日", (("HK-0102", 25), ("HK-0202", 15), ("HK-0402", 8))),
)
REASONS = (
    "予算が来期に延びたとのこと。",
    "他社に決まった。価格で5%の差。",
    "今回は見送り。秋にもう一度ご相談。",
)


def quotes(random: Random) -> Iterator[Step]:
    yield Step(400, 9 * 60, _paper, "page")
    for number in range(22):
        title, delivery, goods = OFFERS[number % len(OFFERS)]
        days = (number + 1) * 13 - random.randrange(0, 8)
        off = random.choice((0, 0, 0, 5, 10)) if number != 3 else 35
        yield Step(days, working_minute(random), partial(_quote, number, title, delivery, goods, off), "page")
        yield Step(
            max(0, days - 9), working_minute(random), partial(_answer, number, random.random()), "page"
        )


def _paper(stage: Stage) -> None:
    bank = {
        "bank": "尾張銀行",
        "branch": "名古屋支店",
        "kind": "普通",
        "number": "1234567",
        "holder": "カ）シャチホコシヨウジ",
    }
    values = {
        "head": "代表取締役　鶴舞 勝五郎", "fax": "052-555-0199", "email": "info@example.jp", "banks": [bank],
        "texts": {"quote": "・送料は弊社が負担します（離島を除く）。\n・ご発注の際は、見積番号をお知らせください。"},
    }  # fmt: skip
    edit_issuer(values, by=stage.people["makoto"])
    edit_policy({"payment": "月末締め翌月末払い"}, by=stage.people["makoto"])


def _quote(
    number: int, title: str, delivery: str, goods: tuple[tuple[str, int], ...], off: int, stage: Stage
) -> None:
    account = _customer(number, stage)
    if account is None or account.owner is None:
        return
    day = stage.now.date()
    found = {product.code: product for product in Product.plain.filter(code__in=[code for code, _n in goods])}
    lines: list[dict[str, Any]] = [{"kind": "heading", "name": title}] if number % 3 == 2 else []
    for code, quantity in goods:
        product = found.get(code)
        if product is not None:
            price = price_for(product, account, quantity, day).amount or product.price or 0
            lines.append(_line(product, quantity, price, off))
    if number % 4 == 1:
        lines.append({"kind": "discount", "name": "出精値引き", "unit_price": 1000})
    values = {
        "title": title, "account": account, "deal": None, "lines": lines, "delivery": delivery,
        "place": "貴社指定場所", "valid_until": day + timedelta(days=30),
    }  # fmt: skip
    by = account.owner
    quote = actions.create("quote", values, by=by)
    known = {product.name: product.cost for product in found.values() if product.cost is not None}
    costs = {line["id"]: plain(known[line["name"]]) for line in quote.lines if line.get("name") in known}
    quote = actions.edit(quote, {"costs": costs}, by=by)
    if limits.reasons(quote):
        ask(quote, by=by, note="台数がまとまるため、ご検討をお願いします。")
        if number == 3:
            send_back(quote, "粗利が足りません。値引きは10%までにしてください。", by=stage.people["midori"])
        elif number > 4:
            approve(
                quote, by=stage.people["katsugoro"] if "katsugoro" in stage.people else stage.people["midori"]
            )
        quote.refresh_from_db()
    stage.saved[f"quote{number}"] = quote
    if number > 1 and quote.is_open and not (limits.reasons(quote) and quote.state != "approved"):
        _issued(quote, by, stage)


def _line(product: Product, quantity: int, price: Any, off: int) -> dict[str, Any]:
    return {
        "name": product.name, "code": product.code, "spec": product.spec, "quantity": quantity, "unit": product.unit,
        "unit_price": plain(price), "discount": off, "tax_class": product.tax_class, "product": str(product.uid),
    }  # fmt: skip


def _issued(quote: Any, by: Any, stage: Stage) -> None:
    try:
        issue(quote, by=by, today=stage.now.date())
    except Unavailable:
        return  # a server that cannot draw shows them as drafts


def _answer(number: int, luck: float, stage: Stage) -> None:
    quote = stage.saved.get(f"quote{number}")
    if quote is None or quote.state != "issued" or number < 6:
        return
    today, by = stage.now.date(), quote.owner
    if luck < 0.5:
        record_answer(
            quote, "accepted", by=by, today=min(today, quote.valid_until), note="お電話でご発注をいただいた。"
        )
    elif luck < 0.8:
        record_answer(quote, "declined", by=by, today=today, note=REASONS[number % len(REASONS)])
    elif luck < 0.9:
        _issued(revise(quote, by=by), by, stage)


def _customer(number: int, stage: Stage) -> Any:
    firms = sorted(key for key in stage.saved if key.startswith("firm") and key.endswith(".0"))
    return stage.saved[firms[(number * 7) % len(firms)]] if firms else None
