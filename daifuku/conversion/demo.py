"""Leads that became customers: a new firm with a deal, a new face in a known firm, one back again, one too early."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from random import Random

from daifuku.conversion.actions import Wanted, convert, reopen, take_back
from daifuku.conversion.models import Conversion
from daifuku.customers.demo.stage import Stage, Step
from daifuku.customers.models import Account, Lead
from daifuku.records import actions
from daifuku.records.actions import commenting, tagging

# family, given, their kana, company, its kana, industry, title, interest, owner, days ago
PEOPLE = (
    ("榊原", "由紀", "サカキバラ", "ユキ", "株式会社つむぎ食品", "ツムギショクヒン", "wholesale", "仕入部長",
     "ミソミソヨーグルト", "ryo", 75),
    ("吉良", "修一", "キラ", "シュウイチ", "三河屋製菓株式会社", "ミカワヤセイカ", "manufacturing", "開発課長",
     "八丁味噌パウダー", "ryo", 41),
    ("設楽", "真帆", "シタラ", "マホ", "合同会社ひだまりデリ", "ヒダマリデリ", "retail", "代表",
     "味噌煮込みうどんセット", "ryo", 180),
    ("幡豆", "健吾", "ハズ", "ケンゴ", "はず水産加工株式会社", "ハズスイサンカコウ", "manufacturing", "工場長",
     "八丁味噌パウダー", "katsumi", 52),
)  # fmt: skip
TALKS = (
    (30, "phone", "資料を見たとのことでお電話をいただく。見本を送る約束。"),
    (22, "visit", "見本を持って訪問。味は好評。価格と納期を聞かれた。"),
    (12, "phone", "来月から扱いたいとのこと。条件を詰める。"),
)


def conversion(random: Random) -> Iterator[Step]:
    for number, person in enumerate(PEOPLE):
        days = person[-1]
        yield Step(days, 10 * 60 + number, partial(_enter, number))
        for ago, method, text in TALKS:
            yield Step(days - 33 + ago, 11 * 60 + number, partial(_talk, number, method, text), "phone")
        yield Step(days - 25, 15 * 60 + number, partial(_begin, number))
    yield Step(9, 10 * 60, _again)
    yield Step(22, 9 * 60 + 30, _too_early)


def _enter(number: int, stage: Stage) -> None:
    family, given, f_kana, g_kana, company, kana, industry, title, interest, owner, days = PEOPLE[number]
    known = _known(stage) if number == 1 else None
    if known is not None:
        company, kana = known.name, known.kana
    lead = actions.create(
        "lead",
        {
            "family_name": family, "given_name": given, "family_kana": f_kana, "given_kana": g_kana,
            "company": company, "company_kana": kana, "industry": industry, "title": title, "interest": interest,
            "email": f"lead{number}@tsumugi{number}.example.jp", "phone": f"052-555-01{number}0",
            "source": "exhibition", "status": "qualified", "rating": "hot", "prefecture": "愛知県",
            "city": "名古屋市中区",
            "owner": stage.people[owner], "first_contact_on": stage.now.date(), "note": "展示会で名刺を交換",
        },
        by=stage.people["sakura"],
    )  # fmt: skip
    stage.saved[f"begun{number}"] = lead
    tagging.put_tag(lead, "展示会", by=stage.people["sakura"])
    commenting.write_comment(lead, "試食の感想を早めに聞いてください。", by=stage.people["sakura"])


def _talk(number: int, method: str, text: str, stage: Stage) -> None:
    lead = stage.saved[f"begun{number}"]
    values = {"lead": lead, "started_at": stage.now, "method": method, "content": "question", "text": text}
    actions.create("talk", values, by=stage.people[PEOPLE[number][9]])


def _begin(number: int, stage: Stage) -> None:
    """The second is somebody new at a firm that was a customer already."""
    by = stage.people[PEOPLE[number][9]]
    lead = Lead.plain.get(pk=stage.saved[f"begun{number}"].pk)
    account = _known(stage) if number == 1 else None
    wanted = Wanted(account=account, deal=True) if account is not None else Wanted(deal=number in {0, 3})
    convert(lead, wanted, by=by)


def _too_early(stage: Stage) -> None:
    """The board of his firm decides next spring: he is a lead as before."""
    take_back(Conversion.objects.get(lead_id=stage.saved["begun3"].pk), by=stage.people["katsumi"])


def _known(stage: Stage) -> Account | None:
    """A firm that was a customer of 亮's long before."""
    by = stage.people["ryo"]
    found: Account | None = (
        Account.objects.visible_to(by, action="edit").filter(owner=by).order_by("pk").first()
    )
    return found


def _again(stage: Stage) -> None:
    """After months without an order she is a lead again."""
    lead = Lead.plain.get(pk=stage.saved["begun2"].pk)
    reopen(lead, by=stage.people["ryo"])
