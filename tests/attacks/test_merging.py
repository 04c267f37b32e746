"""Merging under attack: pressed twice, by two at once, by somebody who may not see all, after the books were closed."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from daifuku.accounting.actions.settings import close_period
from daifuku.activities.models import Talk
from daifuku.api.tests.support import Program, said
from daifuku.billing.models import Payment
from daifuku.conversion.actions import convert
from daifuku.conversion.actions import take_back as take_conversion_back
from daifuku.customers.models import Account
from daifuku.foundation.errors import Conflict
from daifuku.merging.actions import merge, take_back
from daifuku.merging.models import Merge
from daifuku.merging.tests.test_merge import firm, fresh, talk_with
from daifuku.records import actions
from daifuku.records.actions.custom_fields import add_field
from daifuku.records.models import Absorbed
from daifuku.staff.models import Role
from tests.attacks.at_once import at_once
from tests.attacks.test_hidden_things import hide

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.testing import Cast

    Login = Callable[[Any], Client]

pytestmark = pytest.mark.django_db
NEW = "/merges/new/"


@pytest.fixture
def firms(cast: Cast) -> list[Any]:
    return [firm(cast.aoyama, name, phone="03-1234-5678") for name in ("青葉商事", "（株）青葉商事", "青葉")]


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_the_same_at_the_same_moment_make_one_merge(cast: Cast, firms: list[Any]) -> None:
    one, two = [[fresh(each) for each in firms] for _n in range(2)]
    outcomes = at_once(lambda: merge(one, one[0], by=cast.aoyama), lambda: merge(two, two[1], by=cast.osaki))
    assert outcomes == ["done", "merged_before"]
    assert (Merge.objects.count(), Absorbed.objects.count()) == (1, 2)
    assert Account.plain.filter(trashed_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_merges_that_share_a_record_leave_nothing_half_done(cast: Cast, firms: list[Any]) -> None:
    """A goes into B while B goes into C: whoever comes second is told."""
    for each in firms:
        talk_with(each, cast.aoyama)
    one, two, three = firms
    outcomes = at_once(
        lambda: merge([fresh(one), fresh(two)], fresh(two), by=cast.aoyama),
        lambda: merge([fresh(two), fresh(three)], fresh(three), by=cast.osaki),
    )
    assert outcomes in (["done", "done"], ["done", "merged_before"])
    left = [each for each in firms if fresh(each).trashed_at is None]
    assert Talk.plain.filter(account__in=left).count() == 3
    gone = {row.record_id for row in Absorbed.objects.all()}
    assert gone == {each.pk for each in firms} - {each.pk for each in left}


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_back_at_the_same_moment_do_it_once(cast: Cast, firms: list[Any]) -> None:
    done = merge(firms, firms[0], by=cast.aoyama)
    outcomes = at_once(lambda: take_back(done, by=cast.aoyama), lambda: take_back(done, by=cast.osaki))
    assert outcomes == ["already_undone", "done"]
    assert not Absorbed.objects.exists()
    assert Account.plain.filter(trashed_at__isnull=True).count() == 3


def test_pressed_twice_it_is_one_merge_and_the_second_press_leads_there(
    cast: Cast, firms: list[Any], login_as: Login
) -> None:
    browser = login_as(cast.aoyama)
    data = {"object": "account", "uid": [str(each.uid) for each in firms], "survivor": str(firms[0].uid)}
    page = browser.get(NEW, {"object": "account", "uid": data["uid"]})
    once = page.context["once"]
    for _press in range(2):
        answer = browser.post(NEW, {**data, "once": once})
        assert (answer.status_code, answer["Location"]) == (302, firms[0].get_absolute_url())
    assert browser.post(NEW, data)["Location"] == firms[0].get_absolute_url()
    assert Merge.objects.count() == 1
    merge_uid = Merge.objects.get().uid
    undo = reverse("merging:undo", args=[merge_uid])
    assert browser.post(undo).status_code == 302
    assert browser.post(undo).status_code == 409
    assert browser.get(undo).status_code == 405


@pytest.mark.parametrize(
    "back",
    ["//evil.example/", "https://evil.example/", "/\\evil.example/", "/\t/evil.example/", "javascript:alert(1)"],
)  # fmt: skip
def test_the_way_back_never_leads_out_of_the_house(
    cast: Cast, firms: list[Any], login_as: Login, back: str
) -> None:
    browser = login_as(cast.aoyama)
    data = {"object": "account", "uid": [str(each.uid) for each in firms], "back": back}
    page = browser.get(NEW, data).content.decode()
    assert "evil.example" not in page
    assert "javascript:" not in page
    answer = browser.post(NEW, {**data, "survivor": data["uid"][0]})
    assert answer["Location"] == firms[0].get_absolute_url()


def test_five_hundred_are_too_many_and_said_so(cast: Cast, firms: list[Any], login_as: Login) -> None:
    browser = login_as(cast.aoyama)
    many = [str(uuid.uuid4()) for _n in range(500)]
    answer = browser.post(NEW, {"object": "account", "uid": many})
    assert (answer.status_code, "20件まで" in answer.content.decode()) == (422, True)


def test_old_addresses_do_not_tell_a_stranger_that_something_was_merged(
    cast: Cast, firms: list[Any], login_as: Login
) -> None:
    done = merge(firms, firms[0], by=cast.aoyama)
    actions.edit(fresh(firms[0]), {"privacy": "private"}, by=cast.aoyama)
    stranger, nothing = login_as(cast.senda), uuid.uuid4()
    real = {"object": "account", "uid": [str(each.uid) for each in firms], "survivor": str(firms[0].uid)}
    assert stranger.post(NEW, real).status_code == 404
    for name in ("merging:merge", "merging:undo"):
        press = stranger.post if name.endswith("undo") else stranger.get
        assert press(reverse(name, args=[done.uid])).status_code == 404
        assert press(reverse(name, args=[nothing])).status_code == 404
    assert "青葉" not in stranger.get("/merges/").content.decode()


def test_the_columns_show_no_hidden_field_and_nothing_of_it_is_lost(
    cast: Cast, firms: list[Any], login_as: Login
) -> None:
    stop = add_field("account", "yes_no", "メール配信停止", by=cast.mizuno, hidden_from_roles=["rep"])
    grade = add_field("account", "text", "与信メモ", by=cast.mizuno, hidden_from_roles=["rep"])
    actions.edit(firms[1], {stop.key: True, grade.key: "要注意XYZ"}, by=cast.mizuno)
    hide("rep", "account", "phone")
    answer = login_as(cast.aoyama).get(NEW, {"object": "account", "uid": [str(each.uid) for each in firms]})
    page = answer.content.decode()
    assert answer.status_code == 200
    for secret in ("メール配信停止", "与信メモ", "要注意XYZ", "1234-5678"):
        assert secret not in page
    chosen = {grade.key: str(firms[0].uid)}
    merge([fresh(each) for each in firms], fresh(firms[0]), by=cast.aoyama, choices=chosen)
    kept = fresh(firms[0]).custom
    assert (kept[stop.key], kept[grade.key]) == ("yes", "要注意XYZ")


def test_a_hidden_value_is_neither_disputed_nor_put_back(
    cast: Cast, firms: list[Any], login_as: Login
) -> None:
    actions.edit(firms[1], {"phone": "03-9999-0000"}, by=cast.aoyama)
    done = merge([fresh(each) for each in firms], fresh(firms[0]), by=cast.aoyama)
    actions.edit(fresh(firms[0]), {"phone": "03-7777-0000"}, by=cast.aoyama)
    hide("rep", "account", "phone")
    page = login_as(cast.aoyama).get(reverse("merging:merge", args=[done.uid])).content.decode()
    assert "9999-0000" not in page
    assert "7777-0000" not in page
    take_back(done, by=fresh_person(cast.aoyama), fields=["phone"])
    assert fresh(firms[0]).phone == "03-7777-0000"


def test_the_interface_tells_no_hidden_field_either(cast: Cast, firms: list[Any]) -> None:
    stop = add_field("account", "yes_no", "メール配信停止", by=cast.mizuno, hidden_from_roles=["rep"])
    actions.edit(firms[1], {stop.key: True, "phone": "03-9999-0000"}, by=cast.mizuno)
    hide("rep", "account", "phone")
    uids = [str(each.uid) for each in firms]
    rep = Program(fresh_person(cast.aoyama))
    wish = {"object": "account", "records": uids, "survivor": uids[0]}
    preview = said(rep.post("/merges/preview", wish))
    assert "03-" not in str(preview)
    assert not {"phone", stop.key} & {each["field"] for each in preview["fields"]}
    done = said(rep.post("/merges", wish))
    actions.edit(fresh(firms[0]), {"phone": "03-7777-0000"}, by=cast.mizuno)
    standing = said(rep.get(f"/merges/{done['uid']}"))
    assert "03-" not in str(standing)
    said(rep.post(f"/merges/{done['uid']}/undo", {"fields": ["phone"]}))
    assert fresh(firms[0]).phone == "03-7777-0000"
    for number in (1, 21, 500):
        many = {"object": "account", "records": [str(uuid.uuid4()) for _n in range(number)]}
        assert rep.post("/merges", many).status_code == 422


def fresh_person(person: Any) -> Any:
    return type(person).objects.get(pk=person.pk)


def test_what_hangs_there_unseen_is_not_counted(cast: Cast, firms: list[Any], login_as: Login) -> None:
    talk_with(firms[1], cast.aoyama)
    uids = [str(each.uid) for each in firms]
    address = {"object": "account", "uid": uids, "survivor": uids[0]}
    before = login_as(cast.osaki).get(NEW, address).context["sides"].moved
    assert before
    role = Role.objects.get(key="manager")
    role.grants = {**role.grants, "talk": {"view": "none"}}
    role.save()
    after = login_as(fresh_person(cast.osaki)).get(NEW, address).context["sides"].moved
    assert len(after) < len(before)


def test_a_merge_stays_when_the_books_were_closed_over_what_it_moved(cast: Cast, firms: list[Any]) -> None:
    day = timezone.localdate() - timedelta(days=40)
    paid = Payment.plain.create(account=firms[1], paid_on=day, amount=1000, left=1000)
    done = merge(firms, firms[0], by=cast.aoyama)
    close_period(timezone.localdate() - timedelta(days=30), by=cast.mizuno, today=timezone.localdate())
    with pytest.raises(Conflict) as refused:
        take_back(done, by=cast.aoyama)
    assert refused.value.code == "period_closed"
    assert fresh(paid).account_id == firms[0].pk
    assert fresh(firms[1]).trashed_at is not None


def test_a_conversion_is_not_taken_back_over_what_was_merged_into_its_account(cast: Cast) -> None:
    lead = actions.create("lead", {"company": "みどり商店", "family_name": "山田"}, by=cast.aoyama)
    made = convert(lead, by=cast.aoyama)
    old = firm(cast.aoyama, "緑商店")
    done = merge([fresh(made.account), old], fresh(made.account), by=cast.aoyama)
    with pytest.raises(Conflict) as refused:
        take_conversion_back(made, by=cast.aoyama)
    assert (refused.value.code, "統合された記録1件" in refused.value.message) == ("blocked", True)
    assert fresh(made.account).trashed_at is None
    take_back(done, by=cast.aoyama)
    take_conversion_back(made, by=cast.aoyama)
    assert fresh(old).trashed_at is None


def test_a_conversion_whose_account_was_merged_away_is_taken_back_and_the_survivor_stays(cast: Cast) -> None:
    lead = actions.create("lead", {"company": "みどり商店", "family_name": "山田"}, by=cast.aoyama)
    made = convert(lead, by=cast.aoyama)
    old = firm(cast.aoyama, "緑商店")
    done = merge([fresh(made.account), old], old, by=cast.aoyama)
    take_conversion_back(made, by=cast.aoyama)
    assert fresh(lead).converted_at is None
    assert fresh(old).trashed_at is None
    take_back(done, by=cast.aoyama)
    assert fresh(old).trashed_at is None


def test_a_merge_of_leads_is_taken_back_after_the_survivor_was_converted(cast: Cast) -> None:
    values = {"company": "みどり", "family_name": "山田"}
    two = [actions.create("lead", values, by=cast.aoyama) for _n in range(2)]
    done = merge(two, two[0], by=cast.aoyama)
    made = convert(fresh(two[0]), by=cast.aoyama)
    take_back(done, by=cast.aoyama)
    assert fresh(two[1]).trashed_at is None
    assert fresh(two[0]).converted_at is not None
    take_conversion_back(made, by=cast.aoyama)
    assert fresh(two[0]).converted_at is None
