"""The day is closed with one press; what was said before stays, and the duty of the report is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from daifuku.daily import owing
from daifuku.daily.actions import close_day, keep_draft, read, reopen
from daifuku.daily.models import Draft, Reading, Report
from daifuku.daily.models.report import duty_key
from daifuku.daily.panels import before
from daifuku.duties.models import Duty, Policy
from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from datetime import date

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


def last(kind: str) -> Event:
    return Event.objects.filter(kind=kind).order_by("-pk")[0]


def test_one_press_closes_the_day_with_what_was_typed(cast: Cast, login_as: Login, today: date) -> None:
    client = login_as(cast.aoyama)
    kept = client.post(
        reverse("daily:draft"), {"day": today, "remark": "手応えあり", "consult": "", "version": "0"}
    )
    assert kept.json() == {"version": 1}
    assert "手応えあり" in client.get("/daily/").content.decode()
    answer = client.post("/daily/", {"day": today, "remark": "手応えあり", "consult": "値引きを相談したい"})
    assert answer.status_code == 302
    report = Report.plain.get()
    assert (report.owner, report.day, report.state, report.remark) == (
        cast.aoyama,
        today,
        "closed",
        "手応えあり",
    )
    assert not Draft.objects.exists()
    page = client.get(answer["Location"]).content.decode()
    assert "値引きを相談したい" in page
    assert "おつかれさまでした" in page


def test_closing_twice_writes_once(cast: Cast, today: date) -> None:
    first = close_day(today, {"remark": "あ"}, by=cast.aoyama)
    assert close_day(today, {"remark": "あ"}, by=cast.aoyama).version == first.version
    assert Event.objects.filter(kind="daily_report.closed").count() == 1


def test_the_draft_is_what_is_said_where_nothing_else_is(cast: Cast, today: date) -> None:
    keep_draft(today, {"remark": "下書き"}, by=cast.aoyama)
    assert close_day(today, by=cast.aoyama).remark == "下書き"


def test_two_screens_do_not_overwrite_each_other(cast: Cast, today: date) -> None:
    keep_draft(today, {"remark": "こちら"}, by=cast.aoyama, version=0)
    with pytest.raises(Stale):
        keep_draft(today, {"remark": "あちら"}, by=cast.aoyama, version=0)
    assert Draft.objects.get().remark == "こちら"


def test_what_is_to_come_is_not_closed_and_readers_close_nothing(
    cast: Cast, today: date, login_as: Login
) -> None:
    with pytest.raises(Invalid):
        close_day(today + timedelta(days=1), {}, by=cast.aoyama)
    with pytest.raises(Forbidden):
        close_day(today, {}, by=cast.eguchi)
    assert login_as(cast.eguchi).get("/daily/").status_code == 404
    with pytest.raises(Invalid, match="締めて"):
        actions.create("daily_report", {"remark": "作る"}, by=cast.aoyama)


def test_too_long_a_text_is_refused_and_stays_typed(cast: Cast, login_as: Login, today: date) -> None:
    answer = login_as(cast.aoyama).post(
        "/daily/", {"day": today, "remark": "あ" * 200_001, "consult": "残る"}
    )
    assert answer.status_code == 422
    assert "残る" in answer.content.decode()


def test_undo_opens_the_day_again(cast: Cast, today: date) -> None:
    close_day(today, {"remark": "あ"}, by=cast.aoyama)
    undoing.undo(last("daily_report.closed"), by=cast.aoyama)
    assert Report.plain.get().state == "reopened"


def test_a_correction_keeps_both_and_shows_to_who_had_read(cast: Cast, today: date) -> None:
    report = read(close_day(today, {"remark": "初めの文"}, by=cast.aoyama), by=cast.osaki)
    reopen(report, by=cast.aoyama)
    assert Report.plain.get().remark == "初めの文", "readable until it is closed again"
    report = close_day(today, {"remark": "直した文"}, by=cast.aoyama)
    shown = before(report, viewer_of(cast.osaki))
    assert shown is not None
    assert [text for version in shown["versions"] for _name, text in version.texts] == ["初めの文"]
    assert Reading.objects.get().version != report.version
    undoing.undo(last("daily_report.closed"), by=cast.aoyama)
    assert Report.plain.get().remark == "初めの文"


def test_only_the_writer_takes_it_back(cast: Cast, today: date) -> None:
    report = close_day(today, {}, by=cast.aoyama)
    with pytest.raises(Forbidden):
        reopen(report, by=cast.osaki)
    with pytest.raises(Invalid, match="本人だけ"):
        actions.edit(report, {"remark": "上司が直す"}, by=cast.osaki)
    reopened = reopen(report, by=cast.aoyama)
    with pytest.raises(Conflict):
        reopen(reopened, by=cast.aoyama)
    undoing.undo(last("daily_report.reopened"), by=cast.aoyama)
    assert Report.plain.get().state == "closed"


def test_another_team_does_not_read_it(cast: Cast, today: date, login_as: Login) -> None:
    report = close_day(today, {"remark": "内々に"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        read(report, by=cast.senda)
    assert login_as(cast.senda).get(report.get_absolute_url()).status_code == 404
    for person in (cast.baba, cast.osaki, cast.mori):
        assert "内々に" in login_as(person).get(report.get_absolute_url()).content.decode()


def test_the_report_of_a_working_day_is_owed_until_it_is_closed(cast: Cast, today: date) -> None:
    Policy.objects.create(begins_on=today - timedelta(days=30))
    type(cast.aoyama).objects.update(joined_at="2020-01-01T00:00:00Z")
    owing.owe_all()
    duty = Duty.objects.filter(kind="daily_report", owner=cast.aoyama).order_by("due_on").last()
    assert duty is not None
    day = duty.due_on
    close_day(day, {}, by=cast.aoyama)
    duty.refresh_from_db()
    assert duty.done_at is not None
    assert Duty.objects.filter(kind="daily_report", owner=cast.mori).count() == 0, "the president owes none"
    report = Report.plain.get()
    reopen(report, by=cast.aoyama)
    assert Duty.objects.get(pk=duty.pk).done_at is None
    assert duty.key == duty_key(cast.aoyama.pk, day)


def test_whoever_is_off_owes_no_report(cast: Cast, today: date) -> None:
    Policy.objects.create(begins_on=today - timedelta(days=30))
    type(cast.aoyama).objects.update(joined_at="2020-01-01T00:00:00Z")
    cast.baba.absent_from = cast.baba.absent_until = None
    cast.aoyama.absent_from, cast.aoyama.absent_until = today - timedelta(days=9), today + timedelta(days=9)
    cast.aoyama.save()
    owing.owe_all()
    assert not Duty.objects.filter(kind="daily_report", owner=cast.aoyama).exists()
    assert Duty.objects.filter(kind="daily_report", owner=cast.baba).exists()


def test_a_report_in_the_trash_was_not_handed_in(cast: Cast, today: date) -> None:
    report: Any = close_day(today, {}, by=cast.aoyama)
    actions.trash(report, by=cast.aoyama)
    owing.follow_trash(last("daily_report.trashed"))
    again = close_day(today, {"remark": "もう一度"}, by=cast.aoyama)
    assert again.pk != report.pk
