"""Reactions and replies: whoever sees the record reacts to a comment by one press, or answers it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daifuku.foundation.errors import Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.records import actions, panels
from daifuku.records.actions import commenting, erasing, reacting
from daifuku.records.models import Comment, Reaction
from daifuku.records.talk import beginning
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


@pytest.fixture
def comment(cast: Cast, account: Any) -> Comment:
    return commenting.write_comment(account, "来週訪問します。\n見積も持参します。", by=cast.aoyama)


def shown(record: Any, person: Any) -> list[Any]:
    said: list[Any] = panels.comments(record, viewer_of(person))["comments"]
    return said


def test_a_reaction_is_given_once_and_taken_back(cast: Cast, account: Any, comment: Comment) -> None:
    for person in (cast.eguchi, cast.senda, cast.senda):
        reacting.react(comment, "thanks", by=person)
    (said,) = shown(account, cast.senda)
    (thanks,) = said.reactions
    assert (thanks.offer.picture, thanks.names, thanks.own) == ("🙏", ["江口 望", "千田 葵"], True)
    assert Event.objects.filter(kind="reaction.given").count() == 2
    reacting.take_back(comment, "thanks", by=cast.senda)
    reacting.take_back(comment, "thanks", by=cast.senda)
    assert Reaction.objects.get().person == cast.eguchi
    line = Event.objects.get(kind="reaction.taken_back")
    assert (line.actor, line.data) == (cast.senda, {"comment": comment.pk, "word": "thanks"})


def test_whoever_does_not_see_the_record_does_not_react(cast: Cast, account: Any, comment: Comment) -> None:
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        reacting.react(comment, "thanks", by=cast.senda)
    assert not Reaction.objects.exists()


def test_a_removed_comment_takes_no_reaction_and_a_restored_one_has_its_own_again(
    cast: Cast, account: Any, comment: Comment
) -> None:
    reacting.react(comment, "looking", by=cast.baba)
    commenting.remove_comment(comment, by=cast.aoyama)
    for verb in (reacting.react, reacting.take_back):
        with pytest.raises(NotFound):
            verb(comment, "looking", by=cast.baba)
    commenting.bring_back_comment(comment, by=cast.aoyama)
    assert [each.offer.word for each in shown(account, cast.baba)[0].reactions] == ["looking"]


@pytest.mark.parametrize("word", ["", "bad", None, "了解", ["thanks"]])
def test_only_known_words_are_taken(cast: Cast, comment: Comment, word: Any) -> None:
    with pytest.raises(Invalid):
        reacting.react(comment, word, by=cast.baba)


def test_a_reply_quotes_the_beginning_of_what_it_answers(cast: Cast, account: Any, comment: Comment) -> None:
    reply = commenting.write_comment(account, "承知しました", by=cast.baba, quotes=comment.uid)
    quote = shown(account, cast.baba)[1].quote
    assert (quote.author, quote.text) == (cast.aoyama, "来週訪問します。\n見積も持参します。")
    assert Event.objects.latest("pk").data["answers"] == cast.aoyama.pk
    commenting.remove_comment(comment, by=cast.aoyama)
    (said,) = shown(account, cast.baba)
    assert (said.comment, said.quote.removed, said.quote.text) == (reply, True, "")


def test_only_a_comment_of_the_same_record_that_is_there_is_quoted(
    cast: Cast, account: Any, comment: Comment
) -> None:
    other = actions.create("account", {"name": "若葉産業"}, by=cast.aoyama)
    with pytest.raises(Invalid):
        commenting.write_comment(other, "承知しました", by=cast.baba, quotes=comment.uid)
    with pytest.raises(Invalid):
        commenting.write_comment(account, "承知しました", by=cast.baba, quotes=uuid.uuid4())
    commenting.remove_comment(comment, by=cast.aoyama)
    with pytest.raises(Invalid):
        commenting.write_comment(account, "承知しました", by=cast.baba, quotes=comment.uid)


def test_a_long_comment_is_quoted_by_its_first_lines() -> None:
    assert beginning("一\n\n二\n三") == "一\n二…"
    assert beginning("あ" * 500) == "あ" * 120 + "…"
    assert beginning("一\n二") == "一\n二"


def test_erasing_a_person_takes_replies_and_reactions_along(cast: Cast) -> None:
    lead = actions.create("lead", {"family_name": "山田", "company": "山田商店"}, by=cast.aoyama)
    comment = commenting.write_comment(lead, "来月やめるそうです", by=cast.aoyama)
    commenting.write_comment(lead, "そうですか", by=cast.baba, quotes=comment.uid)
    reacting.react(comment, "understood", by=cast.baba)
    erasing.erase(lead, by=cast.mizuno)
    assert not Comment.objects.exists()
    assert not Reaction.objects.exists()


def test_many_reactions_and_quotes_ask_no_more_often_than_few(cast: Cast, account: Any) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as captured:
            shown(account, cast.baba)
        return len(captured)

    def talk(times: int) -> None:
        for number in range(times):
            first = commenting.write_comment(account, f"{number}回目", by=cast.aoyama)
            commenting.write_comment(account, "はい", by=cast.baba, quotes=first.uid)
            reacting.react(first, "thanks", by=cast.baba)
            reacting.react(first, "thanks", by=cast.senda)

    talk(1)
    shown(account, cast.baba)
    few = questions()
    talk(10)
    assert questions() == few


def test_pressing_answers_with_the_comment_alone(
    client: Client, cast: Cast, account: Any, comment: Comment
) -> None:
    client.force_login(cast.senda)
    base = f"{account.get_absolute_url()}comments/{comment.uid}/reactions/"
    page = client.post(base, {"word": "thanks"}, headers=HTMX).content.decode()
    assert ("ありがとう：千田 葵" in page, 'aria-pressed="true"' in page, "<textarea" in page) == (
        True,
        True,
        False,
    )
    page = client.post(f"{base}take-back/", {"word": "thanks"}, headers=HTMX).content.decode()
    assert "aria-pressed" not in page
    assert client.post(base, {"word": "thanks"})["Location"].endswith(f"#comment-{comment.uid}")
    assert client.post(base, {"word": "bad"}, headers=HTMX).status_code == 422
    assert client.get(base).status_code == 405


def test_one_replies_with_and_without_script(
    client: Client, cast: Cast, account: Any, comment: Comment
) -> None:
    client.force_login(cast.senda)
    base = f"{account.get_absolute_url()}comments/"
    part = client.get(f"{base}?quotes={comment.uid}", headers=HTMX).content.decode()
    assert ("来週訪問します" in part, "<textarea" in part) == (True, False)
    page = client.get(f"{base}?quotes={comment.uid}").content.decode()
    assert ("来週訪問します" in page, "<textarea" in page, f'value="{comment.uid}"' in page) == (True,) * 3
    again = client.post(base, {"text": " ", "quotes": comment.uid})
    assert (again.status_code, "青山 凛さんへの返信" in again.content.decode()) == (422, True)
    page = client.post(base, {"text": "承知しました", "quotes": comment.uid}, follow=True).content.decode()
    assert f'#comment-{comment.uid}">青山 凛さんへの返信</a>' in page
    commenting.remove_comment(comment, by=cast.aoyama)
    page = client.get(account.get_absolute_url()).content.decode()
    assert ("このコメントは削除されました" in page, "blockquote" in page) == (True, True)
    late = client.post(base, {"text": "書いた言葉", "quotes": comment.uid}, headers=HTMX)
    assert (late.status_code, "書いた言葉" in late.content.decode()) == (422, True)
    assert client.get(f"{base}?quotes=odd", headers=HTMX).status_code == 200
