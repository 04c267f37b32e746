"""One person's customers go to others, with all that hangs on them; each is received, and all of it is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.actions.series import repeat_plan
from daifuku.activities.models import Plan, Series, Task
from daifuku.customers.models import Account, Lead
from daifuku.distribution.actions import add_rule, keep_taker
from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.handover.actions import (
    acknowledge,
    arrange,
    cancel,
    give_back,
    go_on,
    take_back,
    write_note,
)
from daifuku.handover.actions.carrying_out import begin_due
from daifuku.handover.actions.taking_back import return_due
from daifuku.handover.models import Handover, Item
from daifuku.handover.models.handover import State
from daifuku.handover.preview import preview
from daifuku.handover.progress import job_of
from daifuku.jobs import queue
from daifuku.jobs.testing import work_off
from daifuku.ledger.channel import through
from daifuku.messages.models import Notice
from daifuku.records import actions
from daifuku.records.actions.members import put_member
from daifuku.records.actions.views import create_view
from daifuku.rules.actions import create_rule
from daifuku.staff.actions.teams import put_into_team

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def book(cast: Cast) -> dict[str, Any]:
    """青山's customers: two firms and a lead, a task, a plan that comes again; and a talk that stays hers."""
    firms = [
        actions.create("account", {"name": name, "prefecture": where}, by=cast.aoyama)
        for name, where in (("青葉商事", "愛知県"), ("若葉産業", "東京都"))
    ]
    lead = actions.create("lead", {"company": "新規商店", "family_name": "新田"}, by=cast.aoyama)
    start = timezone.now() + timedelta(days=1)
    task = actions.create("task", {"account": firms[0], "subject": "見積を送る"}, by=cast.aoyama)
    plan = actions.create(
        "plan", {"account": firms[1], "method": "visit", "started_at": start}, by=cast.aoyama
    )
    repeat_plan(plan, {"unit": "week"}, by=cast.aoyama)
    told = {"account": firms[0], "method": "phone", "content": "other", "text": "話した"}
    talk = actions.create("talk", told, by=cast.aoyama)
    return {"firms": firms, "lead": lead, "task": task, "plan": plan, "talk": talk}


def given(cast: Cast, *to: Person, **more: Any) -> dict[str, Any]:
    successors = [{"person": each, "condition": None} for each in to or (cast.baba,)]
    return {"giver": cast.aoyama, "successors": successors, "reason": "異動", **more}


def handed(cast: Cast, *to: Person, **more: Any) -> Handover:
    made = arrange(given(cast, *to, **more), by=cast.osaki, today=timezone.localdate())
    work_off()
    return Handover.objects.get(pk=made.pk)


def owners() -> set[str]:
    rows = [*Account.plain.all(), *Lead.plain.all(), *Task.plain.all(), *Plan.plain.all()]
    return {str(row.owner) for row in rows}


def test_everything_goes_along_and_what_was_said_stays(cast: Cast, book: dict[str, Any]) -> None:
    handover = handed(cast)
    assert (handover.state, owners()) == (State.DONE, {"馬場 健"})
    assert Series.objects.get().pattern["owner"] == cast.baba.pk
    book["talk"].refresh_from_db()
    assert book["talk"].owner == cast.aoyama
    assert Notice.objects.filter(person=cast.baba, kind="handover.received").count() == 1


def test_two_share_them_evenly_with_what_belongs_to_each(cast: Cast, book: dict[str, Any]) -> None:
    handed(cast, cast.baba, cast.osaki)
    firms = {firm.pk: firm.owner_id for firm in Account.plain.all()}
    assert set(firms.values()) == {cast.baba.pk, cast.osaki.pk}
    task, plan = Task.plain.get(), Plan.plain.first()
    assert plan is not None
    assert task.owner_id == firms[task.account_id or 0]
    assert plan.owner_id == firms[plan.account_id or 0]


def test_by_condition_each_gets_his_own(cast: Cast, book: dict[str, Any]) -> None:
    greens = {"all": [{"field": "name", "op": "contains", "value": "青葉"}]}
    successors = [{"person": cast.baba, "condition": greens}, {"person": cast.osaki, "condition": None}]
    handed(cast, successors=successors)
    assert {str(firm): str(firm.owner) for firm in Account.plain.all()} == {
        "青葉商事": "馬場 健", "若葉産業": "大崎 涼",
    }  # fmt: skip


