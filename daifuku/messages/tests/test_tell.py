"""Who is told what: the new person in charge, whoever is mentioned, whoever waits for the end of a job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone, translation

from daifuku.foundation.errors import Conflict, NotFound
from daifuku.jobs import handlers, queue
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off
from daifuku.ledger import erasing, subscribing
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.messages import notices, subscribers
from daifuku.messages.models import Mail, Notice
from daifuku.records import actions
from daifuku.records.actions.commenting import write_comment
from daifuku.records.actions.reacting import react

if TYPE_CHECKING:
    from daifuku.messages.tests.conftest import MailServer
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only this area's subscribers, from now on."""
    monkeypatch.setattr(subscribing, "_subscribers", {})
    subscribers.subscribe()
    subscribing.deliver()
    yield


def told(person: Person) -> list[str]:
    return [notice.sentence for notice in Notice.objects.filter(person=person).order_by("id")]


def test_the_new_person_in_charge_is_told(cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉商事"}, by=cast.osaki)
    actions.edit(account, {"owner": cast.aoyama}, by=cast.osaki)
    subscribing.deliver()
    assert told(cast.aoyama) == ["大崎 涼さんが、あなたを「青葉商事」の担当にしました。"]
    assert told(cast.osaki) == []
    assert Notice.objects.get().url == account.get_absolute_url()


def test_a_new_record_for_a_colleague_is_told(cast: Cast) -> None:
    actions.create("account", {"name": "青葉商事", "owner": cast.baba}, by=cast.osaki)
    subscribing.deliver()
    assert len(told(cast.baba)) == 1


def test_whoever_takes_a_record_himself_knows(cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉商事"}, by=cast.osaki)
    actions.edit(account, {"owner": cast.aoyama}, by=cast.osaki)
    actions.edit(account, {"owner": cast.osaki}, by=cast.osaki)
    subscribing.deliver()
    assert told(cast.osaki) == []


def test_a_delivery_that_comes_twice_is_told_once(cast: Cast) -> None:
    actions.create("account", {"name": "青葉商事", "owner": cast.baba}, by=cast.osaki)
    subscribing.deliver()
    notice = Notice.objects.get()
    assert notice.event is not None
    subscribers.tell_in_charge(notice.event)
    assert Notice.objects.count() == 1


def test_of_many_at_once_one_sentence_tells(cast: Cast) -> None:
    accounts = [actions.create("account", {"name": f"会社{n}"}, by=cast.osaki) for n in range(3)]
    with ledger.writing():
        cause = ledger.record("account.bulk_edited", by=cast.osaki)
    with through(cause=cause):
        actions.edit_many("account", [a.pk for a in accounts], {"owner": cast.aoyama}, by=cast.osaki)
    subscribing.deliver()
    assert told(cast.aoyama) == ["大崎 涼さんが担当をまとめて変更し、あなたの担当が増えました。"]


def test_it_goes_by_mail_as_well_where_there_is_a_server(cast: Cast, mail_server: MailServer) -> None:
    account = actions.create("account", {"name": "青葉商事", "owner": cast.baba}, by=cast.osaki)
    subscribing.deliver()
    mail = Mail.objects.get()
    assert (mail.to, "青葉商事" in mail.subject) == ("baba@example.jp", True)
    assert f"http://localhost:8000{account.get_absolute_url()}" in mail.text


def test_without_a_server_there_is_no_mail(cast: Cast) -> None:
    actions.create("account", {"name": "青葉商事", "owner": cast.baba}, by=cast.osaki)
    subscribing.deliver()
    assert (Notice.objects.count(), Mail.objects.count()) == (1, 0)


def test_whoever_is_called_in_a_comment_is_told(cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    write_comment(account, "見積をお願いします", by=cast.aoyama, mentions=[cast.baba, cast.aoyama])
    subscribing.deliver()
    assert told(cast.baba) == ["青山 凛さんが「青葉商事」のコメントであなたを呼んでいます。"]
    assert told(cast.aoyama) == []


def test_whose_comment_is_answered_is_told_once(cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    first = write_comment(account, "見積を出しました", by=cast.baba)
    write_comment(account, "ありがとう", by=cast.aoyama, quotes=first.uid)
    write_comment(account, "訂正です", by=cast.baba, quotes=first.uid)
    subscribing.deliver()
    assert told(cast.baba) == ["青山 凛さんが「青葉商事」であなたのコメントに返信しました。"]
    write_comment(account, "急ぎます", by=cast.aoyama, quotes=first.uid, mentions=[cast.baba])
    subscribing.deliver()
    assert told(cast.baba)[1:] == ["青山 凛さんが「青葉商事」のコメントであなたを呼んでいます。"]


def test_whoever_no_longer_sees_the_record_hears_of_no_answer(cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    first = write_comment(account, "見積を出しました", by=cast.senda)
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    write_comment(account, "ありがとう", by=cast.aoyama, quotes=first.uid)
    react(first, "thanks", by=cast.aoyama)
    subscribing.deliver()
    assert told(cast.senda) == []


def test_reactions_to_a_comment_are_told_once_and_by_no_mail(cast: Cast, mail_server: MailServer) -> None:
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    comment = write_comment(account, "受注しました", by=cast.aoyama)
    react(comment, "thanks", by=cast.aoyama)
    react(comment, "congratulations", by=cast.baba)
    react(comment, "congratulations", by=cast.osaki)
    subscribing.deliver()
    assert told(cast.aoyama) == ["馬場 健さんが「青葉商事」のあなたのコメントにリアクションしました。"]
    assert (Notice.objects.get().url.endswith(f"#comment-{comment.uid}"), Mail.objects.count()) == (True, 0)


def test_an_erased_record_is_not_named_any_more(cast: Cast, mail_server: MailServer) -> None:
    lead = actions.create(
        "lead", {"family_name": "山田", "company": "山田商店", "owner": cast.baba}, by=cast.osaki
    )
    subscribing.deliver()
    erasing.erase("lead", lead.pk, by=cast.mizuno, kind="lead.erased")
    subscribing.deliver()
    assert (Notice.objects.count(), Mail.objects.count()) == (0, 0)


def test_a_notice_is_in_the_language_of_whoever_reads(cast: Cast) -> None:
    notices.notify(cast.aoyama, kind="x", sentence=notices.Sentence("保存 %(n)s", {"n": 3}))
    with translation.override("en"):
        assert told(cast.aoyama) == ["保存 3"]


def test_a_percent_sign_in_plain_text_is_itself(cast: Cast) -> None:
    assert notices.notify(cast.aoyama, kind="x", sentence="100%です").sentence == "100%です"


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_a_notice_leads_nowhere_outside(url: str, cast: Cast) -> None:
    assert notices.notify(cast.aoyama, kind="x", sentence="読む", url=url).url == ""


def test_reading_marks_one_or_all_of_ones_own(cast: Cast) -> None:
    mine = [notices.notify(cast.aoyama, kind="x", sentence=f"{n}") for n in range(3)]
    notices.notify(cast.baba, kind="x", sentence="他人")
    notices.read(cast.aoyama, mine[0].uid)
    assert notices.unread_count(cast.aoyama) == 2
    notices.read_all(cast.aoyama, up_to=mine[1].uid)
    assert notices.unread_count(cast.aoyama) == 1
    notices.read_all(cast.aoyama)
    assert (notices.unread_count(cast.aoyama), notices.unread_count(cast.baba)) == (0, 1)
    with pytest.raises(NotFound):
        notices.read(cast.baba, mine[0].uid)


def test_the_end_of_a_long_job_and_a_failure_are_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(running: object) -> None:
        raise Conflict("no")

    monkeypatch.setattr(handlers, "_handlers", {})
    handlers.register("quick", lambda running: None)
    handlers.register("refuse", refuse)
    queue.enqueue("quick", {}, by=cast.aoyama, title="短い")
    long = queue.enqueue("quick", {}, by=cast.aoyama, title="長い取り込み")
    Job.objects.filter(pk=long.pk).update(created_at=timezone.now() - timedelta(minutes=5))
    queue.enqueue("refuse", {}, by=cast.aoyama, title="一括変更")
    queue.enqueue("quick", {}, by=None, title="夜の検査")
    work_off()
    assert told(cast.aoyama) == ["「長い取り込み」が終わりました。", "「一括変更」は終わりませんでした。"]
