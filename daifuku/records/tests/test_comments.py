"""Comments: everybody who sees the record may write, the author alone changes his own, and everything can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.foundation.errors import Forbidden, Invalid, NotFound, Stale
from daifuku.ledger.models import Event
from daifuku.records import actions, talk, undoing
from daifuku.records.actions import commenting
from daifuku.records.mentions import mentioned_in
from daifuku.records.models import Comment
from daifuku.staff.models import Membership, Person, Team

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


def undo_last(by: Any) -> None:
    undoing.undo(Event.objects.latest("pk"), by=by)


def test_whoever_sees_the_record_may_comment(cast: Cast, account: Any) -> None:
    comment = commenting.write_comment(account, "来週訪問します。\n@大崎 涼 同行お願いします", by=cast.senda)
    assert list(comment.mentions.all()) == [cast.osaki]
    line = Event.objects.get(kind="comment.written")
    assert (line.actor, line.data["mentions"]) == (cast.senda, [cast.osaki.pk])
    assert [c.text for c in commenting.comments_on(account)] == [comment.text]


def test_whoever_does_not_see_the_record_may_not(cast: Cast, account: Any) -> None:
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        commenting.write_comment(account, "こんにちは", by=cast.senda)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", ["", " \n ", None, ["a"], "あ" * 4001])
def test_a_comment_must_say_something_and_not_too_much(cast: Cast, account: Any, text: Any) -> None:
    with pytest.raises(Invalid):
        commenting.write_comment(account, text, by=cast.aoyama)


def test_only_the_author_changes_and_removes_it(cast: Cast, account: Any) -> None:
    comment = commenting.write_comment(account, "A", by=cast.aoyama)
    for person in (cast.baba, cast.mizuno):
        with pytest.raises(Forbidden):
            commenting.edit_comment(comment, "B", by=person)
        with pytest.raises(Forbidden):
            commenting.remove_comment(comment, by=person)
    edited = commenting.edit_comment(comment, "B", by=cast.aoyama, version=1)
    assert (edited.text, edited.version) == ("B", 2)
    assert edited.edited_at
    with pytest.raises(Stale):
        commenting.edit_comment(comment, "C", by=cast.aoyama, version=1)


def test_every_step_is_undone(cast: Cast, account: Any) -> None:
    comment = commenting.write_comment(account, "A", by=cast.aoyama)
    commenting.edit_comment(comment, "B", by=cast.aoyama)
    undo_last(cast.aoyama)
    assert commenting.comments_on(account).get().text == "A"
    commenting.remove_comment(comment, by=cast.aoyama)
    assert not commenting.comments_on(account).exists()
    undo_last(cast.aoyama)
    assert commenting.comments_on(account).get().text == "A"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@青山 凛 さん", ["青山"]),
        ("＠青山凛さん、@馬場　健 さん", ["青山", "馬場"]),
        ("@青山さん", ["青山"]),
        ("aoyama@青山商事", ["青山"]),
        ("青山さん", []),
        ("@誰か", []),
        ("@", []),
        ("@鈴木さん", []),
        ("@鈴木 花", ["鈴木"]),
    ],
)
def test_who_is_meant_by_an_at_sign(cast: Cast, text: str, named: list[str]) -> None:
    for given in ("花", "一郎"):
        Person.objects.create_user(f"{given}@example.jp", family_name="鈴木", given_name=given)
    assert [person.family_name for person in mentioned_in(text)] == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("@営業一課 の皆さん", ["青山", "馬場"]),
        ("＠営業部へ", ["青山", "大崎", "馬場"]),
        ("@関西支店 @青山 凛", ["千田", "青山"]),
        ("@営業", []),
        ("@青山チームの件", ["千田"]),
    ],
)
def test_a_team_that_is_called_is_everybody_in_it_and_below(cast: Cast, text: str, named: list[str]) -> None:
    special = Team.objects.create(name="青山チーム")
    Membership.objects.create(team=special, person=cast.senda)
    assert sorted(person.family_name for person in mentioned_in(text)) == sorted(named)


def test_those_of_a_team_are_mentioned_and_its_name_is_marked(cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    comment = commenting.write_comment(account, "@営業一課 ご確認ください", by=cast.osaki)
    assert set(comment.mentions.all()) == {cast.aoyama, cast.baba}
    (shown,) = talk.said([comment], [], cast.osaki.pk)
    assert ("@営業一課", True) in shown.pieces