def test_one_press_takes_all_of_it_back_but_what_changed_since(cast: Cast, book: dict[str, Any]) -> None:
    handover = handed(cast)
    actions.edit(book["lead"], {"owner": cast.senda}, by=cast.mori)
    take_back(handover, by=cast.osaki)
    work_off()
    handover.refresh_from_db()
    assert handover.state == State.UNDONE
    assert {str(firm.owner) for firm in Account.plain.all()} == {"青山 凛"}
    assert str(Lead.plain.get().owner) == "千田 葵"
    assert len(handover.result["kept"]) == 1
    with pytest.raises(Conflict):
        take_back(handover, by=cast.osaki)


def test_on_a_later_day_it_begins_by_itself(cast: Cast, book: dict[str, Any]) -> None:
    handover = handed(cast, starts_on=timezone.localdate() + timedelta(days=3))
    assert (handover.state, owners()) == (State.PLANNED, {"青山 凛"})
    Handover.objects.update(starts_on=timezone.localdate())
    begin_due()
    work_off()
    assert owners() == {"馬場 健"}


def test_a_temporary_one_returns_by_itself_and_new_customers_stay(cast: Cast, book: dict[str, Any]) -> None:
    handover = handed(cast, returns_on=timezone.localdate() + timedelta(days=5))
    new = actions.create("account", {"name": "留守中の客"}, by=cast.baba)
    Handover.objects.update(returns_on=timezone.localdate())
    return_due()
    work_off()
    handover.refresh_from_db()
    new.refresh_from_db()
    assert (handover.state, new.owner) == (State.RETURNED, cast.baba)
    assert {str(firm.owner) for firm in Account.plain.exclude(pk=new.pk)} == {"青山 凛"}
    with pytest.raises(Conflict):
        give_back(handover, by=cast.osaki)


