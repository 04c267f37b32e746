"""A heading has blanks; one that is open is named on every way in, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from daifuku.activities.models import Talk
from daifuku.foundation.errors import Invalid
from daifuku.minutes.actions import change_template, write
from daifuku.minutes.found import found_in
from daifuku.minutes.headings import as_lines, headings_of
from daifuku.minutes.models import Template
from daifuku.minutes.reading import Known, Names, Words, read
from daifuku.minutes.slots import Slot, answers_in, problems_in, slots_of, without_open
from daifuku.minutes.statistics import statistics_of
from daifuku.minutes.templates import offered
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

FRIDAY = date(2026, 11, 27)
LINES = """予算と時期 | 金額、いつまでに
・予算（数字）
・時期（日付）
・規模（選択: 小、中、大）
決める流れ
・決める人（人）
・品目（商品）
・備考
"""
TEXT = """【予算と時期】
予算: 120万円くらい
時期：来月末
規模: 中
【決める流れ】
決める人: 田中
品目: 八丁味噌
備考: 専務に確認
"""
WORDS = Words(Names([Known("t", "田中", "太郎")]), ["八丁味噌"], {})


def slots() -> list[Slot]:
    return slots_of(headings_of(LINES))


def test_what_stands_behind_each_is_understood_by_its_kind() -> None:
    answers = answers_in(read(TEXT, FRIDAY).sections, slots(), FRIDAY, WORDS)
    assert [(each.slot.name, each.value) for each in answers] == [
        ("予算", "1200000"), ("時期", "2026-12-31"), ("規模", "中"), ("決める人", "t"), ("品目", "八丁味噌"),
        ("備考", "専務に確認"),
    ]  # fmt: skip


def test_open_ones_and_odd_ones_are_named() -> None:
    text = "【予算と時期】\n予算: \n時期: そのうち\n規模: 特大\n【決める流れ】\n"
    said = [each.message for each in problems_in(read(text, FRIDAY).sections, slots(), FRIDAY)]
    assert said == [
        "ひな形の空欄「予算」が、まだ空いています。入力するか、その行を消してください。",
        "「時期」には日付を入力してください。例: 12/3、来週金曜、来月末",
        "「規模」は、小、中、大から選んでください。",
    ]


def test_a_line_that_is_gone_asks_for_nothing() -> None:
    text = "【予算と時期】\n予算: \n予算は未定。\n時期: 12/3\n"
    left = without_open(text, slots())
    assert left == "【予算と時期】\n予算は未定。\n時期: 12/3"
    assert problems_in(read(left, FRIDAY).sections, slots(), FRIDAY) == []


@given(st.text(alphabet="【】予算時期規模:：\n 12/3a中", max_size=60))
def test_taking_the_open_lines_away_leaves_none_open(text: str) -> None:
    left = without_open(text, slots())
    assert not any(each.is_open for each in answers_in(read(left, FRIDAY).sections, slots(), FRIDAY))


def test_they_are_written_as_lines_and_read_again() -> None:
    assert headings_of(as_lines(headings_of(LINES))) == headings_of(LINES)


@pytest.fixture
def template(cast: Cast) -> Template:
    values = {"name": "予算の確認", "method": "visit", "content": "other", "headings": headings_of(LINES)}
    return change_template(None, values, by=cast.mizuno)


def values(firm: Any, text: str) -> dict[str, Any]:
    return {"account": firm, "method": "visit", "content": "other", "text": text}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("・要望", "決定や要望の印"), ("・大きさ（色）", "種類は"), ("・大きさ（選択: 小）", "選択肢"),
        ("・予算\n・予算", "同じ空欄"),
    ],
)  # fmt: skip
def test_the_administrator_is_told_what_a_blank_cannot_be(cast: Cast, line: str, sentence: str) -> None:
    told = {"name": "朝会", "headings": headings_of(f"課題\n{line}\n決定事項")}
    with pytest.raises(Invalid, match=sentence):
        change_template(None, told, by=cast.mizuno)


@pytest.mark.django_db
def test_an_open_one_keeps_no_talk_by_whichever_way(
    cast: Cast, firm: Any, template: Template, login_as: Callable[..., Client]
) -> None:
    text = template.edition.skeleton
    with pytest.raises(Invalid, match="「予算」「時期」「規模」「決める人」「品目」「備考」"):
        write(values(firm, text), by=cast.aoyama)
    sent = {**values(firm, text), "account": str(firm.uid), "started_at": "2026-11-27 09:00"}
    client = login_as(cast.aoyama)
    answer = client.post("/minutes/new/", sent)
    page = answer.content.decode()
    assert (answer.status_code, "空いている行を消して保存" in page, "予算: " in page) == (422, True, True)
    told = client.post("/api/v1/talks", sent, "application/json", headers={"Idempotency-Key": "a"})
    assert (told.status_code, "「予算」" in told.content.decode()) == (422, True)
    assert not Talk.plain.exists()
    text = text.replace("予算: ", "予算: 120万円")
    client.post("/minutes/new/", {**sent, "text": text, "close": "1"})
    kept = Talk.plain.get().text.splitlines()
    assert [line for line in kept if line] == ["【予算と時期】", "予算: 120万円", "【決める流れ】"]


@pytest.mark.django_db
def test_what_was_answered_stands_by_the_talk_and_is_counted(
    cast: Cast, firm: Any, template: Template
) -> None:
    talk = write(values(firm, TEXT), by=cast.aoyama)
    found = found_in(talk, viewer_of(cast.aoyama))
    assert {each.slot.name: each.value for each in found.answers}["予算"] == "1200000"
    assert not [each for each in found.chips if each.finding.kind in {"amount", "product", "quantity"}]
    told = {use.name: use.percent for use in statistics_of(template.edition).blanks}
    assert told["予算と時期 › 予算"] == 100


@pytest.mark.django_db
def test_the_shipped_ones_have_blanks() -> None:
    first = next(each for each in offered() if each.name == "初回訪問")
    assert "予算: \n導入の時期: \n" in first.edition.skeleton
