"""開始を取り消す: all is as it was; what was changed since stays; what hangs on the new records is in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.activities.models import Task
from daifuku.conversion import blocking
from daifuku.conversion.actions import Wanted, convert, reopen, take_back
from daifuku.conversion.models import Conversion
from daifuku.duties.models import Duty
from daifuku.foundation.errors import Conflict, Forbidden, NotFound
from daifuku.ledger import subscribing
from daifuku.records import actions, undoing
from daifuku.records.actions import commenting, marking, tagging
from daifuku.records.actions.erasing import erase
from daifuku.records.models import Comment, Mark, Tagging
from daifuku.rules.actions.installing import install_shipped
from daifuku.staff.viewer import Viewer, viewer_of

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]
Login = Callable[["Person"], "Client"]
# They count saves: what comes back is another version.
COUNTED = {"version", "updated_at", "_state"}


def fresh(record: Any) -> Any:
    return type(record).plain.get(pk=record.pk)


def image(record: Any) -> dict[str, Any]:
    return {name: value for name, value in fresh(record).__dict__.items() if name not in COUNTED}


def test_everything_is_as_it_was(cast: Cast, lead_of: Make, talk_with: Make) -> None:
    lead, account = lead_of(), actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    talk = talk_with(lead)
    task = actions.create("task", {"lead": lead, "subject": "見積を送る"}, by=cast.aoyama)
    commenting.write_comment(lead, "よろしく", by=cast.aoyama)
    tagging.put_tag(lead, "展示会", by=cast.aoyama)
    marking.follow(lead, by=cast.baba)
    things = (lead, account, talk, task)
    before = [image(each) for each in things]
    done = convert(lead, Wanted(account=account, deal=True), by=cast.aoyama)
    back = take_back(done, by=cast.aoyama)
    assert back.kept == []
    assert [image(each) for each in things] == before
    for made in (done.contact, done.deal):
        assert fresh(made).trashed_at is not None
    for model in (Comment, Tagging, Mark):
        assert list(model.objects.values_list("object", "record_id")) == [("lead", lead.pk)]
    again = convert(lead, Wanted(account=account, deal=True), by=cast.aoyama)
    assert again.pk != done.pk
    assert Conversion.objects.filter(undone_at__isnull=True).get() == again


@pytest.mark.django_db(transaction=True)
def test_what_was_owed_of_the_lead_is_owed_no_more_until_it_is_a_lead_again(
    cast: Cast, lead_of: Make
) -> None:
    """It takes no values any more: what was missing counted against its rep for ever."""
    install_shipped(by=cast.mizuno)
    lead = lead_of(source="card")
    owed = Duty.objects.waiting().filter(subject_object="lead", subject_id=lead.pk)
    assert owed.exists()
    done = convert(lead, Wanted(), by=cast.aoyama)
    assert not owed.exists()
    take_back(done, by=cast.aoyama)
    assert owed.exists()


@pytest.mark.django_db(transaction=True)
def test_the_tasks_that_its_stage_brought_go_along(cast: Cast, lead_of: Make) -> None:
    subscribing.deliver()
    done = convert(lead_of(), Wanted(deal=True), by=cast.aoyama)
    subscribing.deliver()
    (task,) = Task.plain.filter(deal=done.deal)
    assert blocking.of(done, viewer_of(cast.aoyama)) == []
    take_back(done, by=cast.aoyama)
    task.refresh_from_db()
    assert task.trashed_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_task_of_its_stage_that_somebody_changed_is_in_the_way_once(cast: Cast, lead_of: Make) -> None:
    subscribing.deliver()
    done = convert(lead_of(), Wanted(deal=True), by=cast.aoyama)
    subscribing.deliver()
    task = Task.plain.get(deal=done.deal)
    actions.edit(task, {"subject": "見本を持って行く"}, by=cast.aoyama)
    assert [each.record for each in blocking.of(done, viewer_of(cast.aoyama))] == [task]
    with pytest.raises(Conflict, match="見本を持って行く"):
        take_back(done, by=cast.aoyama)


def test_the_button_beside_the_line_does_it(cast: Cast, lead_of: Make) -> None:
    done = convert(lead_of(), by=cast.aoyama)
    undoing.undo(done.event, by=cast.aoyama)
    assert fresh(done.lead).converted_at is None
    with pytest.raises(Conflict, match="すでに"):
        undoing.undo(done.event, by=cast.aoyama)


def test_from_the_deals_page_one_comes_back_to_the_lead(cast: Cast, lead_of: Make, login_as: Login) -> None:
    """Where one stood is in the trash now; the lead is what goes on."""
    lead = lead_of()
    done = convert(lead, Wanted(deal=True), by=cast.aoyama)
    page = f"http://testserver{done.deal.get_absolute_url()}"  # type: ignore[union-attr]
    browser = login_as(cast.aoyama)
    answer = browser.post(reverse("records:undo", args=[done.event_id]), headers={"Referer": page})
    assert answer.headers["Location"] == lead.get_absolute_url()
    assert "「取引の開始」を元に戻しました。" in browser.get(lead.get_absolute_url()).content.decode()
    page = f"http://testserver{lead.get_absolute_url()}?tab=1"
    again = convert(fresh(lead), Wanted(), by=cast.aoyama)
    answer = browser.post(reverse("records:undo", args=[again.event_id]), headers={"Referer": page})
    assert answer.headers["Location"] == page


def test_what_somebody_changed_since_stays_and_is_said(cast: Cast, lead_of: Make) -> None:
    account = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    done = convert(lead_of(), Wanted(account=account, deal=False), by=cast.aoyama)
    actions.edit(account, {"phone": "03-5555-5555"}, by=cast.aoyama)
    back = take_back(done, by=cast.aoyama)
    assert back.fields == [(account, ["電話番号"])]
    assert (fresh(account).phone, fresh(account).city) == ("03-5555-5555", "")


def test_a_talk_that_was_moved_on_since_stays_where_it_is(cast: Cast, lead_of: Make, talk_with: Make) -> None:
    lead, other = lead_of(), actions.create("account", {"name": "あお物産"}, by=cast.aoyama)
    talk = talk_with(lead)
    done = convert(lead, Wanted(deal=False), by=cast.aoyama)
    actions.edit(talk, {"account": other, "contact": None}, by=cast.aoyama)
    back = take_back(done, by=cast.aoyama)
    assert back.rows == {"talk": [talk.pk]}
    assert fresh(talk).account == other


def test_what_was_made_and_edited_since_goes_into_the_trash_as_it_is(cast: Cast, lead_of: Make) -> None:
    done = convert(lead_of(), by=cast.aoyama)
    actions.edit(done.account, {"rank": "a"}, by=cast.aoyama)
    take_back(done, by=cast.aoyama)
    assert fresh(done.account).trashed_at is not None
    assert fresh(done.account).rank == "a"


def test_what_hangs_on_the_new_account_is_in_the_way(cast: Cast, lead_of: Make, talk_with: Make) -> None:
    lead = lead_of()
    talk_with(lead)
    done = convert(lead, Wanted(deal=True), by=cast.aoyama)
    actions.create("contact", {"family_name": "川口", "account": done.account}, by=cast.aoyama)
    commenting.write_comment(done.deal, "急ぎ", by=cast.aoyama)
    with pytest.raises(Conflict, match="担当者「川口」") as refused:
        take_back(done, by=cast.aoyama)
    assert refused.value.code == "blocked"
    assert fresh(lead).converted_at is not None
    words = [each.words for each in blocking.of(Conversion.objects.get(), Viewer(cast.aoyama))]
    assert words == ["担当者「川口」", "コメント1件"]


def test_a_block_that_one_may_not_see_has_no_name(cast: Cast, lead_of: Make) -> None:
    done = convert(lead_of(), by=cast.aoyama)
    actions.create(
        "contact", {"family_name": "川口", "account": done.account, "privacy": "private"}, by=cast.osaki
    )
    [block] = blocking.of(done, Viewer(cast.aoyama))
    assert block.words == "担当者1件"


def test_strangers_and_readers_may_not(cast: Cast, lead_of: Make) -> None:
    done = convert(lead_of(), by=cast.aoyama)
    with pytest.raises(Forbidden):
        take_back(done, by=cast.eguchi)
    hidden = convert(lead_of(privacy="private"), by=cast.aoyama)
    with pytest.raises(NotFound):
        take_back(hidden, by=cast.senda)


def test_whoever_may_not_delete_still_takes_his_own_conversion_back(cast: Cast, lead_of: Make) -> None:
    done = convert(lead_of(), by=cast.aoyama)
    take_back(done, by=cast.aoyama)
    assert fresh(done.account).trashed_at is not None


def test_an_erased_person_cannot_come_back(cast: Cast, lead_of: Make, talk_with: Make) -> None:
    lead = lead_of()
    account = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    done = convert(lead, Wanted(account=account, deal=False), by=cast.aoyama)
    erase(lead, by=cast.mizuno)
    kept = Conversion.objects.get()
    assert (kept.filled, kept.carried, kept.sealed) == ({}, {}, True)
    with pytest.raises((Conflict, NotFound)):
        take_back(done, by=cast.mizuno)


def test_after_a_pause_there_is_a_new_lead_that_knows_the_old_one(cast: Cast, lead_of: Make) -> None:
    done = convert(lead_of(), by=cast.aoyama)
    actions.edit(done.contact, {"title": "取締役", "email": "yamada@midori.example.jp"}, by=cast.aoyama)
    actions.edit(done.account, {"name": "みどりホールディングス"}, by=cast.aoyama)
    new = reopen(done.lead, by=cast.aoyama)
    assert (new.title, new.email, new.company) == (
        "取締役",
        "yamada@midori.example.jp",
        "みどりホールディングス",
    )
    assert (new.earlier, new.status, new.converted_at) == (done.lead, "new", None)
    assert reopen(done.lead, by=cast.aoyama) == new
    from daifuku.conversion.alike import proposed
    from daifuku.conversion.mapping.drafting import draft
    from daifuku.conversion.mapping.rules import current

    found = proposed(new, draft(new, current()), Viewer(cast.aoyama))
    assert (found["account"][0].record, found["contact"][0].record) == (done.account, done.contact)


def test_who_never_was_a_customer_cannot_become_a_lead_again(cast: Cast, lead_of: Make) -> None:
    with pytest.raises(Conflict) as refused:
        reopen(lead_of(), by=cast.aoyama)
    assert refused.value.code == "not_converted"


def test_a_plan_ahead_comes_back_too(cast: Cast, lead_of: Make) -> None:
    lead, start = lead_of(), timezone.now() + timedelta(days=2)
    plan = actions.create("plan", {"lead": lead, "started_at": start, "method": "visit"}, by=cast.baba)
    done = convert(lead, Wanted(deal=True), by=cast.aoyama)
    assert fresh(plan).deal == done.deal
    take_back(done, by=cast.aoyama)
    assert (fresh(plan).deal_id, fresh(plan).account_id) == (None, None)