def test_the_successor_receives_customer_by_customer(cast: Cast, book: dict[str, Any]) -> None:
    handed(cast)
    item = Item.objects.filter(object="account").first()
    assert item is not None
    write_note(item, "月末は電話に出られない", by=cast.aoyama)
    for person in (cast.aoyama, cast.osaki):
        with pytest.raises(Forbidden):
            acknowledge(item, by=person)
    acknowledge(item, by=cast.baba)
    item.refresh_from_db()
    assert (item.note, item.acknowledged_at is not None) == ("月末は電話に出られない", True)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"successors": []}, "successors"),
        ({"starts_on": timezone.localdate() - timedelta(days=1)}, "starts_on"),
        ({"returns_on": timezone.localdate()}, "returns_on"),
        ({"kinds": ["voice"]}, "successors"),
    ],
)
def test_what_cannot_be_is_refused(
    cast: Cast, book: dict[str, Any], more: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        arrange(given(cast, **more), by=cast.osaki, today=timezone.localdate())
    assert [problem.field for problem in refused.value.problems] == [field]


def test_nobody_hands_over_to_himself_or_to_who_has_left(cast: Cast, book: dict[str, Any]) -> None:
    cast.baba.is_active = False
    cast.baba.save()
    for person in (cast.aoyama, cast.baba):
        with pytest.raises(Invalid):
            arrange(given(cast, person), by=cast.osaki, today=timezone.localdate())


def test_nobody_gives_away_what_is_not_his_to_give(cast: Cast, book: dict[str, Any]) -> None:
    for person in (cast.senda, cast.baba):
        with pytest.raises(Forbidden):
            arrange(given(cast), by=person, today=timezone.localdate())
    handover = handed(cast, starts_on=timezone.localdate() + timedelta(days=3))
    with pytest.raises((Forbidden, NotFound)):
        cancel(handover, by=cast.senda)
    assert cancel(handover, by=cast.osaki).state == State.CANCELLED


def test_the_pages_show_what_moves_before_it_moves(cast: Cast, book: dict[str, Any], login_as: Login) -> None:
    client = login_as(cast.osaki)
    sent = {
        "giver": str(cast.aoyama.uid),
        "to1": str(cast.baba.uid),
        "do": "preview",
        "kinds": ["account", "task"],
    }
    page = client.post("/handovers/new/", sent).content.decode()
    assert "青葉商事" in page
    assert not Handover.objects.exists()
    with through("page"):
        answer = client.post("/handovers/new/", {**sent, "do": "arrange"})
    assert answer.status_code == 302
    work_off()
    assert {str(firm.owner) for firm in Account.plain.all()} == {"馬場 健"}
    theirs = login_as(cast.baba)
    assert "受け取りの確認を待っているお客様 2件" in theirs.get("/handovers/").content.decode()
    item = Item.objects.filter(successor=cast.baba).first()
    assert item is not None
    assert "引継書" in theirs.get(item.get_absolute_url()).content.decode()
    theirs.post(f"{item.get_absolute_url()}received/")
    item.refresh_from_db()
    assert item.acknowledged_at is not None
    assert login_as(cast.senda).get(item.get_absolute_url()).status_code == 404
    assert "青葉商事" in client.get(f"{Handover.objects.get().get_absolute_url()}sheets/").content.decode()


def test_wrong_input_is_told_beside_its_field(cast: Cast, book: dict[str, Any], login_as: Login) -> None:
    sent = {"giver": str(cast.aoyama.uid), "to1": str(cast.aoyama.uid), "do": "arrange", "reason": "異動"}
    answer = login_as(cast.osaki).post("/handovers/new/", sent)
    assert (answer.status_code, "本人には引き継げません" in answer.content.decode()) == (422, True)
    assert "異動" in answer.content.decode()


def test_what_was_chosen_in_a_list_moves_alone(cast: Cast, book: dict[str, Any], login_as: Login) -> None:
    client, firm = login_as(cast.osaki), book["firms"][0]
    page = client.post("/accounts/many/", {"do": "hand_over_account", "keys": [str(firm.uid)]})
    assert f'name="chosen" value="accounts:{firm.uid}"' in page.content.decode()
    sent = {
        "giver": str(cast.aoyama.uid), "to1": str(cast.baba.uid), "kinds": ["account", "task"],
        "chosen": [f"accounts:{firm.uid}"], "do": "arrange",
    }  # fmt: skip
    client.post("/handovers/new/", sent)
    work_off()
    assert {str(each): str(each.owner) for each in Account.plain.all()} == {
        "青葉商事": "馬場 健", "若葉産業": "青山 凛",
    }  # fmt: skip


def test_what_is_left_out_stays_with_all_that_is_its(cast: Cast, book: dict[str, Any]) -> None:
    firm = book["firms"][0]
    handed(cast, excluded={"account": [firm.pk]})
    firm.refresh_from_db()
    book["task"].refresh_from_db()
    assert (str(firm.owner), str(book["task"].owner)) == ("青山 凛", "青山 凛")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"starts_on": "あした"}, "日付は 2026-12-01 のように"),
        ({"starts_on": "2020-01-01"}, "過ぎた日からは引き継げません"),
        ({"returns_on": "2020-01-01"}, "元に戻す日は、引き継ぐ日よりあと"),
        ({"both_days": "ずっと"}, "0から365までの日数"),
        ({"reason": "あ" * 301}, "理由は300文字まで"),
        ({"kinds": []}, "少なくとも1つ選んで"),
        ({"to1": ""}, "だれに引き継ぐかを選んで"),
        ({"to2": "same"}, "2回選ばれています"),
    ],
)
def test_each_wrong_input_is_told_and_everything_typed_stays(
    cast: Cast, book: dict[str, Any], login_as: Login, sent: dict[str, Any], words: str
) -> None:
    baba = str(cast.baba.uid)
    good = {"giver": str(cast.aoyama.uid), "to1": baba, "reason": "異動のため", "kinds": ["account"]}
    given = good | {key: baba if value == "same" else value for key, value in sent.items()}
    for do in ("preview", "arrange"):
        answer = login_as(cast.osaki).post("/handovers/new/", {**given, "do": do})
        page = answer.content.decode()
        assert (answer.status_code, words in page) == (422, True)
        for name in ("reason", "starts_on", "returns_on", "both_days"):
            assert str(given.get(name, "")) in page
    assert not Handover.objects.exists()


def test_a_note_that_is_too_long_stays_in_its_field(
    cast: Cast, book: dict[str, Any], login_as: Login
) -> None:
    handed(cast)
    item = Item.objects.filter(object="account").first()
    assert item is not None
    typed = "癖" * 5001
    answer = login_as(cast.aoyama).post(f"{item.get_absolute_url()}note/", {"note": typed})
    page = answer.content.decode()
    assert (answer.status_code, typed in page, "5000文字まで" in page) == (422, True, True)


