"""Old daily reports: one row for each person and day becomes a talk for each customer, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from daifuku.activities.models import Talk
from daifuku.foundation.calendar import wareki, wareki_short
from daifuku.foundation.errors import Conflict, Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.staff.actions import leave
from daifuku.transfers.actions.checking import check
from daifuku.transfers.actions.choosing import choose_columns
from daifuku.transfers.actions.uploading import upload
from daifuku.transfers.jobs import enqueue_import
from daifuku.transfers.models import Import, RejectedRow
from daifuku.transfers.reports.cutting import cleaned, cut
from daifuku.transfers.reports.splitting import assign, split_reports
from daifuku.transfers.tests.files import excel_file, text_file

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

REPORT = """今日は寒かった。
【青葉商事】納期は25日でよいとのこと。
次回は見積を持参する。
■緑商店（電話）
箱がつぶれていたとのこと。
10:00〜11:00 大空工業様
工場長と打ち合わせ。
【所感】
手応えのある一日だった。
■知らない商会
新規のご挨拶。"""
KNOWN = {"青葉商事", "緑商店", "大空工業"}


def test_blocks_begin_at_customers() -> None:
    blocks = cut(REPORT, KNOWN.__contains__)
    assert [(block.name, block.method) for block in blocks] == [
        ("", ""), ("青葉商事", ""), ("緑商店", "電話"), ("大空工業", ""), ("", ""), ("知らない商会", ""),
    ]  # fmt: skip
    assert blocks[1].text == "納期は25日でよいとのこと。\n次回は見積を持参する。"
    assert blocks[4].text == "手応えのある一日だった。"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("青葉商事様", "青葉商事"), ("青葉商事 御中", "青葉商事"), ("青葉商事（訪問）", "青葉商事"),
        ("訪問：青葉商事", "青葉商事"), ("青葉商事様へ電話", "青葉商事"), ("「青葉商事」", "青葉商事"),
    ],
)  # fmt: skip
def test_what_people_write_around_a_name(written: str, name: str) -> None:
    assert cleaned(written) == name


@given(st.text(max_size=300), st.sets(st.text(min_size=1, max_size=5), max_size=3))
def test_nothing_of_a_text_is_lost(text: str, known: set[str]) -> None:
    told = "".join(block.heading + block.text for block in cut(text, known.__contains__))
    assert {letter for letter in text if not letter.isspace()} <= set(told)


@pytest.fixture
def firms(cast: Cast) -> dict[str, Any]:
    names = ("青葉商事", "株式会社緑商店", "大空工業")
    return {name: actions.create("account", {"name": name}, by=cast.osaki) for name in names}


def reports(*rows: tuple[str, str, str]) -> Any:
    lines = ["日付,社員,日報", *(f'{day},{person},"{text}"' for day, person, text in rows)]
    return text_file("\n".join(lines), name="日報.csv")


def run(imported: Import, by: Person) -> Import:
    from daifuku.jobs.testing import work_off

    check(imported, by=by)
    enqueue_import(imported, by=by)
    work_off()
    imported.refresh_from_db()
    return imported


@pytest.mark.django_db(transaction=True)
def test_each_customer_gets_his_talk_and_the_rest_is_assigned(cast: Cast, firms: dict[str, Any]) -> None:
    by = cast.osaki
    imported = upload(reports(("令和6年6月3日", "青山 凛", REPORT)), by=by, object_key="talk")
    choose_columns(imported, imported.targets, by=by, constants={"method": "訪問", "content": "その他"})
    split_reports(imported, by=by)
    assert (imported.split["reports"], imported.split["talks"]) == (1, 3)
    assert {each["heading"] for each in imported.split["unmatched"]} == {
        "（見出しの前の文）", "【所感】", "■知らない商会",
    }  # fmt: skip
    with pytest.raises(Conflict):
        split_reports(imported, by=by)
    assign(imported, "【所感】", firms["青葉商事"], by=by)
    with pytest.raises(Invalid):
        assign(imported, "【所感】", firms["青葉商事"], by=by)
    run(imported, by)
    talks = [(str(talk.account), talk.method, talk.owner) for talk in Talk.plain.order_by("pk")]
    assert talks == [
        ("青葉商事", "visit", cast.aoyama), ("株式会社緑商店", "phone", cast.aoyama),
        ("大空工業", "visit", cast.aoyama), ("青葉商事", "visit", cast.aoyama),
    ]  # fmt: skip
    assert {timezone.localtime(talk.started_at).date() for talk in Talk.plain.all()} == {date(2024, 6, 3)}
    refused = [row.cells for row in RejectedRow.objects.filter(imported=imported)]
    assert [cells[2] for cells in refused] == ["今日は寒かった。", "新規のご挨拶。"], "shown, to be mended"
    assert refused[0][-1] == REPORT, "the report as it was"
    undoing.undo(Event.objects.get(kind="talk.imported"), by=by)
    assert not Talk.plain.filter(trashed_at__isnull=True).exists()


@pytest.mark.django_db
def test_a_value_for_all_rows_is_checked_and_fills_blanks(cast: Cast, firms: dict[str, Any]) -> None:
    text = "日付,社員,取引先,方法,日報\n2024/6/3,青山 凛,青葉商事,,あ\n2024/6/4,青山 凛,青葉商事,電話,い\n"
    imported = upload(text_file(text), by=cast.osaki, object_key="talk")
    with pytest.raises(Invalid) as refused:
        choose_columns(
            imported, imported.targets, by=cast.osaki, constants={"method": "のろし", "nothing": "x"}
        )
    assert {problem.field for problem in refused.value.problems} == {"constant-method", "constant-nothing"}
    choose_columns(
        imported, imported.targets, by=cast.osaki, constants={"method": "訪問", "content": "その他"}
    )
    check(imported, by=cast.osaki)
    assert imported.counts["new"] == 2
    values = [{label: new for label, _old, new in row["changes"]} for row in imported.differences]
    methods = [each["対応方法"] for each in values]
    assert methods == ["訪問", "電話"]


@pytest.mark.django_db
def test_only_open_imports_of_talks_are_split(cast: Cast) -> None:
    accounts = upload(text_file("会社名,備考\nあ,い\n"), by=cast.osaki, object_key="account")
    with pytest.raises(Conflict):
        split_reports(accounts, by=cast.osaki)
    without = upload(text_file("日付,社員\n2024/6/3,青山 凛\n"), by=cast.osaki, object_key="talk")
    with pytest.raises(Invalid, match="詳細"):
        split_reports(without, by=cast.osaki)


@pytest.mark.django_db
def test_by_the_pages(cast: Cast, firms: dict[str, Any], login_as: Login) -> None:
    client = login_as(cast.osaki)
    imported = upload(reports(("2024/6/3", "青山 凛", REPORT)), by=cast.osaki, object_key="talk")
    address = reverse("transfers:columns", args=[imported.uid])
    page = client.get(address).content.decode()
    assert 'name="constant-method"' in page
    data = {f"target-{n}": target for n, target in enumerate(imported.targets)}
    data |= {"mode": "create", "constant-method": "訪問", "split": "1"}
    answer = client.post(address, data)
    split = reverse("transfers:split", args=[imported.uid])
    assert answer["Location"] == split
    assert "知らない商会" in client.get(split).content.decode()
    wrong = client.post(split, {"heading": "■知らない商会", "account": "どこにもない社"})
    assert wrong.status_code == 422
    assert "どこにもない社" in wrong.content.decode()
    assert client.post(split, {"heading": "■知らない商会", "account": "青葉商事"}).status_code == 302
    assert "知らない商会" not in client.get(split).content.decode()
    assert login_as(cast.aoyama).get(split).status_code == 404


def dirty(people: list[str], names: list[str], count: int) -> list[dict[str, Any]]:
    """As ten years of Excel leave it: eras, blanks, who left long ago, names of before, marks of every kind."""
    random, rows = Random("日報"), []
    marks = ("1. {}", "【{}】", "■{}", "● {}様", "{}　御中", "◆{}（電話）", "{}様 訪問")
    for number in range(count):
        day = date(2015, 4, 1) + timedelta(days=number % 3000)
        ways = (
            day,
            f"{day:%Y/%m/%d}",
            wareki(day),
            wareki_short(day),
            f"{day.year}年{day.month}月{day.day}日",
        )
        written = random.choice(ways)
        text = ["朝礼のあと外出。"] if random.random() < 0.2 else []
        for name in random.sample(names, random.randrange(1, 4)):
            known = name in ("青葉商事", "(株)緑商店", "大空工業")
            text += [random.choice(marks if known else marks[1:]).format(name), "納期の話。", "次回は来月。"]
        if random.random() < 0.3:
            text += ["【所感】", "手応えあり。"]
        rows.append({"日付": written, "社員": random.choice(people), "日報": "\n".join(text)})
    return rows


@pytest.mark.django_db(transaction=True)
def test_two_thousand_rows_of_ten_years(cast: Cast, firms: dict[str, Any]) -> None:
    by = cast.osaki
    leave(cast.baba, on=timezone.localdate() - timedelta(days=30), by=cast.mizuno)
    names = ["青葉商事", "(株)緑商店", "大空工業", "旧社名物産", "（有）消えた商店"]
    people = ["青山 凛", "馬場　健", "大崎 涼", "昔の 社員"]
    rows = dirty(people, names, 2000)
    imported = upload(excel_file(rows, "日報.xlsx"), by=by, object_key="talk")
    choose_columns(imported, imported.targets, by=by, constants={"method": "訪問", "content": "その他"})
    split_reports(imported, by=by)
    assert imported.split["reports"] == 2000
    for each in list(imported.split["unmatched"]):
        if "旧社名物産" in each["heading"]:
            assign(imported, each["heading"], firms["青葉商事"], by=by)
    check(imported, by=by)
    assert imported.counts["new"] + imported.counts["rejected"] == imported.rows
    reasons = {reason for row in imported.differences for reason in row["reasons"]}
    assert any("昔の 社員" in reason for reason in reasons), "who was never entered is named"
    told = sum(row["日報"].count("納期の話。") for row in rows if row["社員"] != "昔の 社員")
    lost = sum(row["日報"].count("消えた商店") for row in rows if row["社員"] != "昔の 社員")
    assert imported.counts["new"] == told - lost
