"""Fields that people of シャチホコ商事 asked for: one that waits, one that was declined, one that nobody fills."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from daifuku.customers.demo.stage import Stage, Step
from daifuku.records.requests import asking, deciding

CLOSING: dict[str, Any] = {
    "label": "決算月", "type": "choice", "choices": ["3月", "6月", "9月", "12月", "その他"],
    "purpose": "決算の2か月前に、設備の入れ替えを提案する相手を決める。", "decider": "営業課長が、月初の会議で",
    "enterer": "担当の営業が、初回の訪問のあとに",
}  # fmt: skip
STAR: dict[str, Any] = {
    "label": "星座", "type": "text", "purpose": "話のきっかけにする。", "decider": "担当の営業",
    "enterer": "担当の営業が、雑談で聞いたときに",
}  # fmt: skip
BOOTH: dict[str, Any] = {
    "label": "立ち寄った小間", "type": "choice", "choices": ["入口", "実演", "相談"],
    "purpose": "次の展示会で、どの小間に人を置くかを決める。", "decider": "販促室が、展示会の前に",
    "enterer": "受付の担当が、名刺を受け取ったときに",
}  # fmt: skip
DECLINED = "仕事の判断に使わないため、見送ります。話のきっかけは「趣味・話題」に書いてください。"


def wishes(random: Random) -> Iterator[Step]:
    yield Step(400, 620, partial(_ask, "lead", "sakura", BOOTH, 30))
    yield Step(399, 640, _make_booth)
    yield Step(150, 700, partial(_ask, "contact", "ken", STAR, 200))
    yield Step(148, 560, _decline_star)
    yield Step(12, 720, partial(_ask, "account", "ryo", CLOSING, 180))
    for minute, word in enumerate(("chinatsu", "katsumi", "midori"), start=760):
        yield Step(10, minute, partial(_support_closing, word))


def _ask(object_key: str, word: str, wish: dict[str, Any], days: int, stage: Stage) -> None:
    """Looked at again so many days after today."""
    day = stage.today + timedelta(days=days)
    asked = asking.ask_for_field(object_key, by=stage.people[word], review_on=day, **wish)
    stage.saved[f"wish {wish['label']}"] = asked


def _make_booth(stage: Stage) -> None:
    asked, by = stage.saved["wish 立ち寄った小間"], stage.people["makoto"]
    deciding.approve_request(asked, by=by)
    deciding.make_field(asked, asked.type, asked.label, by=by, label_en="Booth visited", key="booth")


def _decline_star(stage: Stage) -> None:
    deciding.decline_request(stage.saved["wish 星座"], DECLINED, by=stage.people["makoto"])


def _support_closing(word: str, stage: Stage) -> None:
    asking.support(stage.saved["wish 決算月"], by=stage.people[word])
