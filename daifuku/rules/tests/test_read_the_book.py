"""The rule book: written, published as an edition, announced, read and confirmed, compared with the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.ledger.subscribing import deliver
from daifuku.messages.models import Notice
from daifuku.records import undoing
from daifuku.rules import actions, editions
from daifuku.rules.models import Book, Confirmation, Edition, Rule, unread_edition

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

# What reads the ledger sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def book(cast: Cast) -> Edition:
    deliver()
    actions.install_shipped(by=cast.mizuno)
    return Edition.objects.get()


def test_it_comes_filled(cast: Cast, book: Edition, client: Client) -> None:
    client.force_login(cast.aoyama)
    page = client.get("/rule-book/").content.decode()
    for words in (
        "受注日・受注商品・納期",
        "500円",
        "会社名、都道府県",
        "電話が終わってから15分のうちに",
        "第1版",
    ):
        assert words in page


def test_everybody_is_told_and_confirms_with_one_tap(cast: Cast, book: Edition, client: Client) -> None:
    deliver()
    assert "第1版" in Notice.objects.get(person=cast.aoyama, kind="rules.book").sentence
    assert not Notice.objects.filter(person=cast.mizuno, kind="rules.book").exists()
    assert unread_edition(cast.aoyama.pk) == 1
    client.force_login(cast.aoyama)
    client.post("/rule-book/confirm/", {"number": "1"})
    client.post("/rule-book/confirm/", {"number": "1"})
    assert Confirmation.objects.filter(person=cast.aoyama).count() == 1
    assert unread_edition(cast.aoyama.pk) is None
    undoing.undo(Event.objects.get(kind="rule_book.confirmed"), by=cast.aoyama)
    assert unread_edition(cast.aoyama.pk) == 1


def test_home_asks_calmly_until_it_is_confirmed(cast: Cast, book: Edition, client: Client) -> None:
    client.force_login(cast.aoyama)
    assert "運用ルールの第1版を、まだ確認していません。" in client.get("/").content.decode()
    actions.confirm_book(1, by=cast.aoyama)
    assert "まだ確認していません" not in client.get("/").content.decode()


def test_a_change_works_at_once_and_is_published_later(cast: Cast, book: Edition, client: Client) -> None:
    actions.create_rule({"title": "FAX", "object": "account", "required": ["fax"]}, by=cast.mizuno)
    client.force_login(cast.aoyama)
    page = client.get("/rule-book/").content.decode()
    assert "この版のあとに変わったルールがあります" in page
    second = actions.publish_book("FAXを足しました。", by=cast.mizuno)
    assert second.number == 2
    [found] = editions.compare(book.content, second.content)
    assert (found.how, found.title) == ("new", "FAX")
    assert unread_edition(cast.aoyama.pk) == 2
    assert "FAXを入力します" not in client.get("/rule-book/1/").content.decode()
    assert "FAXを足しました。" in client.get("/rule-book/compare/").content.decode()


def test_who_reads_the_old_one_confirms_nothing(cast: Cast, book: Edition) -> None:
    actions.write_book([{"title": "新しい決まり", "text": "本文"}], by=cast.mizuno)
    actions.publish_book("", by=cast.mizuno)
    with pytest.raises(Conflict):
        actions.confirm_book(1, by=cast.aoyama)


def test_nothing_new_is_not_published(cast: Cast, book: Edition) -> None:
    with pytest.raises(Conflict):
        actions.publish_book("", by=cast.mizuno)
    with pytest.raises(Forbidden):
        actions.publish_book("", by=cast.aoyama)


def test_the_administrator_sees_who_has_not_read_it(cast: Cast, book: Edition, client: Client) -> None:
    deliver()
    actions.confirm_book(1, by=cast.baba)
    client.force_login(cast.mizuno)
    page = client.get("/settings/rules/readers/").content.decode()
    assert "まだ確認していない人（5人）" in page
    client.post("/settings/rules/remind/")
    deliver()
    assert Notice.objects.filter(person=cast.aoyama, kind="rules.book").count() == 2
    assert Notice.objects.filter(person=cast.baba, kind="rules.book").count() == 1


def test_headings_are_moved_without_being_saved(cast: Cast, book: Edition, client: Client) -> None:
    client.force_login(cast.mizuno)
    before = Book.objects.get().sections
    sent: dict[str, Any] = {"version": "2", "place": ["0", "1"], "do": "down:0"}
    for place, title in enumerate(("いち", "に")):
        sent |= {f"key-{place}": title, f"title-{place}": title, f"text-{place}": f"{title}の文"}
    page = client.post("/settings/rules/book/", sent).content.decode()
    assert page.index('value="に"') < page.index('value="いち"')
    assert Book.objects.get().sections == before
    assert client.post("/settings/rules/book/", sent | {"do": "save"}).status_code == 302
    assert [each["title"] for each in Book.objects.get().sections] == ["いち", "に"]
    undoing.undo(Event.objects.filter(kind="rule_book.written").latest("pk"), by=cast.mizuno)
    assert Book.objects.get().sections == before


def test_a_heading_without_words_keeps_the_text(cast: Cast, book: Edition, client: Client) -> None:
    client.force_login(cast.mizuno)
    sent = {"version": "2", "place": ["0"], "title-0": "", "text-0": "大事な文", "do": "save"}
    answer = client.post("/settings/rules/book/", sent)
    assert answer.status_code == 422
    assert "大事な文" in answer.content.decode()
    with pytest.raises(Invalid):
        actions.write_book([{"title": "い" * 81}], by=cast.mizuno)


def test_rules_about_what_one_may_not_see_are_not_told(cast: Cast, book: Edition, client: Client) -> None:
    rep = cast.aoyama.roles.get()
    rep.field_rules = {"account": {"representative": "hidden"}}
    rep.save()
    client.force_login(cast.aoyama)
    assert "新規顧客の担当者の入力" in (page := client.get("/rule-book/").content.decode())
    assert "会社名、都道府県、市区町村、電話番号、代表者" not in page


def test_nobody_publishes_an_empty_book(cast: Cast) -> None:
    with pytest.raises(Invalid):
        actions.publish_book("", by=cast.mizuno)
    assert not Rule.objects.exists()
