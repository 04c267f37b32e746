"""Milestones: laid out, moved along, reached, seen ahead by whoever prepares for them, and told of in time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.jobs.testing import work_off
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.milestones import ahead, plans, reminding
from daifuku.milestones.actions import finish, lay_out, reopen, save_plan
from daifuku.milestones.models import Milestone, MilestonePlan
from daifuku.records import actions, undoing
from daifuku.staff.models import Person, Role
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def one(cast: Cast, order: Any, **more: Any) -> Milestone:
    values = {"order": order, "name": "入荷・検品", "due_on": "2027-01-20", "roles": ["accountant"], **more}
    made: Milestone = actions.create("milestone", values, by=cast.aoyama)
    return made


def laid(cast: Cast, order: Any) -> Any:
    plan = plans.get("long_order")
    assert plan is not None
    return lay_out(order, plan, by=cast.aoyama, today=TODAY)


def person(role: str, word: str) -> Person:
    made: Person = Person.objects.create_user(f"{word}@example.jp", "x", family_name="経理", given_name=word)
    made.roles.add(Role.objects.get(key=role))
    return made


def test_a_milestone_is_of_the_customer_and_the_person_in_charge(cast: Cast, order: Any) -> None:
    made = one(cast, order)
    assert (made.account, made.owner) == (order.account, cast.aoyama)


def test_it_is_of_something(cast: Cast) -> None:
    with pytest.raises(Invalid, match="商談か受注を選んでください"):
        actions.create("milestone", {"name": "検収", "due_on": "2027-01-20"}, by=cast.aoyama)


def test_who_may_not_change_the_order_adds_nothing(cast: Cast, order: Any) -> None:
    with pytest.raises(Invalid, match="権限がありません"):
        actions.create("milestone", {"order": order, "name": "検収", "due_on": "2027-01-20"}, by=cast.senda)


def test_a_set_is_reckoned_from_the_days_of_the_order(cast: Cast, order: Any) -> None:
    laid(cast, order)
    found = dict(Milestone.plain.values_list("name", "due_on"))
    assert found["仕入先へ発注"] == date(2026, 11, 23)
    assert found["納品・据付"] == date(2027, 1, 31)
    assert found["入荷・検品"] == date(2027, 1, 24)
    with pytest.raises(Conflict):
        laid(cast, order)


def test_a_set_is_taken_back_as_one(cast: Cast, order: Any) -> None:
    event = laid(cast, order)
    undoing.undo(event, by=cast.aoyama)
    work_off()
    assert not Milestone.plain.filter(trashed_at__isnull=True).exists()


def test_they_move_along_with_the_day_of_delivery(cast: Cast, order: Any) -> None:
    laid(cast, order)
    fixed = Milestone.plain.get(name="検収")
    actions.edit(fixed, {"due_on": "2027-02-20"}, by=cast.aoyama)
    order.refresh_from_db()
    actions.edit(order, {"due_on": "2027-02-10"}, by=cast.aoyama)
    found = dict(Milestone.plain.values_list("name", "due_on"))
    assert found["納品・据付"] == date(2027, 2, 10)
    assert found["検収"] == date(2027, 2, 20)
    assert found["仕入先へ発注"] == date(2026, 11, 23)
    order.refresh_from_db()
    actions.edit(order, {"due_on": "2027-02-12"}, by=cast.aoyama)
    assert Milestone.plain.get(name="納品・据付").due_on == date(2027, 2, 12)


def test_reached_and_not_after_all(cast: Cast, order: Any) -> None:
    made = one(cast, order)
    done = finish(made, by=cast.aoyama, today=TODAY)
    assert done.done_on == TODAY
    assert reopen(done, by=cast.aoyama).done_on is None
    with pytest.raises((Forbidden, NotFound)):
        finish(made, by=cast.senda, today=TODAY)


def test_a_day_ahead_is_not_done(cast: Cast, order: Any) -> None:
    with pytest.raises(Invalid, match="先の日付は使えません"):
        one(cast, order, done_on="2099-01-01")


def test_whoever_should_know_sees_it_ahead(cast: Cast, order: Any) -> None:
    one(cast, order)
    accountant, purchaser = person("accountant", "a"), person("purchaser", "b")
    assert len(ahead.lines_of(viewer_of(accountant), TODAY)) == 1
    assert ahead.lines_of(viewer_of(purchaser), TODAY) == []
    assert len(ahead.lines_of(viewer_of(purchaser), TODAY, ahead.ALL)) == 1
    one(cast, order, name="検収", roles=[], members=[{"uid": str(purchaser.uid)}])
    purchaser = Person.objects.get(pk=purchaser.pk)
    assert [line.milestone.name for line in ahead.lines_of(viewer_of(purchaser), TODAY)] == ["検収"]


def test_what_is_private_stays_so(cast: Cast, order: Any) -> None:
    one(cast, order)
    actions.edit(order.account, {"privacy": "private"}, by=cast.aoyama)
    assert ahead.lines_of(viewer_of(cast.mori), TODAY, ahead.ALL) == []
    assert len(ahead.lines_of(viewer_of(cast.aoyama), TODAY, ahead.ALL)) == 1


def test_it_follows_its_order_to_another_deal(cast: Cast, order: Any, deal: Any) -> None:
    order = actions.edit(order, {"deal": deal}, by=cast.aoyama)
    made = one(cast, order)
    assert made.deal == deal
    other = actions.create("deal", {"name": "別の商談", "account": order.account}, by=cast.aoyama)
    order.refresh_from_db()
    actions.edit(order, {"deal": other}, by=cast.aoyama)
    made.refresh_from_db()
    assert made.deal == other
    finish(made, by=cast.aoyama, today=timezone.localdate())
    order.refresh_from_db()
    actions.edit(order, {"deal": None}, by=cast.aoyama)
    made.refresh_from_db()
    assert made.deal is None


@pytest.mark.django_db(transaction=True)
def test_a_reminder_names_no_customer_that_one_may_not_see(cast: Cast, order: Any) -> None:
    made = one(cast, order, roles=[], owner=cast.senda)
    actions.edit(order.account, {"privacy": "private"}, by=cast.aoyama)
    subscribing.deliver()
    reminding.remind(date(2027, 1, 21))
    subscribing.deliver()
    notice = Notice.objects.get(kind=reminding.PASSED, person=cast.senda)
    assert made.name in str(notice.values)
    assert "青葉商事" not in str(notice.values)


def test_weeks_begin_with_what_is_late(cast: Cast, order: Any) -> None:
    one(cast, order, name="遅れた", due_on="2026-11-24")
    one(cast, order, name="今週の", due_on="2026-11-27")
    one(cast, order, name="来週の", due_on="2026-11-30")
    one(cast, order, name="ずっと先", due_on="2027-06-01")
    weeks = ahead.weeks(ahead.lines_of(viewer_of(cast.aoyama), TODAY), TODAY)
    assert [(week.name, [line.milestone.name for line in week.lines]) for week in weeks] == [
        ("遅れ", ["遅れた"]), ("今週", ["今週の"]), ("来週", ["来週の"]), ("それより先", ["ずっと先"]),
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_reminders_go_out_once_before_and_once_after(cast: Cast, order: Any) -> None:
    subscribing.deliver()
    accountant = person("accountant", "a")
    one(cast, order, before=7)
    assert reminding.remind(date(2027, 1, 12)) == 0
    assert reminding.remind(date(2027, 1, 13)) == 1
    assert reminding.remind(date(2027, 1, 14)) == 0
    assert reminding.remind(date(2027, 1, 21)) == 1
    assert reminding.remind(date(2027, 1, 22)) == 0
    subscribing.deliver()
    kinds = Notice.objects.filter(kind__startswith="milestone.").values_list("kind", "person")
    assert {(reminding.COMING, accountant.pk), (reminding.PASSED, accountant.pk)} <= set(kinds)
    assert {(reminding.COMING, cast.aoyama.pk)} <= set(kinds)
    assert cast.senda.pk not in {person for _kind, person in kinds}


def test_the_page_of_an_order_and_the_weeks(cast: Cast, order: Any, login_as: Login) -> None:
    client = login_as(cast.aoyama)
    page = text(client.get(order.get_absolute_url()))
    assert "「設備・大型案件の受注」から作る" in page
    answer = client.post(f"/milestones/of/order/{order.uid}/", {"plan": "long_order"}, follow=True)
    assert "納品・据付" in text(answer)
    assert "入荷・検品" in text(client.get("/milestones/ahead/"))
    made = Milestone.plain.get(name="納品・据付")
    client.post(f"/milestones/{made.uid}/done/", {"back": "/milestones/ahead/"})
    made.refresh_from_db()
    assert made.done_on == timezone.localdate()
    client.post(f"/milestones/{made.uid}/done/", {"do": "reopen", "back": "//evil.example/"})
    assert Milestone.plain.get(pk=made.pk).done_on is None
    assert (
        login_as(cast.senda).post(f"/milestones/of/order/{order.uid}/", {"plan": "long_order"}).status_code
        == 403
    )


def test_a_set_is_a_setting(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.mizuno)
    sent = {
        "name": "受託開発", "of": "deal", "active": "on", "rows": "2", "s0-name": "要件定義", "s0-anchor": "close_on",
        "s0-days": "-30", "s0-before": "7", "s0-roles": "clerk", "s1-name": "",
    }  # fmt: skip
    assert client.post("/settings/milestones/new/", sent).status_code == 302
    row = MilestonePlan.objects.get(name="受託開発")
    assert row.steps == [
        {"name": "要件定義", "anchor": "close_on", "days": -30, "roles": ["clerk"], "before": 7}
    ]
    assert MilestonePlan.objects.count() == 3
    answer = client.post(f"/settings/milestones/{row.key}/", {**sent, "s0-days": "x", "version": "1"})
    assert answer.status_code == 422
    assert 'value="x"' in text(answer)
    assert client.post("/settings/milestones/new/", {**sent, "name": ""}).status_code == 422
    with pytest.raises(Forbidden):
        save_plan("x", {"name": "x", "of": "deal", "steps": []}, by=cast.aoyama)


def test_it_moves_along_also_with_somebody_who_may_not_change_milestones(cast: Cast, order: Any) -> None:
    laid(cast, order)
    made = Milestone.plain.filter(anchor="due_on").order_by("pk")[0]
    before = made.due_on
    role = Role.objects.get(key="rep")
    role.grants = {
        **role.grants,
        "milestone": {"view": "all", "create": "none", "edit": "none", "delete": "none"},
    }
    role.save()
    actions.edit(order, {"due_on": "2027-02-14"}, by=Person.objects.get(pk=cast.aoyama.pk))
    moved = Milestone.plain.get(pk=made.pk)
    assert (moved.due_on - before).days == 14
    assert moved.anchor == "due_on"
    line = Event.objects.filter(kind="milestone.edited", subjects__record_id=made.pk).latest("id")
    assert (line.actor, line.changes["due_on"][1]) == (cast.aoyama, moved.due_on.isoformat())
