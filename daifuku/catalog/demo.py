"""What シャチホコ商事 sells: packing material, tools, work, and the yoghurt that made it known; all invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random

from daifuku.customers.demo.stage import YEARS, Stage, Step
from daifuku.records import actions

# code, name, reading, kind, unit, price, cost, group and, where it is not the standard one, tax class.
GOODS = [
    tuple(line.strip().split("|"))
    for line in """
    HK-0101|段ボール箱 A4 100枚束|ダンボールバコ|深さ20cm|束|6800|4700|supplies
    HK-0102|段ボール箱 80サイズ 50枚束|ダンボールバコ|3辺80cm|束|5200|3600|supplies
    HK-0103|段ボール箱 120サイズ 30枚束|ダンボールバコ|3辺120cm|束|7400|5200|supplies
    HK-0201|気泡緩衝材 幅1200mm×42m|キホウカンショウザイ|三層|巻|2480|1650|supplies
    HK-0202|紙緩衝材 1000枚|カミカンショウザイ|ミシン目入り|箱|5600|3900|supplies
    HK-0203|発泡緩衝材 板10mm|ハッポウカンショウザイ|900×1800mm|枚|780|510|supplies
    HK-0301|布粘着テープ 50mm×25m 30巻|ヌノネンチャクテープ|茶|箱|8900|6300|supplies
    HK-0302|OPPテープ 48mm×100m 50巻|オーピーピーテープ|透明|箱|9600|6600|supplies
    HK-0303|マスキングテープ 18mm 70巻|マスキングテープ|和紙|箱|5400|3700|supplies
    HK-0401|ストレッチフィルム 15μ×500mm|ストレッチフィルム|6巻入り|箱|6200|4300|supplies
    HK-0402|PPバンド 15mm×2500m|ピーピーバンド|黄|巻|3900|2700|supplies
    HK-0501|ポリ袋 10号 0.03mm 1枚|ポリブクロ|180×270mm|枚|2.35|1.6|supplies
    KG-1101|作業手袋 滑り止め 12双|サギョウテブクロ|L|組|1980|1280|supplies
    KG-1102|耐切創手袋 レベルC|タイセッソウテブクロ|M|双|1250|820|goods
    KG-1201|防じんマスク DS2 20枚|ボウジンマスク|折りたたみ|箱|3600|2400|supplies
    KG-1301|安全靴 26.0cm|アンゼングツ|JIS S種|足|7800|5400|goods
    KG-2101|折りたたみ台車 150kg|オリタタミダイシャ|静音|台|14800|10200|goods
    KG-2102|折りたたみ台車 300kg|オリタタミダイシャ|静音|台|23800|16500|goods
    KG-2103|台車 150kg（旧型）|ダイシャ||台|12800|9400|goods
    KG-2201|ハンドリフト 1.5t|ハンドリフト|低床|台|68000|49500|goods
    KG-2202|ハンドリフト 2.5t|ハンドリフト|標準|台|84000|61000|goods
    KG-2301|台車用キャスター 100mm|ダイシャヨウキャスター|自在・ストッパー付き|個|2300|1500|parts
    KG-2302|ハンドリフト用ローラー|ハンドリフトヨウローラー|ウレタン|個|5400|3600|parts
    KG-3101|卓上封かん機|タクジョウフウカンキ|半自動|台|198000|142000|goods
    KG-3102|自動封かん機|ジドウフウカンキ|毎分12箱|台|680000|498000|goods
    KG-3103|封かん機用替刃|フウカンキヨウカエバ|3枚入り|組|4200|2600|parts
    SV-0101|包装機の定期点検|ホウソウキノテイキテンケン|1回|式|38000|22000|work
    SV-0102|包装ラインの改善提案|ホウソウラインノカイゼンテイアン|調査・報告書|式|150000|90000|work
    SV-0103|据付・試運転|スエツケシウンテン|1日|人日|45000|30000|work
    SR-0101|送料（県内）|ソウリョウ||回|1500|1100|charges
    SR-0102|送料（県外）|ソウリョウ||回|3200|2500|charges
    SH-0101|ミソミソヨーグルト 12個|ミソミソヨーグルト|要冷蔵|箱|2160|1380|goods|reduced
    SH-0102|ミソミソヨーグルト 飲むタイプ 24本|ミソミソヨーグルト|要冷蔵|箱|3960|2520|goods|reduced
    SH-0201|赤みそ詰め合わせ|アカミソツメアワセ|3種|箱|3000|1950|goods|reduced
    SH-0202|みそ煮込みうどん 10食|ミソニコミウドン|常温|箱|4200|2900|goods|reduced
    SH-0301|業務用みそだれ 2kg|ギョウムヨウミソダレ|6袋|箱|5400|3700|goods|reduced
    SH-0901|商品券（贈答用）|ショウヒンケン|千円|枚|1000|1000|goods|exempt
    """.strip().splitlines()
]
# Days until delivery, by group; a machine takes longer.
DAYS = {"supplies": 3, "goods": 5, "parts": 7, "work": 10, "charges": 0}
LINKS = (
    ("KG-2103", "successor", "KG-2101"), ("KG-2101", "higher", "KG-2102"), ("KG-2201", "higher", "KG-2202"),
    ("KG-3101", "higher", "KG-3102"), ("SH-0101", "higher", "SH-0102"),
)  # fmt: skip
STEPS = {"supplies": (("10", "95"), ("50", "90")), "parts": (("20", "92"),)}
SUPPLIERS, CUSTOMERS = 7, 24


def products(random: Random) -> Iterator[Step]:
    yield Step(YEARS - 1, 10 * 60, _enter, "import")
    yield Step(YEARS - 2, 11 * 60, _lists, "page")
    for number in range(CUSTOMERS):
        days = random.randrange(60, YEARS - 40)
        yield Step(days, 13 * 60 + number, partial(_agree, Random(f"price {number}"), number), "page")  # noqa: S311
    yield Step(90, 15 * 60, _discontinue)


def _enter(stage: Stage) -> None:
    """By the clerk, as the list of goods came; every group of goods has its supplier."""
    clerk = stage.people["toshiko"]
    for code, name, kana, spec, unit, price, cost, group, *tax in GOODS:
        number = int(code[3:5]) % SUPPLIERS + 3
        supplier = None if group in ("work", "charges") else stage.saved[f"firm{number}.0"]
        stage.saved[f"product {code}"] = actions.create(
            "product",
            {
                "code": code, "name": name, "kana": kana, "spec": spec, "unit": unit, "price": price, "cost": cost,
                "group": group, "tax_class": tax[0] if tax else "standard", "lead_days": DAYS[group],
                "supplier": supplier,
            },
            by=clerk,
        )  # fmt: skip
    for code, field, other in LINKS:
        key = f"product {code}"
        stage.saved[key] = actions.edit(stage.saved[key], {field: stage.saved[f"product {other}"]}, by=clerk)


def _lists(stage: Stage) -> None:
    """For many of the same, and for the best customers."""
    manager = stage.people["kishio"]
    for code, group in ((each[0], each[7]) for each in GOODS):
        product = stage.saved[f"product {code}"]
        for quantity, rate in STEPS.get(group, ()):
            actions.create("price", {"product": product, "quantity": quantity, "rate": rate}, by=manager)
        if group == "goods":
            actions.create("price", {"product": product, "rank": "a", "rate": "93"}, by=manager)


def _agree(random: Random, number: int, stage: Stage) -> None:
    """With a customer, for a year from that day on; the rep enters what was agreed."""
    account, day = stage.saved.get(f"firm{number}.0"), stage.now.date()
    if account is None:
        return
    for code, *_rest in random.sample(GOODS[:26], 3):
        product = stage.saved[f"product {code}"]
        amount = (product.price * random.choice((88, 90, 92)) / 100).quantize(product.price)
        values = {"product": product, "account": account, "amount": f"{amount:f}", "begins_on": day}
        if random.random() < 0.5:
            values["ends_on"] = day + timedelta(days=365)
        actions.create("price", values, by=account.owner or stage.people["ryo"])


def _discontinue(stage: Stage) -> None:
    product, day = stage.saved["product KG-2103"], stage.now.date()
    stage.saved["product KG-2103"] = actions.edit(
        product, {"discontinued_on": day}, by=stage.people["toshiko"]
    )