def test_a_job_that_was_called_off_before_it_began_can_be_gone_on_with(
    cast: Cast, book: dict[str, Any]
) -> None:
    made = arrange(given(cast), by=cast.osaki, today=timezone.localdate())
    job = job_of(made)
    assert job is not None
    queue.cancel(job)
    begin_due()
    made.refresh_from_db()
    assert made.state == State.STOPPED
    go_on(made, by=cast.osaki)
    work_off()
    made.refresh_from_db()
    assert (made.state, owners()) == (State.DONE, {"馬場 健"})


def test_what_names_the_person_names_the_successor(cast: Cast, book: dict[str, Any]) -> None:
    """An entry rule, a rule of distribution, a customer of somebody else; by whoever may change settings."""
    rule = create_rule(
        {"title": "住所", "object": "account", "required": ["city"], "who": "person", "person": str(cast.aoyama.uid)},
        by=cast.mizuno,
    )  # fmt: skip
    lead_rule = add_rule({"name": "愛知", "people": [cast.aoyama.pk, cast.senda.pk]}, by=cast.mizuno)
    firm = actions.create("account", {"name": "よその客"}, by=cast.baba)
    put_member(firm, cast.aoyama, "second", by=cast.baba)
    seen = preview(given(cast, cast.osaki), by=cast.mizuno, today=timezone.localdate())
    assert {"rule", "lead_rule", "member"} <= {each.key for each in seen.moving}
    made = arrange(given(cast, cast.osaki), by=cast.mizuno, today=timezone.localdate())
    work_off()
    for row in (rule, lead_rule, firm):
        row.refresh_from_db()
    assert (rule.person, lead_rule.people) == (cast.osaki, sorted([cast.osaki.pk, cast.senda.pk]))
    assert [each["id"] for each in firm.members] == [cast.osaki.pk]
    take_back(made, by=cast.mizuno)
    work_off()
    for row in (rule, lead_rule, firm):
        row.refresh_from_db()
    assert (rule.person, lead_rule.people) == (cast.aoyama, sorted([cast.aoyama.pk, cast.senda.pk]))
    assert [each["id"] for each in firm.members] == [cast.aoyama.pk]


def test_what_somebody_must_decide_is_named(cast: Cast, book: dict[str, Any]) -> None:
    put_into_team(cast.aoyama.teams.get(), cast.aoyama, leads=True, by=cast.mizuno)
    keep_taker(cast.aoyama, {"active": True}, by=cast.mizuno)
    condition = {"all": [{"field": "owner", "op": "any_of", "value": [str(cast.aoyama.uid)]}]}
    create_view("account", {"name": "青山の客", "condition": condition}, by=cast.osaki)
    cast.baba.substitute = cast.aoyama
    cast.baba.save()
    seen = preview(given(cast), by=cast.osaki, today=timezone.localdate())
    assert {each.key for each in seen.deciding} == {"team", "taker", "conditions", "substitute"}


def test_a_customer_that_was_thrown_away_meanwhile_is_passed_over(
    cast: Cast, book: dict[str, Any], login_as: Login
) -> None:
    """Before it moves it stays; afterwards nobody is asked to receive it."""
    gone, kept = book["firms"]
    made = arrange(given(cast), by=cast.osaki, today=timezone.localdate())
    actions.trash(gone, by=cast.osaki)
    work_off()
    gone.refresh_from_db()
    made.refresh_from_db()
    assert (made.state, str(gone.owner)) == (State.DONE, "青山 凛")
    assert Item.objects.get(object="account", record_id=gone.pk).state == Item.State.LEFT
    actions.trash(Account.plain.get(pk=kept.pk), by=cast.osaki)
    waiting = login_as(cast.baba).get("/handovers/").content.decode()
    assert "受け取りの確認を待っているお客様 1件" in waiting
    assert "非公開か、削除されたお客様" in login_as(cast.osaki).get(made.get_absolute_url()).content.decode()


def test_open_deals_go_along_and_closed_ones_stay(cast: Cast, book: dict[str, Any]) -> None:
    firm = book["firms"][0]
    deal = actions.create("deal", {"name": "包装機の更新", "account": firm}, by=cast.aoyama)
    lost = actions.create("deal", {"name": "済んだ商談", "account": firm}, by=cast.aoyama)
    type(lost).plain.filter(pk=lost.pk).update(state="lost")
    handed(cast)
    deal.refresh_from_db()
    lost.refresh_from_db()
    assert (str(deal.owner), str(lost.owner)) == ("馬場 健", "青山 凛")
