"""What is read out of minutes: the same every time, in a time that grows with the text."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.minutes.reading import Finding, Known, Names, Words, read
from daifuku.minutes.reading.days import days_in
from daifuku.minutes.reading.numbers import amounts_in, quantities_in
from daifuku.minutes.reading.together import together

FRIDAY = date(2026, 11, 27)
TANAKA, HANAKO, JIRO = Known("t", "田中", "太郎"), Known("h", "佐藤", "花子"), Known("j", "佐藤", "次郎")
WORDS = Words(
    Names([TANAKA, HANAKO, JIRO, Known("c", "鈴木", "一", is_staff=False)]),
    ["八丁味噌"],
    {"電話番号": "account.phone"},
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今日", "2026-11-27"), ("明日", "2026-11-28"), ("明後日", "2026-11-29"), ("金曜", "2026-12-04"),
        ("土曜日", "2026-11-28"), ("来週金曜", "2026-12-04"), ("来週の月曜日", "2026-11-30"),
        ("再来週の月曜", "2026-12-07"),
        ("今週中", "2026-11-27"), ("来週中", "2026-12-04"), ("週明け", "2026-11-30"), ("月末", "2026-11-30"),
        ("今月末", "2026-11-30"), ("来月末", "2026-12-31"), ("来月5日", "2026-12-05"), ("翌月10日", "2026-12-10"),
        ("12月末", "2026-12-31"), ("年内", "2026-12-31"), ("3日後", "2026-11-30"), ("2週間後", "2026-12-11"),
        ("1か月後", "2026-12-27"), ("12/3", "2026-12-03"), ("12月3日", "2026-12-03"), ("1/15", "2027-01-15"),
        ("11/20", "2026-11-20"), ("2026/12/3", "2026-12-03"), ("令和8年12月3日", "2026-12-03"),
        ("令和元年5月1日", "2019-05-01"),
    ],
)  # fmt: skip
def test_days_as_people_write_them(text: str, day: str) -> None:
    assert [str(each.day) for each in days_in(f"資料を{text}までに送る", FRIDAY)] == [day]


@pytest.mark.parametrize(
    "text", ["13/40", "0月0日", "2026/2/30", "1/2/3/4", "12/345", "水道の件", "来月99日"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert [each.day for each in days_in(text, FRIDAY) if "来月" not in text] == []


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_named_weekday_is_within_the_next_seven_days(today: date) -> None:
    for at, name in enumerate("月火水木金土日"):
        (found,) = days_in(f"{name}曜", today)
        assert found.day.weekday() == at
        assert timedelta(0) < found.day - today <= timedelta(days=7)
        (next_week,) = days_in(f"来週の{name}曜", today)
        assert next_week.day.isocalendar()[:2] == (today + timedelta(weeks=1)).isocalendar()[:2]


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("350万円", 3_500_000), ("¥1,200,000", 1_200_000), ("3千円", 3_000), ("1億2,000万円", 120_000_000),
        ("64万8千円", 648_000),
        ("1.5億円", 150_000_000), ("980円", 980), ("120万", 1_200_000), ("2百万円", 2_000_000),
    ],
)  # fmt: skip
def test_amounts_in_yen(text: str, yen: int) -> None:
    assert [each.yen for each in amounts_in(f"予算は{text}まで")] == [yen]


def test_people_are_no_money_and_units_are_quantities() -> None:
    assert amounts_in("社員は1万人、来場は3万名") == []
    assert [(q.number, q.unit) for q in quantities_in("20ケースと1,200本、2.5kg")] == [
        (Decimal(20), "ケース"), (Decimal(1200), "本"), (Decimal("2.5"), "kg"),
    ]  # fmt: skip


def found(text: str, kind: str) -> list[Finding]:
    return [each for each in read(text, FRIDAY, WORDS).findings if each.kind == kind]


@pytest.mark.parametrize(
    ("line", "subject", "who", "day"),
    [
        ("ToDo: (田中) 見積を送る 金曜まで", "見積を送る", "t", date(2026, 12, 4)),
        ("TODO：（田中さん）見積を12/3までに送る", "見積を送る", "t", date(2026, 12, 3)),
        ("宿題: 田中 サンプルを届ける", "サンプルを届ける", "t", None),
        ("・[佐藤花子] カタログを送付 (月末)", "カタログを送付", "h", date(2026, 11, 30)),
        ("→ 在庫を確認", "在庫を確認", None, None),
        ("ToDo: (佐藤) 納期を聞く", "(佐藤) 納期を聞く", None, None),
        ("やること: （鈴木様）図面をいただく 週明け", "図面をいただく", "c", date(2026, 11, 30)),
    ],
)
def test_things_to_do(line: str, subject: str, who: str | None, day: date | None) -> None:
    """Of two called 佐藤 the family name alone means neither, and stays in the words."""
    (task,) = found(line, "task")
    assert (task.text, task.who.key if task.who else None, task.day) == (subject, who, day)


def test_the_next_meeting_needs_a_day() -> None:
    (plan,) = found("次回: 来週の水曜 14時半から 見積の説明", "plan")
    assert (plan.day, plan.clock, plan.text) == (date(2026, 12, 2), time(14, 30), "見積の説明")
    assert found("次回は未定", "plan") == []


def test_decisions_questions_voices_and_changes() -> None:
    changes = "電話番号が変わった → 03-1234-5678\n住所が変わった → 名古屋"
    text = f"決定: 20ケースで進める\n? 運賃\n要望: 箱を小さく\n{changes}"
    assert [each.text for each in found(text, "decision")] == ["20ケースで進める"]
    assert [each.text for each in found(text, "question")] == ["運賃"]
    assert [(each.text, each.topic) for each in found(text, "voice")] == [("箱を小さく", "wish")]
    assert [(each.field, each.text) for each in found(text, "change")] == [("account.phone", "03-1234-5678")]


def test_headings_part_the_text_and_every_finding_knows_its_own() -> None:
    told = read("【課題】箱が大きい\n■要望\n要望: 小箱\n# 次回\n次回: 12/10 見積", FRIDAY, WORDS)
    assert [(each.name, each.text) for each in told.sections] == [
        ("課題", "箱が大きい"), ("要望", "要望: 小箱"), ("次回", "次回: 12/10 見積"),
    ]  # fmt: skip
    assert [each.heading for each in told.findings] == ["要望", "次回"]


def test_the_same_line_twice_is_two_things_and_a_key_is_the_same_every_time() -> None:
    keys = [each.key for each in found("→ 電話する\n→ 電話する", "task")]
    assert len(set(keys)) == 2
    assert keys == [each.key for each in found("→ 電話する\n\n→ 電話する", "task")]


@given(st.text(max_size=400))
def test_no_text_breaks_it(text: str) -> None:
    read(text, FRIDAY, WORDS)


@pytest.mark.parametrize("piece", ["(", "【", "1,000", "来週", "12/", "さん", "変わった→", "１", "第1回 2月"])
def test_a_long_line_costs_no_more_than_its_length(piece: str) -> None:
    read((piece * 5_000)[:20_000], FRIDAY, WORDS)


TEXTS = st.lists(st.sampled_from(["決定", "課題", "箱", "次回", ""]), max_size=8).map("\n".join)


@given(TEXTS, TEXTS)
def test_what_only_one_changed_is_taken(before: str, after: str) -> None:
    expected = "\n".join(after.splitlines())
    assert together(before, after, before) == expected
    assert together(before, before, after) == expected


def test_two_who_write_in_different_places_lose_nothing() -> None:
    before = "【課題】\n箱\n【要望】\n小箱"
    assert together(before, "【課題】\n箱が大きい\n【要望】\n小箱", before + "\n明日まで") == (
        "【課題】\n箱が大きい\n【要望】\n小箱\n明日まで"
    )
    assert (
        together(before, before.replace("箱\n【", "大箱\n【"), before.replace("箱\n【", "中箱\n【")) is None
    )
