"""Tags: put on and taken off by who may edit, one or many; named, merged and undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import tagging
from daifuku.records.models import Tag, Tagging

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


def names(record: Any) -> list[str]:
    return [tag.name for tag in tagging.tags_of(record)]


def undo_last(by: Any) -> None:
    undoing.undo(Event.objects.latest("pk"), by=by)


def test_a_tag_is_put_once_in_whatever_width_it_is_typed(cast: Cast, account: Any) -> None:
    tagging.put_tag(account, "ＤＭ希望", by=cast.aoyama)
    tagging.put_tag(account, "DM希望", by=cast.aoyama)
    assert Tag.objects.count() == 1
    assert len(names(account)) == 1
    assert Event.objects.filter(kind="tag.put", subjects__record_id=account.pk).count() == 1


@pytest.mark.parametrize("name", ["", "  ", None, 3, "あ" * 41])
def test_a_tag_without_a_usable_name_is_refused(cast: Cast, account: Any, name: Any) -> None:
    with pytest.raises(Invalid):
        tagging.put_tag(account, name, by=cast.aoyama)
    assert not Tag.objects.exists()


def test_who_may_not_edit_may_not_tag_and_the_unseen_is_not_found(cast: Cast, account: Any) -> None:
    with pytest.raises(Forbidden):
        tagging.put_tag(account, "重点", by=cast.senda)
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        tagging.put_tag(account, "重点", by=cast.senda)
    assert not Tagging.objects.exists()
    assert not Tag.objects.exists()


def test_putting_and_removing_are_undone(cast: Cast, account: Any) -> None:
    tag = tagging.put_tag(account, "重点", by=cast.aoyama)
    undo_last(cast.aoyama)
    assert names(account) == []
    undo_last(cast.aoyama)
    assert names(account) == ["重点"]
    tagging.remove_tag(account, tag, by=cast.aoyama)
    undo_last(cast.aoyama)
    assert names(account) == ["重点"]


def test_many_are_tagged_together_and_taken_back_together(cast: Cast) -> None:
    keys = [actions.create("account", {"name": f"会社{n}"}, by=cast.aoyama).pk for n in range(30)]
    foreign = actions.create("account", {"name": "千田の客"}, by=cast.senda).pk
    tag = tagging.tag_named("展示会", by=cast.aoyama)
    with ledger.writing():
        cause = ledger.record("account.bulk_edited", by=cast.aoyama, data={})
    with through(cause=cause):
        outcome = tagging.put_tag_on_many("account", [*keys, foreign], tag, by=cast.aoyama)
    assert outcome.done == 30
    assert [key for key, _error in outcome.refused] == [foreign]
    assert undoing.undo(cause, by=cast.aoyama).done == 30
    assert not Tagging.objects.exists()


def test_a_tag_is_renamed_and_recoloured_by_who_may_edit_the_settings(cast: Cast, account: Any) -> None:
    tag = tagging.put_tag(account, "重点", by=cast.aoyama)
    with pytest.raises(Forbidden):
        tagging.edit_tag(tag, by=cast.aoyama, name="最重点")
    tagging.edit_tag(tag, by=cast.mizuno, name="最重点", colour="red")
    assert names(account) == ["最重点"]
    undo_last(cast.mizuno)
    tag.refresh_from_db()
    assert (tag.name, tag.colour) == ("重点", "grey")
    tagging.put_tag(account, "休眠", by=cast.aoyama)
    with pytest.raises(Conflict):
        tagging.edit_tag(tag, by=cast.mizuno, name="休眠")


def test_a_new_tag_and_its_colour_are_one_line_and_undone_together(cast: Cast) -> None:
    tag = tagging.tag_named("重点", by=cast.mizuno, colour="red")
    assert Event.objects.filter(kind="tag.edited").count() == 1
    undo_last(cast.mizuno)
    assert not tagging.offered(cast.aoyama.pk).exists()
    again = tagging.tag_named("重点", by=cast.mizuno, colour="blue")
    assert (again.pk, again.colour) == (tag.pk, "blue")
    with pytest.raises(Forbidden):
        tagging.tag_named("重点", by=cast.aoyama, colour="green")
    with pytest.raises(Invalid):
        tagging.tag_named("別", by=cast.mizuno, colour="mauve")


def test_merged_tags_become_one_and_can_part_again(cast: Cast, account: Any) -> None:
    other = actions.create("account", {"name": "B"}, by=cast.aoyama)
    tag = tagging.put_tag(account, "DM", by=cast.aoyama)
    into = tagging.put_tag(account, "ダイレクトメール", by=cast.aoyama)
    tagging.put_tag(other, "DM", by=cast.aoyama)
    tagging.merge_tags(tag, into, by=cast.mizuno)
    assert names(account) == names(other) == ["ダイレクトメール"]
    undo_last(cast.mizuno)
    assert set(names(account)) == {"DM", "ダイレクトメール"}
    assert names(other) == ["DM"]


def test_a_retired_tag_is_hidden_and_comes_back_where_it_was(cast: Cast, account: Any) -> None:
    tag = tagging.put_tag(account, "重点", by=cast.aoyama)
    tagging.retire_tag(tag, by=cast.mizuno)
    assert names(account) == []
    assert not tagging.offered(cast.aoyama.pk).exists()
    undo_last(cast.mizuno)
    assert names(account) == ["重点"]


def offered_to(person: Any) -> list[str]:
    return [tag.name for tag in tagging.offered(person.pk)]


def test_a_tag_on_private_records_alone_is_offered_to_whoever_made_it(cast: Cast) -> None:
    values = {"name": "秘密商事", "privacy": "private"}
    secret, second = (actions.create("account", values, by=cast.aoyama) for _n in range(2))
    tagging.put_tag(secret, "買収の候補", by=cast.aoyama)
    found = tagging.tag_named("売却の候補", by=cast.aoyama)
    tagging.put_tag_on_many("account", [second.pk], found, by=cast.aoyama)
    assert offered_to(cast.aoyama) == ["売却の候補", "買収の候補"]
    assert offered_to(cast.baba) == offered_to(cast.mizuno) == []
    assert names(secret) == ["買収の候補"], "on the record itself it is as visible as the record"


def test_everybody_is_offered_what_stands_on_a_record_that_is_not_private(cast: Cast, account: Any) -> None:
    secret = actions.create("account", {"name": "秘密商事", "privacy": "private"}, by=cast.aoyama)
    tagging.put_tag(secret, "重点", by=cast.aoyama)
    tagging.put_tag(account, "重点", by=cast.aoyama)
    found = tagging.tag_named("展示会", by=cast.aoyama)
    tagging.put_tag_on_many("account", [secret.pk, account.pk], found, by=cast.aoyama)
    tagging.tag_named("紹介", by=cast.mizuno, colour="grey")
    assert offered_to(cast.senda) == ["展示会", "紹介", "重点"]


def test_a_tag_is_offered_to_everybody_the_night_after_its_record_was_opened(cast: Cast) -> None:
    secret = actions.create("account", {"name": "秘密商事", "privacy": "private"}, by=cast.aoyama)
    tagging.put_tag(secret, "買収の候補", by=cast.aoyama)
    tagging.publish_tags()
    assert offered_to(cast.senda) == []
    actions.edit(secret, {"privacy": ""}, by=cast.aoyama)
    tagging.publish_tags()
    assert offered_to(cast.senda) == ["買収の候補"]


def test_a_tag_that_took_in_one_for_everybody_is_one_as_well(cast: Cast, account: Any) -> None:
    secret = actions.create("account", {"name": "秘密商事", "privacy": "private"}, by=cast.aoyama)
    hidden = tagging.put_tag(secret, "候補", by=cast.aoyama)
    tagging.merge_tags(tagging.put_tag(account, "見込", by=cast.aoyama), hidden, by=cast.mizuno)
    assert offered_to(cast.senda) == ["候補"]
