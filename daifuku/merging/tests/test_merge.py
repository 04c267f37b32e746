"""Several records become one: chosen values, everything that hangs on them, one line; and several again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.serializers import serialize
from django.utils import timezone

from daifuku.accounting.actions.settings import close_period
from daifuku.billing.models import CreditLimit, Payment
from daifuku.customers.models import Account, Affiliation, Lead, Separation
from daifuku.foundation.errors import ChangedSince, Conflict, Forbidden, Invalid, NotFound, Stale
from daifuku.ledger import sealing
from daifuku.ledger.models import Event
from daifuku.merging import strays
from daifuku.merging.actions import link_same, merge, take_back, unlink_same
from daifuku.merging.models import Merge, SameParty
from daifuku.merging.standing import contested, made_since
from daifuku.records import actions, timeline, undoing
from daifuku.records.absorbing import survivor_key
from daifuku.records.actions.custom_fields import add_field
from daifuku.records.actions.erasing import erase
from daifuku.records.models import Absorbed
from daifuku.records.search import search
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def firm(by: Any, name: Any = "青葉商事", **values: Any) -> Any:
    return actions.create("account", {"name": name, **values}, by=by)


def talk_with(account: Any, by: Any, text: str = "電話") -> Any:
    return actions.create(
        "talk",
        {
            "account": account,
            "started_at": timezone.now(),
            "method": "phone",
            "content": "other",
            "text": text,
        },
        by=by,
    )


def fresh(record: Any) -> Any:
    return type(record).plain.get(pk=record.pk)


def whole(record: Any) -> dict[str, Any]:
    """As it stands in the database, but for what every change counts up."""
    fields = dict(json.loads(serialize("json", [fresh(record)]))[0]["fields"])
    return {key: value for key, value in fields.items() if key not in {"version", "updated_at"}}


@pytest.fixture
def three(cast: Cast) -> list[Any]:
    return [
        firm(cast.aoyama, "青葉商事", phone="03-1234-5678", note="古い備考"),
        firm(cast.aoyama, "株式会社青葉商事", email="info@aoba.example.jp", note="新しい備考"),
        firm(cast.aoyama, "(株)青葉商事", website="https://aoba.example.jp/", traded_since="2020-04-01"),
    ]


def test_three_become_one_and_lose_nothing(cast: Cast, three: list[Any]) -> None:
    talks = [talk_with(each, cast.aoyama) for each in three]
    done = merge(three, three[1], by=cast.aoyama)
    kept = fresh(three[1])
    assert (kept.phone, kept.email, kept.website) == (
        "03-1234-5678", "info@aoba.example.jp", "https://aoba.example.jp/",
    )  # fmt: skip
    assert {"古い備考", "新しい備考"} == set(kept.note.split("\n\n"))
    assert {fresh(talk).account_id for talk in talks} == {kept.pk}
    assert [each.pk for each in Account.objects.visible_to(cast.aoyama)] == [kept.pk]
    assert done.moved["取引履歴"] == 2
    assert Event.objects.filter(kind="account.merged").count() == 1


def test_the_timeline_tells_what_happened_with_all_of_them_and_no_line_changes(
    cast: Cast, three: list[Any]
) -> None:
    sealing.seal()
    merge(three, three[0], by=cast.aoyama)
    lines, _further = timeline.entries(fresh(three[0]), viewer_of(cast.aoyama))
    assert [line.event.kind for line in lines].count("account.created") == 3
    sealing.seal()
    assert sealing.verify() == []


def test_all_of_it_is_taken_back(cast: Cast, three: list[Any]) -> None:
    talks = [talk_with(each, cast.aoyama) for each in three]
    person = actions.create("contact", {"family_name": "山田", "account": three[2]}, by=cast.aoyama)
    before = [whole(each) for each in [*three, *talks, person]]
    merge(three, three[0], by=cast.aoyama)
    assert fresh(person).account_id == three[0].pk
    undoing.undo(Event.objects.get(kind="account.merged"), by=cast.aoyama)
    assert [whole(each) for each in [*three, *talks, person]] == before
    assert not Absorbed.objects.exists()
    lines, _further = timeline.entries(fresh(three[0]), viewer_of(cast.aoyama))
    assert [line.event.kind for line in lines].count("account.created") == 1
    with pytest.raises(Conflict):
        take_back(Merge.objects.get(), by=cast.aoyama)


def test_what_was_edited_since_is_shown_and_chosen(cast: Cast, three: list[Any]) -> None:
    done = merge(three, three[0], by=cast.aoyama)
    actions.edit(fresh(three[0]), {"email": "neu@aoba.example.jp", "rank": "a"}, by=cast.aoyama)
    assert [each.field.key for each in contested(done)] == ["email"]
    with pytest.raises(ChangedSince):
        undoing.undo(Event.objects.get(kind="account.merged"), by=cast.aoyama)
    take_back(done, by=cast.aoyama)
    kept = fresh(three[0])
    assert (kept.email, kept.website, kept.rank) == ("neu@aoba.example.jp", "", "a")
    assert fresh(three[1]).email == "info@aoba.example.jp"


def test_a_contested_value_goes_back_where_that_is_wanted(cast: Cast, three: list[Any]) -> None:
    done = merge(three, three[0], by=cast.aoyama)
    actions.edit(fresh(three[0]), {"email": "neu@aoba.example.jp"}, by=cast.aoyama)
    take_back(done, by=cast.aoyama, fields={"email"})
    assert fresh(three[0]).email == ""


def test_what_was_made_since_stays_unless_somebody_says_otherwise(cast: Cast, three: list[Any]) -> None:
    done = merge(three, three[0], by=cast.aoyama)
    first, second = talk_with(fresh(three[0]), cast.aoyama), talk_with(fresh(three[0]), cast.aoyama, "訪問")
    assert [(each.key, each.count) for each in made_since(done)] == [("activities.Talk.account", 2)]
    with pytest.raises(Invalid):
        take_back(done, by=cast.aoyama, give={"activities.Talk.account": str(three[0].uid)})
    take_back(done, by=cast.aoyama, give={"activities.Talk.account": str(three[1].uid)})
    assert {fresh(first).account_id, fresh(second).account_id} == {three[1].pk}


def test_the_person_chooses_field_by_field(cast: Cast, three: list[Any]) -> None:
    actions.edit(three[1], {"phone": "06-1111-2222"}, by=cast.aoyama)
    choices = {"phone": str(three[0].uid), "name": str(three[1].uid), "note": str(three[0].uid)}
    merge(three, three[0], by=cast.aoyama, choices=choices)
    kept = fresh(three[0])
    assert (kept.phone, kept.name, kept.note) == ("03-1234-5678", "株式会社青葉商事", "古い備考")


def test_links_in_custom_fields_follow(cast: Cast, three: list[Any]) -> None:
    key = add_field("account", "record", "代理店", options={"target": "account"}, by=cast.mizuno).key
    other = firm(cast.aoyama, "別の会社", **{key: three[1]})
    done = merge(three, three[0], by=cast.aoyama)
    assert fresh(other).custom[key]["id"] == three[0].pk
    take_back(done, by=cast.aoyama)
    assert fresh(other).custom[key]["id"] == three[1].pk


def test_two_people_become_one_with_both_posts(cast: Cast) -> None:
    old, new = firm(cast.aoyama, "旧社"), firm(cast.aoyama, "新社")
    one = actions.create("contact", {"family_name": "山田", "account": old, "title": "係長"}, by=cast.aoyama)
    two = actions.create("contact", {"family_name": "山田", "account": new, "title": "部長"}, by=cast.aoyama)
    done = merge([one, two], one, by=cast.aoyama)
    assert fresh(one).account_id == new.pk
    posts = Affiliation.objects.filter(contact=one)
    assert {(post.account_id, post.title, post.main) for post in posts} == {
        (old.pk, "係長", False), (new.pk, "部長", True),
    }  # fmt: skip
    take_back(done, by=cast.aoyama)
    assert fresh(one).account_id == old.pk
    assert Affiliation.objects.get(contact=one).main
    assert Affiliation.objects.get(contact=two).main


def test_old_names_lead_to_the_one_that_is_left(cast: Cast, three: list[Any], login_as: Any) -> None:
    merge(three, three[0], by=cast.aoyama)
    client = login_as(cast.aoyama)
    assert client.get(three[1].get_absolute_url()).url == three[0].get_absolute_url()
    answer = client.get(f"{three[1].get_absolute_url()}edit/")
    assert answer.status_code == 410
    assert three[0].get_absolute_url() in answer.content.decode()
    other = actions.create("contact", {"family_name": "山田", "account": str(three[2].uid)}, by=cast.aoyama)
    assert other.account_id == three[0].pk


def test_the_one_that_is_left_is_found_by_the_old_names(cast: Cast) -> None:
    firms = [firm(cast.aoyama, name) for name in ("青葉商事", "若葉物産")]
    done = merge(firms, firms[0], by=cast.aoyama)
    assert [hit.record.pk for hit in search("若葉物産", viewer_of(cast.aoyama))] == [firms[0].pk]
    actions.edit(fresh(firms[0]), {"phone": "03-9999-9999"}, by=cast.aoyama)
    assert [hit.record.pk for hit in search("若葉物産", viewer_of(cast.aoyama))] == [firms[0].pk]
    take_back(done, by=cast.aoyama)
    assert [hit.record.pk for hit in search("若葉物産", viewer_of(cast.aoyama))] == [firms[1].pk]


def test_a_lead_with_which_trading_has_begun_stays(cast: Cast) -> None:
    leads = [
        actions.create("lead", {"family_name": "山田", "company": "青葉"}, by=cast.aoyama) for _n in range(2)
    ]
    Lead.plain.filter(pk=leads[0].pk).update(converted_at=timezone.now())
    with pytest.raises(Conflict) as refused:
        merge(leads, leads[1], by=cast.aoyama)
    assert refused.value.code == "converted"
    merge(leads, leads[0], by=cast.aoyama)


def test_who_is_one_party_with_the_old_record_is_one_with_the_new(cast: Cast, three: list[Any]) -> None:
    other = firm(cast.aoyama, "あさひ物流")
    link_same(three[1], other, "役員が同じ", by=cast.aoyama)
    link_same(three[1], three[0], "同じ会社", by=cast.aoyama)
    done = merge(three, three[0], by=cast.aoyama)
    assert [{row.first_id, row.second_id} for row in SameParty.objects.all()] == [{three[0].pk, other.pk}]
    take_back(done, by=cast.aoyama)
    assert SameParty.objects.count() == 2


def test_merged_twice_the_chain_leads_to_the_end_and_is_taken_back_from_there(
    cast: Cast, three: list[Any]
) -> None:
    first = merge(three[:2], three[0], by=cast.aoyama)
    second = merge([fresh(three[0]), three[2]], three[2], by=cast.aoyama)
    assert survivor_key("account", uid=three[1].uid) == three[2].pk
    with pytest.raises(Conflict) as refused:
        take_back(first, by=cast.aoyama)
    assert refused.value.code == "merged_since"
    take_back(second, by=cast.aoyama)
    take_back(first, by=cast.aoyama)
    assert Account.objects.visible_to(cast.aoyama).count() == 3


@pytest.mark.parametrize("depth", [1, 2])
def test_no_record_goes_into_its_own_branch(cast: Cast, depth: int) -> None:
    chain = [firm(cast.aoyama, "本社")]
    for n in range(depth):
        chain.append(firm(cast.aoyama, f"支店{n}", parent=chain[-1]))
    with pytest.raises(Conflict) as refused:
        merge([chain[0], chain[-1]], chain[0], by=cast.aoyama)
    assert refused.value.code == "branch"
    assert not Merge.objects.exists()


def test_a_branch_below_comes_along(cast: Cast, three: list[Any]) -> None:
    branch = firm(cast.aoyama, "青葉商事 大阪支店", parent=three[1])
    merge(three, three[0], by=cast.aoyama)
    assert fresh(branch).parent_id == three[0].pk


def test_too_few_too_many_and_of_two_kinds(cast: Cast, three: list[Any]) -> None:
    lead = actions.create("lead", {"family_name": "山田", "company": "青葉"}, by=cast.aoyama)
    many = [firm(cast.aoyama, f"会社{n}") for n in range(21)]
    for records in (three[:1], [three[0], three[0]], many):
        with pytest.raises(Invalid):
            merge(records, records[0], by=cast.aoyama)
    with pytest.raises((Invalid, NotFound)):
        merge([three[0], lead], three[0], by=cast.aoyama)
    with pytest.raises(Invalid):
        merge(three[:2], three[2], by=cast.aoyama)


def test_nobody_merges_what_he_may_not_see_or_change(cast: Cast, three: list[Any]) -> None:
    secret = firm(cast.senda, "秘密", privacy="private")
    with pytest.raises(NotFound):
        merge([three[0], secret], three[0], by=cast.aoyama)
    foreign = firm(cast.senda, "関西の客")
    with pytest.raises(Forbidden):
        merge([three[0], foreign], three[0], by=cast.aoyama)
    with pytest.raises(Forbidden):
        merge(three, three[0], by=cast.senda)
    done = merge(three, three[0], by=cast.aoyama)
    with pytest.raises(Forbidden):
        take_back(done, by=cast.senda)


def test_trashed_and_merged_records_are_refused(cast: Cast, three: list[Any]) -> None:
    actions.trash(three[2], by=cast.aoyama)
    with pytest.raises(Conflict) as refused:
        merge(three, three[0], by=cast.aoyama)
    assert refused.value.code == "trashed"
    merge(three[:2], three[0], by=cast.aoyama)
    with pytest.raises(Conflict) as refused:
        merge(three[:2], three[0], by=cast.aoyama)
    assert refused.value.code == "merged_before"
    with pytest.raises(Conflict):
        actions.restore(fresh(three[1]), by=cast.aoyama)


def test_whoever_saw_an_older_version_is_told(cast: Cast, three: list[Any]) -> None:
    seen = {str(each.uid): each.version for each in three}
    actions.edit(three[1], {"phone": "03-9999-9999"}, by=cast.aoyama)
    with pytest.raises(Stale):
        merge(three, three[0], by=cast.aoyama, versions=seen)
    assert not Merge.objects.exists()


def test_closed_books_keep_their_customer(cast: Cast, three: list[Any]) -> None:
    day = timezone.localdate() - timedelta(days=40)
    Payment.plain.create(account=three[1], paid_on=day, amount=1000, left=1000)
    close_period(timezone.localdate() - timedelta(days=30), by=cast.mizuno, today=timezone.localdate())
    with pytest.raises(Conflict) as refused:
        merge(three, three[0], by=cast.aoyama)
    assert refused.value.code == "period_closed"
    merge(three, three[1], by=cast.aoyama)


def test_two_that_are_one_party_stay_two(cast: Cast) -> None:
    one = actions.create("contact", {"family_name": "山田"}, by=cast.aoyama)
    two = actions.create("contact", {"family_name": "山田"}, by=cast.aoyama)
    with pytest.raises(Invalid):
        link_same(one, two, " ", by=cast.aoyama)
    link_same(one, two, "2社の役員", by=cast.aoyama)
    assert Separation.objects.count() == SameParty.objects.count() == 1
    with pytest.raises(Conflict):
        link_same(two, one, "2社の役員", by=cast.aoyama)
    with pytest.raises(Forbidden):
        unlink_same(one, two, by=cast.senda)
    undoing.undo(Event.objects.get(kind="contact.same_linked"), by=cast.aoyama)
    assert not Separation.objects.exists()
    assert not SameParty.objects.exists()


def test_an_erased_person_leaves_with_all_that_went_into_her_record(cast: Cast) -> None:
    one = actions.create("contact", {"family_name": "山田", "email": "a@example.jp"}, by=cast.aoyama)
    two = actions.create("contact", {"family_name": "山田太郎", "email": "b@example.jp"}, by=cast.aoyama)
    done = merge([one, two], one, by=cast.aoyama)
    erase(fresh(one), by=cast.mizuno)
    done.refresh_from_db()
    assert "山田" not in json.dumps([done.sources, done.changes, done.images], ensure_ascii=False)
    assert fresh(two).email == ""
    for event in Event.objects.all():
        assert "example.jp" not in json.dumps(event.data), event.kind
    with pytest.raises(Conflict):
        take_back(done, by=cast.mizuno)


def test_what_was_registered_in_the_same_moment_follows_and_goes_back(cast: Cast, three: list[Any]) -> None:
    done = merge(three, three[0], by=cast.aoyama)
    talk = talk_with(fresh(three[0]), cast.aoyama)
    type(talk).plain.filter(pk=talk.pk).update(account=three[1])
    assert strays.wanted()
    strays.gather()
    assert fresh(talk).account_id == three[0].pk
    done.refresh_from_db()
    take_back(done, by=cast.aoyama)
    assert fresh(talk).account_id == three[1].pk


def test_its_own_link_to_the_other_one_does_not_come_back(cast: Cast, three: list[Any]) -> None:
    key = add_field("account", "record", "代理店", options={"target": "account"}, by=cast.mizuno).key
    actions.edit(three[0], {key: three[1]}, by=cast.aoyama)
    done = merge([fresh(each) for each in three], three[0], by=cast.aoyama)
    assert key not in fresh(three[0]).custom
    take_back(done, by=cast.aoyama)
    assert fresh(three[0]).custom[key]["id"] == three[1].pk


def test_what_was_merged_does_not_lie_in_the_trash(cast: Cast, three: list[Any]) -> None:
    actions.trash(firm(cast.aoyama, "別の会社"), by=cast.aoyama)
    merge(three, three[0], by=cast.aoyama)
    assert [str(each) for each in Account.objects.trash_of(cast.aoyama)] == ["別の会社"]


def test_of_two_limits_of_credit_the_page_says_which_goes(cast: Cast, three: list[Any], client: Any) -> None:
    keep, other, _third = three
    for record, amount in ((keep, 1_000_000), (other, 3_000_000)):
        CreditLimit.objects.create(
            account=record, amount=amount, set_on=timezone.localdate(), set_by=cast.mizuno
        )
    ask = f"/merges/new/?object=account&uid={keep.uid}&uid={other.uid}&survivor={keep.uid}"
    client.force_login(cast.mizuno)
    page = client.get(ask).content.decode()
    assert "与信限度額は1件だけ残ります: 1,000,000円" in page
    assert "3,000,000円" in page
    merge([keep, other], keep, by=cast.mizuno)
    assert CreditLimit.objects.get().amount == 1_000_000
