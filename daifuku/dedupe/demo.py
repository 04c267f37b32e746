"""名寄せ at シャチホコ商事: entered twice by people who did not look, some told apart, the rest found by a scan."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random

from daifuku.customers.demo.stage import Stage, Step
from daifuku.dedupe.actions import keep_apart
from daifuku.dedupe.actions.scanning import begin
from daifuku.records import actions

# What, its values, who entered it, how many days ago.
ENTERED: dict[str, tuple[str, dict[str, str], str, int]] = {
    "head": ("account", {
        "name": "株式会社みなと運輸", "kana": "ミナトウンユ", "phone": "052-000-8160", "postal_code": "455-0037",
        "prefecture": "愛知県", "city": "名古屋市港区", "street": "名港1-1", "status": "active",
    }, "ryo", 330),
    "office": ("account", {
        "name": "みなと運輸株式会社", "kana": "ミナトウンユ", "phone": "06-0000-8161", "prefecture": "大阪府",
        "city": "大阪市中央区", "street": "本町2-3", "status": "active", "note": "大阪は支店長が決裁する。",
    }, "chinatsu", 150),
    "payer": ("account", {
        "name": "(株)みなと運輸", "phone": "052-000-8160", "prefecture": "愛知県", "city": "名古屋市港区",
        "note": "請求書の送り先（経理センター）。",
    }, "toshiko", 90),
    "old": ("account", {
        "name": "有限会社渡邉製餡所", "kana": "ワタナベセイアンジョ", "phone": "0564-00-8170", "prefecture": "愛知県",
        "city": "岡崎市", "street": "康生通西3丁目15番地", "representative": "渡邉 茂", "status": "active",
    }, "katsumi", 400),
    "new": ("account", {
        "name": "渡辺製あん所", "phone": "0564-00-8170", "prefecture": "愛知県", "city": "岡崎市",
        "street": "康生通西3-15", "email": "info@watanabe-an.example.jp",
    }, "toshiko", 12),
    "like": ("account", {
        "name": "ワタナベ製パン株式会社", "phone": "0564-00-8199", "prefecture": "愛知県", "city": "岡崎市",
    }, "ken", 60),
    "fair": ("lead", {
        "family_name": "安城", "given_name": "ちひろ", "family_kana": "アンジョウ", "given_kana": "チヒロ",
        "company": "ふじ総合設計株式会社", "email": "anjo@fuji-sekkei.example.jp", "mobile": "020-5550-0180",
        "source": "exhibition",
    }, "sakura", 48),
    "web": ("lead", {
        "family_name": "安城", "given_name": "千尋", "company": "(株)ふじ総合設計",
        "email": "Anjo@fuji-sekkei.example.jp", "source": "web",
    }, "sakura", 7),
    "father": ("lead", {
        "family_name": "刈谷", "given_name": "実", "company": "刈谷木工", "phone": "0566-00-8190", "source": "card",
    }, "yui", 70),
    "son": ("lead", {
        "family_name": "刈谷", "given_name": "稔", "company": "刈谷木工", "phone": "0566-00-8190", "source": "web",
    }, "yui", 20),
}  # fmt: skip
APART = (
    ("head", "office", "decider", "大阪は支店長が決裁する", "midori", 120),
    ("head", "payer", "billing", "経理センターあて", "toshiko", 89),
    ("father", "son", "not_same", "父と息子。読みは同じミノル", "yui", 19),
)  # fmt: skip


def doubles(random: Random) -> Iterator[Step]:
    """The scan itself is a job, which the worker does as soon as the program is up."""
    for number, (word, (*_what, days)) in enumerate(ENTERED.items()):
        yield Step(days, 13 * 60 + 30 + number, partial(_enter, word))
    for number, (one, other, kind, note, by, days) in enumerate(APART):
        yield Step(days, 14 * 60 + number, partial(_tell_apart, one, other, kind, note, by))
    yield Step(0, 8 * 60 + 50, _scan)


def _enter(word: str, stage: Stage) -> None:
    kind, values, by, _days = ENTERED[word]
    stage.saved[f"double.{word}"] = actions.create(kind, values, by=stage.people[by])


def _tell_apart(one: str, other: str, kind: str, note: str, by: str, stage: Stage) -> None:
    first, second = stage.saved[f"double.{one}"], stage.saved[f"double.{other}"]
    keep_apart(first, second, kind, note, by=stage.people[by])


def _scan(stage: Stage) -> None:
    begin(by=stage.people["makoto"])
