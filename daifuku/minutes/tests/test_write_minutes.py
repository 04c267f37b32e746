"""Minutes are written once: they are the talk, and of their lines come tasks, the next plan, voices and new values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from daifuku.activities.models import Plan, Talk, Task
from daifuku.customers.models import Account
from daifuku.customers.sheet import sections_of
from daifuku.foundation.errors import Conflict, Forbidden, NotFound
from daifuku.ledger.models import Event
from daifuku.minutes.actions import (
    accept,
    apply_proposal,
    change_template,
    drop_draft,
    keep_draft,
    rewrite,
    write,
)
from daifuku.minutes.actions.drafting import draft_of, others_at, present
from daifuku.minutes.found import found_in
from daifuku.minutes.models import Draft, Minutes
from daifuku.minutes.statistics import applied, statistics_of
from daifuku.minutes.templates import offered
from daifuku.records import actions, undoing
from daifuku.records.actions import erasing
from daifuku.records.models import CustomField
from daifuku.staff.viewer import viewer_of
from daifuku.voices.models import Voice

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
HELD = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
TEXT = """【出席者】
鈴木部長
【課題】
箱が大きい
【要望】
要望: 小さい箱がほしい
【決定事項】
決定: 20ケースで進める
【次にすること】
ToDo: (馬場) 見積を送る 金曜まで
【次回】
次回: 来週の水曜 14:00 見積の説明
電話番号が変わった → 052-961-2571
"""


@pytest.fixture
def firm(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事", "phone": "03-1234-5678"}, by=cast.aoyama)


@pytest.fixture
def talk(cast: Cast, firm: Any) -> Talk:
    return write(values(firm), by=cast.aoyama)


def values(firm: Any, text: str = TEXT) -> dict[str, Any]:
    told = {"account": firm, "method": "visit", "content": "question", "subject": "初回のご訪問"}
    return {**told, "started_at": HELD, "text": text}


def key(talk: Talk, kind: str, by: Any) -> str:
    return next(chip.finding.key for chip in found_in(talk, viewer_of(by)).chips if chip.finding.kind == kind)


def test_they_are_the_talk_and_know_their_template(talk: Talk) -> None:
    assert Talk.plain.get().text == TEXT.strip()
    row = Minutes.objects.get()
    assert row.edition is not None
    assert str(row.edition.template) == "初回訪問"


def test_a_talk_that_came_in_another_way_is_minutes_too(cast: Cast, firm: Any) -> None:
    actions.create("talk", values(firm), by=cast.aoyama)
    actions.create("talk", values(firm, "電話で【急ぎ】と言われた。"), by=cast.aoyama)
    assert Minutes.objects.count() == 1


def test_a_line_becomes_a_task_of_whoever_is_named(cast: Cast, talk: Talk, firm: Any) -> None:
    accept(talk, key(talk, "task", cast.aoyama), by=cast.aoyama)
    task = Task.plain.get()
    assert (task.subject, task.owner, task.due_on, task.account) == (
        "見積を送る", cast.baba, date(2026, 11, 27), firm,
    )  # fmt: skip


def test_the_next_meeting_becomes_a_plan(cast: Cast, talk: Talk) -> None:
    accept(talk, key(talk, "plan", cast.aoyama), by=cast.aoyama)
    plan = Plan.plain.get()
    assert (plan.subject, timezone.localtime(plan.started_at).isoformat()[:16]) == (
        "見積の説明", "2026-12-02T14:00",
    )  # fmt: skip


def test_a_wish_becomes_a_voice_of_this_talk(cast: Cast, talk: Talk) -> None:
    accept(talk, key(talk, "voice", cast.aoyama), by=cast.aoyama)
    voice = Voice.plain.get()
    assert (voice.text, voice.topic, voice.talk) == ("小さい箱がほしい", "wish", talk)


def test_a_changed_field_is_changed(cast: Cast, talk: Talk) -> None:
    accept(talk, key(talk, "change", cast.aoyama), by=cast.aoyama)
    assert Account.plain.get().phone == "052-961-2571"


def test_accepted_once_is_once_also_after_the_line_was_edited(cast: Cast, talk: Talk) -> None:
    wanted = key(talk, "task", cast.aoyama)
    for _time in range(2):
        accept(talk, wanted, by=cast.aoyama)
    assert Task.plain.count() == 1
    edited = rewrite(talk, {"text": TEXT.replace("見積を送る", "見積書を送る")}, by=cast.aoyama)
    (chip,) = [c for c in found_in(edited, viewer_of(cast.aoyama)).chips if c.finding.kind == "task"]
    assert chip.made == Task.plain.get()
    assert chip.changed


def test_one_undo_opens_the_line_again(cast: Cast, talk: Talk) -> None:
    wanted = key(talk, "task", cast.aoyama)
    accept(talk, wanted, by=cast.aoyama)
    undoing.undo(Event.objects.get(kind="minutes.accepted"), by=cast.aoyama)
    assert Task.plain.get().trashed_at is not None
    accept(talk, wanted, by=cast.aoyama)
    assert Task.plain.filter(trashed_at__isnull=True).count() == 1


def test_all_that_was_chosen_comes_with_the_save_or_nothing(cast: Cast, firm: Any) -> None:
    with pytest.raises(NotFound):
        write(values(firm), by=cast.aoyama, accepted=["no such line"])
    assert not Talk.plain.exists()


def test_who_may_not_change_the_talk_accepts_nothing(cast: Cast, talk: Talk) -> None:
    for person in (cast.senda, cast.eguchi):
        with pytest.raises((Forbidden, NotFound)):
            accept(talk, key(talk, "task", cast.aoyama), by=person)


def test_a_private_customers_people_are_known_to_nobody_else(cast: Cast) -> None:
    hidden = actions.create("account", {"name": "千田の客", "privacy": "private"}, by=cast.senda)
    actions.create("contact", {"family_name": "黒田", "account": hidden}, by=cast.senda)
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    talk = write(values(firm, "【要望】\n【次にすること】\nToDo: (黒田) 図面を送る"), by=cast.aoyama)
    (chip,) = found_in(talk, viewer_of(cast.aoyama)).chips
    assert chip.finding.who is None


def test_a_draft_is_kept_for_its_writer_until_it_is_saved(cast: Cast, talk: Talk) -> None:
    keep_draft({"text": "書きかけ"}, by=cast.aoyama, talk=None)
    keep_draft({"text": "書きかけ。続き"}, by=cast.aoyama, talk=None)
    kept = draft_of(cast.aoyama, None)
    assert kept is not None
    assert (kept.values, draft_of(cast.baba, None)) == ({"text": "書きかけ。続き"}, None)
    keep_draft({"text": "直しかけ"}, by=cast.aoyama, talk=talk)
    rewrite(talk, {"text": TEXT + "\n追記"}, by=cast.aoyama)
    assert list(Draft.objects.values_list("talk", flat=True)) == [None]
    drop_draft(by=cast.aoyama, talk=None)
    assert not Draft.objects.exists()


def test_two_who_write_see_each_other(cast: Cast, talk: Talk) -> None:
    present(talk, by=cast.aoyama)
    present(talk, by=cast.baba)
    assert others_at(talk, cast.aoyama) == [cast.baba]


def test_erasing_the_person_takes_the_lines_along(cast: Cast, firm: Any) -> None:
    sato = actions.create("contact", {"family_name": "佐藤", "account": firm}, by=cast.aoyama)
    talk = write({**values(firm), "contact": sato}, by=cast.aoyama)
    accept(talk, key(talk, "decision", cast.aoyama), by=cast.aoyama)
    erasing.erase(sato, by=cast.mizuno)
    assert Minutes.objects.get().accepted == []
    assert "箱が大きい" not in Talk.plain.get().text


def test_what_people_write_proposes_the_next_edition(cast: Cast, firm: Any) -> None:
    text = "【出席者】\n鈴木\n【課題】\n箱\n【予算と時期】\n【試食】\nおいしい\n"
    for days in range(6):
        sent = {**values(firm, text), "started_at": HELD - timedelta(days=days)}
        write(sent, by=cast.aoyama)
    template = next(each for each in offered() if each.name == "初回訪問")
    found = statistics_of(template.edition)
    assert (found.number, {use.name: use.percent for use in found.uses}["課題"]) == (6, 100)
    proposed = {(each.kind, each.name) for each in found.proposals}
    assert {("drop", "予算と時期"), ("take_in", "試食"), ("field", "課題")} <= proposed
    taken = next(each for each in found.proposals if each.kind == "take_in")
    change_template(template, {"headings": applied(template.edition, taken)}, by=cast.mizuno)
    assert (template.edition.number, template.edition.names[-1]) == (2, "試食")
    undoing.undo(Event.objects.get(kind="minutes.template_changed"), by=cast.mizuno)
    assert (template.edition.number, "試食" in template.edition.names) == (3, False)


@pytest.fixture
def made_a_field(cast: Cast, firm: Any) -> Any:
    """課題 was answered in a word or two, each time."""
    for days in range(6):
        text = "【出席者】\n鈴木部長と佐藤課長、倉庫の方が2人\n【課題】\n箱\n【予算と時期】\n"
        write({**values(firm, text), "started_at": HELD - timedelta(days=days)}, by=cast.aoyama)
    template = next(each for each in offered() if each.name == "初回訪問")
    apply_proposal(template, "field", "課題", by=cast.mizuno)
    return template


def test_undoing_a_field_takes_it_back(cast: Cast, made_a_field: Any) -> None:
    field = CustomField.objects.get(label="課題")
    assert "課題" not in made_a_field.edition.names
    undoing.undo(Event.objects.get(kind="minutes.template_changed"), by=cast.mizuno)
    field.refresh_from_db()
    assert (field.retired_at is not None, "課題" in made_a_field.edition.names) == (True, True)


def test_one_that_was_filled_in_stays_and_says_so(cast: Cast, made_a_field: Any) -> None:
    field = CustomField.objects.get(label="課題")
    actions.edit(Talk.plain.first(), {field.key: "箱が大きい"}, by=cast.aoyama)
    with pytest.raises(Conflict, match="1件の取引履歴に入力されている"):
        undoing.undo(Event.objects.get(kind="minutes.template_changed"), by=cast.mizuno)
    field.refresh_from_db()
    assert (field.retired_at, "課題" in made_a_field.edition.names) == (None, False)


def test_decisions_stand_on_the_customers_sheet(cast: Cast, talk: Talk, firm: Any) -> None:
    told = {section.key: section for section in sections_of(firm, viewer_of(cast.baba), HELD.date())}
    assert [item.label for item in told["decided"].items] == ["20ケースで進める"]


def test_only_who_may_change_settings_changes_templates(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        change_template(offered()[0], {"name": "別名"}, by=cast.aoyama)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{TEXT}【前回からの動き】\n移転\n", "定例訪問"),
        ("【議題】\nご挨拶\n【決定事項】\n20ケースで進める", "ご挨拶"),
        ("【課題】\n箱が大きい", "箱が大きい"),
    ],
)
def test_they_are_called_by_their_template_or_by_their_first_words(
    cast: Cast, firm: Any, text: str, name: str
) -> None:
    values = {"account": firm, "method": "visit", "content": "other", "text": text}
    assert write(values, by=cast.aoyama).subject == name
    assert write({**values, "subject": "移転の件"}, by=cast.aoyama).subject == "移転の件"


def test_a_draft_keeps_what_its_page_began_with(cast: Cast, talk: Talk, login_as: Any) -> None:
    client, address = login_as(cast.aoyama), f"{talk.get_absolute_url()}minutes/"
    opened = client.get(address).context["opened"]
    client.post(f"{address}read/", {"text": "【課題】\n箱が重い", "opened": opened})
    rewrite(talk, {"text": f"{TEXT}追記\n"}, by=cast.mizuno)
    page = client.get(address)
    assert page.context["opened"] == opened
    assert "箱が重い" in page.content.decode()
