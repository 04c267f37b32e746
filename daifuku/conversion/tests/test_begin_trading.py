"""取引の開始: what is made of a lead, what is left alone, what follows, who may, and that it happens once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.utils import timezone

from daifuku.conversion.actions import Wanted, convert
from daifuku.conversion.actions.mapping import map_field
from daifuku.conversion.actions.settling import edit_setup
from daifuku.conversion.models import Conversion
from daifuku.customers import same
from daifuku.customers.models import Account, Contact
from daifuku.deals.models import Deal
from daifuku.foundation.errors import ChangedSince, Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.passing import actions as passing
from daifuku.passing.models import Handing
from daifuku.records import actions, undoing
from daifuku.records.actions import commenting, marking, sharing, tagging
from daifuku.records.actions.custom_fields import add_field
from daifuku.records.models import Comment, Mark, Share, Tagging
from daifuku.records.search import search
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


def fresh(record: Any) -> Any:
    return type(record).plain.get(pk=record.pk)


def test_a_lead_becomes_account_contact_and_deal(cast: Cast, lead_of: Make) -> None:
    lead = lead_of()
    done = convert(lead, Wanted(deal=True), by=cast.aoyama)
    account, contact, deal = done.account, done.contact, done.deal
    assert (account.name, account.phone, account.industry) == (
        "株式会社みどり商店",
        "03-1234-5678",
        "wholesale",
    )
    assert (contact.full_name, contact.title, contact.phone) == ("山田 花子", "部長", "03-1234-9999")
    assert contact.account == account
    assert contact.note == "展示会で会った"
    assert (deal.name, deal.product, deal.account, deal.contact) == (
        "株式会社みどり商店 ミソミソヨーグルト", "ミソミソヨーグルト", account, contact,
    )  # fmt: skip
    assert deal.close_on is not None
    assert {account.owner, contact.owner, deal.owner} == {cast.aoyama}
    assert fresh(lead).converted_at is not None
    assert done.made == ["account", "contact", "deal"]
    assert done.mapping == 1


def test_it_leaves_one_line_that_all_four_pages_show(cast: Cast, lead_of: Make) -> None:
    lead = lead_of()
    done = convert(lead, Wanted(deal=True), by=cast.aoyama)
    [line] = Event.objects.filter(kind="lead.converted")
    about = set(line.subjects.values_list("object", "record_id"))
    assert about == {
        ("lead", lead.pk), ("account", done.account.pk), ("contact", done.contact.pk), ("deal", done.deal.pk),
    }  # fmt: skip
    assert Event.objects.filter(cause=line, kind="account.created").exists()


def test_an_existing_account_is_only_filled_where_it_is_empty(cast: Cast, lead_of: Make) -> None:
    account = actions.create("account", {"name": "みどり商店", "phone": "03-0000-1111"}, by=cast.aoyama)
    done = convert(lead_of(), Wanted(account=account, deal=False), by=cast.aoyama)
    account = fresh(account)
    assert (account.name, account.phone, account.city) == ("みどり商店", "03-0000-1111", "千代田区")
    assert done.contact.account_id == account.pk
    assert done.made == ["contact"]
    assert done.filled["account"]["city"] == [None, "千代田区"]
    assert Account.plain.count() == 1


def test_what_was_ticked_is_overwritten(cast: Cast, lead_of: Make) -> None:
    account = actions.create("account", {"name": "みどり商店", "phone": "03-0000-1111"}, by=cast.aoyama)
    wanted = Wanted(account=account, deal=False, over=frozenset({"account.phone"}))
    convert(lead_of(), wanted, by=cast.aoyama)
    assert (fresh(account).name, fresh(account).phone) == ("みどり商店", "03-1234-5678")


def test_somebody_known_keeps_her_firm_and_no_empty_one_is_made(cast: Cast, lead_of: Make) -> None:
    account = actions.create("account", {"name": "あお物産"}, by=cast.aoyama)
    contact = actions.create("contact", {"family_name": "山田", "account": account}, by=cast.aoyama)
    done = convert(lead_of(), Wanted(contact=contact, deal=False), by=cast.aoyama)
    assert (done.account, done.contact) == (account, contact)
    assert fresh(contact).given_name == "花子"
    assert Account.plain.count() == 1


def test_an_account_that_one_may_only_read_is_linked_and_not_changed(cast: Cast, lead_of: Make) -> None:
    account = actions.create("account", {"name": "みどり商店"}, by=cast.senda)
    done = convert(lead_of(), Wanted(account=account, deal=False), by=cast.aoyama)
    assert fresh(account).phone == ""
    assert done.contact.account_id == account.pk


def test_somebody_private_gets_no_account_or_one_of_his_name(cast: Cast, lead_of: Make) -> None:
    person = {"company": "", "private": True}
    done = convert(lead_of(**person), Wanted(deal=True), by=cast.aoyama)
    assert done.account is None
    assert done.contact.account is None
    assert done.deal.lead == done.lead
    edit_setup({"private": "account"}, by=cast.mizuno)
    done = convert(lead_of(**person), Wanted(deal=False), by=cast.aoyama)
    assert done.account.name == "山田 花子"


def test_a_new_branch_stands_below_the_firm(cast: Cast, lead_of: Make) -> None:
    head = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    done = convert(lead_of(company="みどり商店 大阪支店"), Wanted(parent=head, deal=False), by=cast.aoyama)
    assert (done.account.parent, done.account.level) == (head, "branch")


def test_what_hangs_on_the_lead_follows(cast: Cast, lead_of: Make, talk_with: Make) -> None:
    lead = lead_of()
    talk = talk_with(lead)
    plan = actions.create(
        "plan",
        {"lead": lead, "started_at": timezone.now() + timedelta(days=2), "method": "visit"},
        by=cast.baba,
    )
    task = actions.create("task", {"lead": lead, "subject": "見積を送る"}, by=cast.aoyama)
    commenting.write_comment(lead, "よろしく", by=cast.aoyama)
    tagging.put_tag(lead, "展示会", by=cast.aoyama)
    marking.follow(lead, by=cast.baba)
    sharing.share(lead, cast.senda, by=cast.aoyama)
    done = convert(lead, Wanted(deal=True), by=cast.aoyama)
    for record in (talk, plan, task):
        now = fresh(record)
        assert (now.account_id, now.contact_id, now.deal_id, now.lead_id) == (
            done.account.pk, done.contact.pk, done.deal.pk, lead.pk,
        )  # fmt: skip
        assert now.keeper_id == cast.aoyama.pk
    here = {"object": "account", "record_id": done.account.pk}
    assert Comment.objects.filter(**here).count() == 1
    assert Share.objects.filter(**here, person=cast.senda).count() == 1
    assert Mark.objects.filter(**here, person=cast.baba, kind="follow").count() == 1
    assert Tagging.objects.filter(object="contact", record_id=done.contact.pk).count() == 1
    assert fresh(done.deal).step_on is not None


def test_what_shall_stay_stays(cast: Cast, lead_of: Make, talk_with: Make) -> None:
    edit_setup({"carry": {"talk": "stay", "comment": "stay", "tag": "deal"}}, by=cast.mizuno)
    lead = lead_of()
    talk = talk_with(lead)
    commenting.write_comment(lead, "よろしく", by=cast.aoyama)
    tagging.put_tag(lead, "展示会", by=cast.aoyama)
    done = convert(lead, Wanted(deal=True), by=cast.aoyama)
    assert fresh(talk).account_id is None
    assert Comment.objects.get().object == "lead"
    assert Tagging.objects.get().record_id == done.deal.pk


def test_nobody_converts_twice_and_the_second_is_told_who_was_first(cast: Cast, lead_of: Make) -> None:
    lead = lead_of()
    convert(lead, by=cast.aoyama)
    with pytest.raises(Conflict, match="青山 凛さん") as refused:
        convert(lead, by=cast.osaki)
    assert refused.value.code == "already_converted"
    assert Account.plain.count() == 1


def test_a_target_that_was_thrown_away_leaves_nothing_half_done(cast: Cast, lead_of: Make) -> None:
    account = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    actions.trash(account, by=cast.aoyama)
    lead = lead_of()
    lines = Event.objects.count()
    with pytest.raises(Conflict, match="「みどり商店」は、その後に削除されました") as refused:
        convert(lead, Wanted(account=account), by=cast.aoyama)
    assert (refused.value.code, refused.value.field) == ("target_gone", "account")
    assert not Contact.plain.exists()
    assert not Deal.plain.exists()
    assert fresh(lead).converted_at is None
    assert Event.objects.count() == lines


def test_a_refusal_in_the_deal_takes_account_and_contact_back(cast: Cast, lead_of: Make) -> None:
    wanted = Wanted(deal=True, typed={"deal": {"amount": "たくさん"}})
    with pytest.raises(Invalid) as refused:
        convert(lead_of(), wanted, by=cast.aoyama)
    assert [problem.field for problem in refused.value.problems] == ["deal.amount"]
    assert not Account.plain.exists()
    assert not Conversion.objects.exists()


def test_strangers_find_nothing_and_readers_may_not(cast: Cast, lead_of: Make) -> None:
    lead = lead_of(privacy="private")
    with pytest.raises(NotFound):
        convert(lead, by=cast.senda)
    with pytest.raises(Forbidden):
        convert(lead_of(), by=cast.eguchi)


def test_the_firm_says_who_may_and_whether_at_all(cast: Cast, lead_of: Make) -> None:
    edit_setup({"roles": ["manager"]}, by=cast.mizuno)
    with pytest.raises(Forbidden):
        convert(lead_of(), by=cast.aoyama)
    convert(lead_of(), by=cast.osaki)
    edit_setup({"on": False}, by=cast.mizuno)
    with pytest.raises(Conflict, match="使わない設定"):
        convert(lead_of(), by=cast.osaki)


def test_the_firm_says_whether_there_is_a_deal_and_whose_it_is(cast: Cast, lead_of: Make) -> None:
    edit_setup({"deal": "hidden", "owner": "converter", "owner_open": False}, by=cast.mizuno)
    done = convert(lead_of(by=cast.baba), Wanted(deal=True, owner=cast.baba), by=cast.osaki)
    assert done.deal is None
    assert done.account.owner == cast.osaki
    edit_setup({"deal": "required", "deal_name": "{氏名}様 {日付}"}, by=cast.mizuno)
    done = convert(lead_of(), Wanted(deal=False), by=cast.osaki)
    assert done.deal.name == f"山田 花子様 {timezone.localdate():%Y/%m/%d}"


def test_a_converted_lead_leaves_the_list_and_is_still_found(cast: Cast, lead_of: Make, client: Any) -> None:
    lead = lead_of()
    convert(lead, by=cast.aoyama)
    client.force_login(cast.aoyama)
    assert "山田" not in client.get("/leads/").content.decode().split("<table")[-1]
    assert "山田 花子" in client.get("/leads/?view=converted").content.decode()
    assert "山田 花子" in client.get("/leads/?q=山田").content.decode()
    assert lead in [hit.record for hit in search("山田花子", Viewer(cast.aoyama))]


def test_a_converted_lead_is_read_and_not_written(cast: Cast, lead_of: Make) -> None:
    lead = lead_of()
    convert(lead, by=cast.aoyama)
    with pytest.raises(Invalid, match="取引を開始した見込み客は変更できません"):
        actions.edit(lead, {"title": "社長"}, by=cast.aoyama)
    actions.edit(lead, {"owner": str(cast.baba.uid)}, by=cast.osaki)
    assert fresh(lead).owner == cast.baba


def test_the_new_contact_is_no_double_of_its_lead(cast: Cast, lead_of: Make) -> None:
    done = convert(lead_of(), by=cast.aoyama)
    assert same.of_record(fresh(done.contact), Viewer(cast.aoyama)) == []


def test_values_that_one_may_not_see_are_carried_all_the_same(cast: Cast, lead_of: Make) -> None:
    field = add_field("lead", "text", "与信メモ", by=cast.mizuno, hidden_from_roles=["rep"])
    target = add_field("account", "text", "与信メモ", by=cast.mizuno, hidden_from_roles=["rep"])
    map_field(field.key, {"account": {"target": target.key}}, by=cast.mizuno)
    lead = lead_of()
    actions.edit(lead, {field.key: "前払いのみ"}, by=cast.mizuno)
    done = convert(lead, by=cast.aoyama)
    assert fresh(done.account).custom[target.key] == "前払いのみ"


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_make_one(cast: Cast, lead_of: Make) -> None:
    lead = lead_of()
    together, outcomes = Barrier(2), []

    def go(by: Any) -> None:
        try:
            together.wait(10)
            convert(lead, by=by)
            outcomes.append("done")
        except Conflict as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    both = [Thread(target=go, args=(by,)) for by in (cast.aoyama, cast.osaki)]
    for each in both:
        each.start()
    for each in both:
        each.join(30)
    assert sorted(outcomes) == ["already_converted", "done"]
    assert Account.plain.count() == Contact.plain.count() == Conversion.objects.count() == 1


class TestWhileALeadWaitsForAnAnswer:
    """It was passed on to sales, and trading begins before somebody has answered."""

    @pytest.fixture
    def handing(self, cast: Cast, lead_of: Make) -> Handing:
        passing.edit_setup({"on": True}, by=cast.mizuno)
        lead = lead_of(status="qualified", owner=cast.osaki)
        return passing.pass_on(lead, cast.aoyama, "実機をご覧になりました", by=cast.osaki)

    def test_whoever_begins_has_taken_it(self, cast: Cast, handing: Handing) -> None:
        done = convert(fresh(handing.lead), by=cast.aoyama)
        now = Handing.objects.get()
        assert (now.state, now.answered_by, now.minutes) == ("accepted", cast.aoyama, 0)
        line = Event.objects.get(kind="lead.pass_accepted")
        assert line.cause == done.event
        with pytest.raises(ChangedSince):
            undoing.undo(line, by=cast.aoyama)
        assert Handing.objects.get().state == "accepted"

    def test_whoever_passed_it_on_has_taken_it_back(self, cast: Cast, handing: Handing) -> None:
        convert(fresh(handing.lead), by=cast.osaki)
        assert Handing.objects.get().state == "withdrawn"
