"""Everything that hangs on a record comes to hang on another one, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.billing.models import CreditLimit
from daifuku.customers.actions import relate, separate
from daifuku.customers.models import Affiliation, Relation, Separation
from daifuku.ledger import writing as ledger
from daifuku.records import actions, hanging
from daifuku.records.actions import commenting, marking, tagging
from daifuku.records.models import Attachment, Comment, Mark, Tagging

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms(cast: Cast) -> list[Any]:
    return [actions.create("account", {"name": f"青葉商事{n}"}, by=cast.aoyama) for n in range(3)]


def move(sources: list[Any], to: Any, by: Any) -> list[dict[str, Any]]:
    with ledger.writing():
        images = hanging.rehang("account", [each.pk for each in sources], to.pk)
        hanging.settle([to, *sources], images, by=by)
    return images


def back(images: list[dict[str, Any]]) -> list[hanging.Kept]:
    with ledger.writing():
        return hanging.put_back(images)


def test_people_and_talks_come_along_and_go_back(cast: Cast, firms: list[Any]) -> None:
    old, new, _third = firms
    person = actions.create("contact", {"family_name": "山田", "account": old}, by=cast.aoyama)
    talk = actions.create(
        "talk",
        {
            "account": old,
            "contact": person,
            "started_at": timezone.now(),
            "method": "phone",
            "content": "other",
            "text": "電話",
        },
        by=cast.aoyama,
    )
    images = move([old], new, cast.aoyama)
    person.refresh_from_db()
    talk.refresh_from_db()
    assert person.account_id == talk.account_id == new.pk
    assert person.version == 2
    assert Affiliation.objects.get(contact=person, main=True).account_id == new.pk
    assert back(images) == []
    person.refresh_from_db()
    talk.refresh_from_db()
    assert person.account_id == talk.account_id == old.pk


def test_a_tag_that_both_have_is_there_once_and_comes_back(cast: Cast, firms: list[Any]) -> None:
    old, new, _third = firms
    for firm in (old, new):
        tagging.put_tag(firm, "DM希望", by=cast.aoyama)
        marking.add_favourite(firm, by=cast.aoyama)
    commenting.write_comment(old, "よろしく", by=cast.aoyama)
    images = move([old], new, cast.aoyama)
    assert Tagging.objects.filter(record_id=new.pk, object="account").count() == 1
    assert not Tagging.objects.filter(record_id=old.pk, object="account").exists()
    assert Comment.objects.get().record_id == new.pk
    assert back(images) == []
    assert Tagging.objects.filter(record_id=old.pk, object="account").count() == 1
    assert Mark.objects.filter(record_id=old.pk, kind="favourite").count() == 1
    assert Comment.objects.get().record_id == old.pk
    assert not Attachment.objects.exists()


def test_a_relation_to_the_other_one_says_nothing_any_more(cast: Cast, firms: list[Any]) -> None:
    old, new, third = firms
    relate(old, new, "group", by=cast.aoyama)
    relate(old, third, "supplier", by=cast.aoyama)
    relate(new, third, "supplier", by=cast.aoyama)
    separate(old, new, "支店が違う", by=cast.aoyama)
    separate(old, third, "別の会社", by=cast.aoyama)
    images = move([old], new, cast.aoyama)
    assert [(row.source_id, row.target_id) for row in Relation.objects.all()] == [(new.pk, third.pk)]
    row = Separation.objects.get()
    assert {row.first_id, row.second_id} == {new.pk, third.pk}
    assert back(images) == []
    assert Relation.objects.count() == 3
    assert Separation.objects.count() == 2


def test_only_one_credit_limit_stays(cast: Cast, firms: list[Any]) -> None:
    old, new, third = firms
    for n, firm in enumerate(firms):
        CreditLimit.objects.create(
            account=firm, amount=100 * n, set_on=timezone.localdate(), set_by=cast.aoyama
        )
    images = move([old, third], new, cast.aoyama)
    assert CreditLimit.objects.get().amount == 100
    assert back(images) == []
    assert {(row.account_id, row.amount) for row in CreditLimit.objects.all()} == {
        (firm.pk, 100 * n) for n, firm in enumerate(firms)
    }


def test_what_somebody_moved_on_since_stays_there(cast: Cast, firms: list[Any]) -> None:
    old, new, third = firms
    person = actions.create("contact", {"family_name": "山田", "account": old}, by=cast.aoyama)
    images = move([old], new, cast.aoyama)
    person.refresh_from_db()
    actions.edit(person, {"account": third}, by=cast.aoyama)
    assert hanging.Kept("customers.Contact", person.pk) in back(images)
    person.refresh_from_db()
    assert person.account_id == third.pk


def test_what_hangs_on_the_customer_is_as_open_as_he_is(cast: Cast, firms: list[Any]) -> None:
    old, new, _third = firms
    talk = actions.create(
        "talk",
        {"account": old, "started_at": timezone.now(), "method": "phone", "content": "other", "text": "電話"},
        by=cast.aoyama,
    )
    new = actions.edit(new, {"privacy": "private"}, by=cast.aoyama)
    move([old], new, cast.aoyama)
    talk.refresh_from_db()
    assert talk.privacy == "private"
