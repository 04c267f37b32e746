"""Most close the day in the evening, 熱田 seldom; the head of the section reads and answers in the morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

from daifuku.activities.models import Talk
from daifuku.customers.demo.stage import Stage, Step
from daifuku.daily import owing
from daifuku.daily.actions import close_day, read, share
from daifuku.daily.models import Report
from daifuku.foundation.calendar import is_business_day
from daifuku.records.actions.commenting import write_comment
from daifuku.staff.models import Person

DAYS = 18
# How often of ten days each of them closes his day, and who reads it.
WRITERS = {
    "ryo": (10, "midori"), "katsumi": (4, "midori"), "chinatsu": (9, "takuya"), "ken": (8, "takuya"),
    "midori": (9, "kishio"), "takuya": (8, "kishio"), "kishio": (5, "katsugoro"),
}  # fmt: skip
REMARKS = (
    ("新しい保護手袋は、現場の方の反応がとてもよかったです。来週、感想をうかがいます。", ""),
    ("午前は見積の準備、午後は3件訪問しました。どちらも前向きです。", ""),
    ("納期の遅れをお詫びしたところ、逆に早めの連絡を喜んでいただけました。", ""),
    ("", "値引きを5％求められています。粗利を見て、どこまで出せるか相談させてください。"),
    ("競合が同じ品を1割安く出しているそうです。詳しく聞いてきます。", ""),
    ("展示会でお会いした方に順番に電話しています。半分は担当の方につながりました。", ""),
    (
        "工場長が交代されました。後任の方へのご挨拶に、部長も同行いただけると助かります。",
        "同行の日程を相談したいです。",
    ),
    ("内勤で、たまっていた見積と請求書の確認を済ませました。", ""),
)
ANSWERS = (
    "よい流れですね。感想を聞いたら、次の提案まで一気に進めましょう。",
    "相談の件、明日の朝に10分ください。",
    "早めの連絡が効きましたね。ほかの人にも話してください。",
    "同行します。来週の火曜か木曜でお願いします。",
)
SHARED = (
    (
        7,
        "箱の破損が続いています。出荷の前に角を見るよう、倉庫とも話します。気づいた人は写真を送ってください。",
    ),
    (1, "この件、対応が早くてよかった。同じ品を納めている先に、こちらから先に電話を入れよう。"),
)


def reports(random: Random) -> Iterator[Step]:
    yield Step(DAYS + 2, 8 * 60, _begin, "system")
    for days in range(DAYS, 0, -1):
        for number, (word, (often, reader)) in enumerate(WRITERS.items()):
            if random.randrange(10) >= often:
                continue
            said = random.choice(REMARKS) if random.random() < 0.7 else ("", "")
            yield Step(days, 18 * 60 + 20 + number, partial(_close, word, days, said), "phone")
            if days > 1 and random.random() < 0.85:
                answer = random.choice(ANSWERS) if any(said) and random.random() < 0.5 else ""
                yield Step(days - 1, 8 * 60 + number, partial(_read, word, days, reader, answer), "page")
    for days, words in SHARED:
        yield Step(days - 1, 7 * 60 + 40, partial(_share, days, words), "page")
    yield Step(0, 2, _owe, "system")


def _day(stage: Stage, days: int) -> date | None:
    day = stage.today - timedelta(days=days)
    return day if is_business_day(day) else None


def _begin(stage: Stage) -> None:
    """They were there before the program was."""
    for person in Person.objects.all():
        person.joined_at = stage.now
        person.save(update_fields=["joined_at"])


def _close(word: str, days: int, said: tuple[str, str], stage: Stage) -> None:
    day = _day(stage, days)
    if day is not None:
        close_day(day, {"remark": said[0], "consult": said[1]}, by=stage.people[word])


def _read(word: str, days: int, reader: str, answer: str, stage: Stage) -> None:
    day = _day(stage, days)
    report = Report.plain.filter(owner=stage.people[word], day=day).first() if day else None
    if report is not None:
        read(report, by=stage.people[reader])
        if answer:
            write_comment(report, answer, by=stage.people[reader])


def _share(days: int, words: str, stage: Stage) -> None:
    """The newest complaint up to that day."""
    day = _day(stage, days) or stage.today - timedelta(days=days)
    complaint = (
        Talk.plain.filter(content="complaint", started_at__lt=stage.now).order_by("-started_at").first()
    )
    share(complaint, words, by=stage.people["katsugoro"], day=day)


def _owe(stage: Stage) -> None:
    owing.owe_all(stage.now, timedelta(days=DAYS))
