"""Whoever follows a record hears of it, once, and only while he may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.messages.following import tell_followers
from daifuku.messages.models import Notice
from daifuku.records import actions
from daifuku.records.actions import commenting, marking

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


def told() -> list[tuple[str, str]]:
    tell_followers(Event.objects.latest("pk"))
    return [(notice.person.family_name, notice.sentence) for notice in Notice.objects.order_by("pk")]


def test_a_follower_hears_what_others_do_and_not_what_he_does_himself(cast: Cast, account: Any) -> None:
    marking.follow(account, by=cast.senda)
    marking.follow(account, by=cast.aoyama)
    actions.edit(account, {"note": "新しい備考"}, by=cast.aoyama)
    assert told() == [("千田", "青山 凛さんが「青葉商事」を変更しました。")]
    assert len(told()) == 1


def test_who_is_in_charge_hears_of_comments_and_the_mentioned_are_told_elsewhere(
    cast: Cast, account: Any
) -> None:
    marking.follow(account, by=cast.osaki)
    commenting.write_comment(account, "@大崎 涼 ご確認ください", by=cast.baba)
    assert told() == [("青山", "馬場 健さんが「青葉商事」にコメントしました。")]


def test_who_may_not_see_the_record_any_more_hears_nothing(cast: Cast, account: Any) -> None:
    marking.follow(account, by=cast.senda)
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    assert told() == []


def test_a_change_to_many_is_not_told_record_by_record(cast: Cast, account: Any) -> None:
    marking.follow(account, by=cast.senda)
    with ledger.writing():
        cause = ledger.record("account.bulk_edited", by=cast.aoyama)
    with through(cause=cause):
        actions.edit_many("account", [account.pk], {"note": "x"}, by=cast.aoyama)
    assert told() == []


def test_whoever_stops_following_hears_no_more(cast: Cast, account: Any) -> None:
    marking.follow(account, by=cast.senda)
    marking.unfollow(account, by=cast.senda)
    actions.edit(account, {"note": "x"}, by=cast.aoyama)
    assert told() == []
