"""All lines at once, list items below their headings, drafts about others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from daifuku.activities.models import Plan, Talk, Task
from daifuku.foundation.errors import NotFound
from daifuku.minutes.actions import accept_many, keep_draft, write
from daifuku.minutes.models import Draft
from daifuku.minutes.reading import read
from daifuku.records import actions
from daifuku.records.actions import erasing
from daifuku.voices.models import Voice

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TEXT = (
    "【要望】\n・小さい箱がほしい\n【ToDo】\n・見積を送る 金曜まで\n【次回】\n・来週の水曜 14:00 見積の説明\n"
)


@pytest.fixture
def talk(cast: Cast) -> Talk:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    return write({"account": firm, "method": "visit", "content": "other", "text": TEXT}, by=cast.aoyama)


def test_list_items_are_what_their_heading_says() -> None:
    found = read(f"{TEXT}在庫は足りるか？\n", date(2026, 11, 25)).findings
    assert [each.kind for each in found] == ["voice", "task", "plan", "question"]


def test_all_lines_become_records_once(cast: Cast, talk: Talk) -> None:
    assert len(accept_many(talk, by=cast.aoyama)) == 3
    assert accept_many(talk, by=cast.aoyama) == []
    assert [model.plain.count() for model in (Task, Plan, Voice)] == [1, 1, 1]


def test_one_line_that_is_gone_stops_all_of_them(cast: Cast, talk: Talk) -> None:
    task = next(each for each in read(TEXT, date(2026, 11, 25)).findings if each.kind == "task")
    with pytest.raises(NotFound):
        accept_many(talk, [task.key, "nothing"], by=cast.aoyama)
    assert not Task.plain.exists()


def test_erasing_somebody_throws_away_no_draft_about_others(cast: Cast, talk: Talk) -> None:
    person = actions.create("contact", {"family_name": "鈴木"}, by=cast.aoyama)
    keep_draft({"text": "別のお客様"}, by=cast.baba, talk=None)
    keep_draft({"text": "鈴木様の件", "contact": str(person.uid)}, by=cast.aoyama, talk=None)
    erasing.erase(person, by=cast.mizuno)
    assert [draft.values["text"] for draft in Draft.objects.all()] == ["別のお客様"]
