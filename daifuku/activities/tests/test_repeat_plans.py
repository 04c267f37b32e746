"""A plan that comes again: made ahead, changed alone or with all that follow, called off from one on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from daifuku.activities.actions import cancel, finish, move
from daifuku.activities.actions.making_ahead import make_all, wanted
from daifuku.activities.actions.series import cancel_following, change_following, repeat_plan
from daifuku.activities.models import Plan, Series
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.records import actions, undoing

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
DAILY, WEEKLY = {"unit": "day"}, {"unit": "week"}


def first_day() -> date:
    return timezone.localdate() + timedelta(days=1)


def at(days: int, hour: int = 10) -> datetime:
    return datetime.combine(first_day() + timedelta(days=days), time(hour), TOKYO)


@pytest.fixture
def plan(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    values = {"account": firm, "method": "visit", "subject": "定例", "place": "本社", "started_at": at(0)}
    return actions.create("plan", {**values, "ended_at": at(0, 11)}, by=cast.aoyama)


def standing() -> list[Any]:
    return list(Plan.plain.filter(trashed_at__isnull=True, state="planned").order_by("started_at"))


def last(kind: str) -> Event:
    return Event.objects.filter(kind=kind).latest("pk")


def test_sixty_days_are_made_at_once(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    found = standing()
    assert [each.started_at for each in found] == [at(7 * number) for number in range(9)]
    told = {(each.subject, each.place, each.account, each.owner) for each in found}
    assert told == {("定例", "本社", plan.account, cast.aoyama)}
    assert {each.ended_at - each.started_at for each in found} == {timedelta(hours=1)}


def test_the_nightly_job_makes_what_came_into_reach_once(
    cast: Cast, plan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    assert not wanted()
    assert make_all() == 0
    later = timezone.localdate() + timedelta(days=14)
    monkeypatch.setattr(timezone, "localdate", lambda *_: later)
    assert wanted()
    assert make_all() == 2
    assert make_all() == 0
    assert len(standing()) == 11
    assert last("plan.created").via == "job"
    assert last("plan.created").cause == last("plan.repeated")


def test_the_customers_page_tells_the_next_one_alone(cast: Cast, plan: Any, login_as: Login) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    page = login_as(cast.aoyama).get(f"/accounts/{plan.account.uid}/").content.decode()
    assert page.count(f">{plan.subject}</a>") == 1
    assert "すべての予定" in page


def test_a_series_whose_customer_is_gone_ends_and_stops_no_other(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    series = Series.objects.get()
    Series.objects.update(made_until=first_day(), pattern={**series.pattern, "account": 987_654})
    assert make_all() == 0
    assert Series.objects.get().ended_at is not None


def test_it_ends_after_so_many_or_on_its_day(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, {**WEEKLY, "count": "2"}, by=cast.aoyama)
    assert len(standing()) == 3
    other = actions.create(
        "plan", {"account": plan.account, "subject": "別", "started_at": at(0, 15)}, by=cast.aoyama
    )
    repeat_plan(other, {**WEEKLY, "until": (first_day() + timedelta(days=8)).isoformat()}, by=cast.aoyama)
    assert Plan.plain.filter(subject="別").count() == 2


def test_one_undo_takes_all_of_them_back(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    touched = standing()[3]
    actions.edit(touched, {"text": "資料を持参"}, by=cast.aoyama)
    undoing.undo(last("plan.repeated"), by=cast.aoyama)
    assert [each.pk for each in standing()] == [plan.pk, touched.pk]
    assert Plan.plain.get(pk=plan.pk).series is None
    repeat_plan(Plan.plain.get(pk=plan.pk), WEEKLY, by=cast.aoyama)


def test_also_after_the_first_one_was_carried_out(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    finish(plan, {"content": "order", "text": "済み", "started_at": timezone.now()}, by=cast.aoyama)
    undoing.undo(last("plan.repeated"), by=cast.aoyama)
    assert standing() == []
    assert Plan.plain.get(pk=plan.pk).state == "done"


@pytest.mark.django_db(transaction=True)
def test_whose_plans_they_become_is_told_once(cast: Cast, plan: Any) -> None:
    plan = actions.edit(plan, {"owner": cast.baba}, by=cast.aoyama)
    subscribing.deliver()
    before = Notice.objects.filter(person=cast.baba).count()
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    subscribing.deliver()
    assert Notice.objects.filter(person=cast.baba).count() == before + 1


def test_a_single_one_is_moved_changed_or_called_off_alone(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    found = standing()
    move(found[1], at(8), by=cast.aoyama)
    cancel(found[2], "先方の都合", by=cast.aoyama)
    actions.edit(found[3], {"place": "工場"}, by=cast.aoyama)
    actions.trash(found[4], by=cast.aoyama)
    make_all()
    assert [each.started_at for each in standing()] == [at(days) for days in (0, 8, 21, 35, 42, 49, 56)]
    assert [each.place for each in standing()][:3] == ["本社", "本社", "工場"]


def test_this_one_and_all_after_it_are_changed(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    found = standing()
    change_following(found[2], {"started_at": at(14, 13), "place": "工場"}, by=cast.aoyama)
    hours = [timezone.localtime(each.started_at).hour for each in standing()]
    assert hours == [10, 10, 13, 13, 13, 13, 13, 13, 13]
    assert {each.ended_at - each.started_at for each in standing()} == {timedelta(hours=1)}
    assert [each.place for each in standing()][1:3] == ["本社", "工場"]
    assert (Series.objects.get().pattern["clock"], Series.objects.get().pattern["place"]) == ("13:00", "工場")
    undoing.undo(last("plan.series_changed"), by=cast.aoyama)
    assert {timezone.localtime(each.started_at).hour for each in standing()} == {10}
    assert Series.objects.get().pattern["place"] == "本社"


def test_what_was_moved_alone_keeps_its_day_when_all_are_changed(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    move(standing()[1], at(9), by=cast.aoyama)
    change_following(plan, {"subject": "月例"}, by=cast.aoyama)
    assert standing()[1].started_at == at(9)
    assert {each.subject for each in standing()} == {"月例"}


def test_a_field_that_belongs_to_one_is_refused_and_nothing_new_changes_nothing(
    cast: Cast, plan: Any
) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    with pytest.raises(Invalid) as refused:
        change_following(plan, {"account": None}, by=cast.aoyama)
    assert refused.value.problems[0].field == "account"
    change_following(plan, {"subject": "定例"}, by=cast.aoyama)
    assert not Event.objects.filter(kind="plan.series_changed").exists()


def test_this_one_and_all_after_it_are_called_off(cast: Cast, plan: Any) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    cancel_following(standing()[3], "契約の終わり", by=cast.aoyama)
    assert [each.started_at for each in standing()] == [at(0), at(7), at(14)]
    assert {each.reason for each in Plan.plain.filter(state="cancelled")} == {"契約の終わり"}
    assert Series.objects.get().ended_at is not None
    undoing.undo(last("plan.series_ended"), by=cast.aoyama)
    assert len(standing()) == 9
    assert Series.objects.get().ended_at is None


def test_it_ends_when_its_person_leaves_or_its_customer_goes(
    cast: Cast, plan: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    type(cast.aoyama).objects.filter(pk=cast.aoyama.pk).update(is_active=False)
    later = timezone.localdate() + timedelta(days=14)
    monkeypatch.setattr(timezone, "localdate", lambda *_: later)
    assert make_all() == 0
    assert Series.objects.get().ended_at is not None


def test_what_is_past_is_not_planned_any_more(cast: Cast, plan: Any) -> None:
    old = actions.create(
        "plan", {"account": plan.account, "subject": "前の", "started_at": at(-11)}, by=cast.aoyama
    )
    repeat_plan(old, DAILY, by=cast.aoyama)
    made = Plan.plain.filter(series__isnull=False).exclude(pk=old.pk).order_by("started_at")
    assert made[0].started_at == at(-1)


def test_it_comes_again_once(cast: Cast, plan: Any) -> None:
    plan = repeat_plan(plan, WEEKLY, by=cast.aoyama)
    with pytest.raises(Conflict):
        repeat_plan(plan, DAILY, by=cast.aoyama)


def test_what_stands_alone_has_none_that_follow(cast: Cast, plan: Any) -> None:
    for act in (
        lambda: cancel_following(plan, "x", by=cast.aoyama),
        lambda: change_following(plan, {"place": "x"}, by=cast.aoyama),
    ):
        with pytest.raises(Conflict):
            act()


def test_another_team_does_none_of_it(cast: Cast, plan: Any) -> None:
    with pytest.raises(Forbidden):
        repeat_plan(plan, WEEKLY, by=cast.senda)
    repeat_plan(plan, WEEKLY, by=cast.aoyama)
    with pytest.raises(Forbidden):
        cancel_following(plan, "x", by=cast.senda)
    with pytest.raises(Forbidden):
        change_following(plan, {"place": "x"}, by=cast.senda)


def test_the_pages_do_the_same(cast: Cast, login_as: Any, plan: Any) -> None:
    client, page = login_as(cast.aoyama), plan.get_absolute_url()
    assert f"{page}repeat/" in client.get(page).content.decode()
    assert client.post(f"{page}repeat/", {"unit": "week", "every": "x"}).status_code == 422
    assert client.post(f"{page}repeat/", {"unit": "week", "every": "1"})["Location"] == page
    assert "毎週" in client.get(page).content.decode()
    form = client.get(f"{page}change-following/").context["form"]
    sent = {name: form.initial.get(name) or "" for name in form.fields} | {"place": "工場"}
    sent |= {"owner": str(cast.aoyama.uid)}
    assert client.post(f"{page}change-following/", sent)["Location"] == page
    assert {each.place for each in standing()} == {"工場"}
    refused = client.post(f"{page}change-following/", sent | {"started_at": "2099-01-01T10:00"})
    assert refused.status_code == 422
    assert "同じ週の中のほかの曜日" in refused.content.decode()
    assert client.post(f"{page}cancel-following/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}cancel-following/", {"reason": "契約の終わり"})["Location"] == page
    assert standing() == []
