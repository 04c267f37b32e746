"""What is due goes out once: one mail for all that waited, by customer, in order; never at night, never twice."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation.calendar import is_business_day
from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages import outbox
from daifuku.messages.models import Mail, Notice, Receiving, Timing
from daifuku.messages.notices import Sentence, unread_count
from daifuku.messages.sharing import digests, own, times
from daifuku.messages.subscribers import tell
from daifuku.records import actions
from daifuku.records.actions.erasing import erase

if TYPE_CHECKING:
    from daifuku.messages.tests.conftest import MailServer
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

NIGHT = Receiving(person_id=1, quiet_from=time(20), quiet_until=time(7), quiet_days=True)


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("timing", "now", "due"),
    [
        ("at_once", "2026-11-26 10:00", "2026-11-26 10:00"),
        ("at_once", "2026-11-26 20:00", "2026-11-27 07:00"),
        ("at_once", "2026-11-26 03:00", "2026-11-26 07:00"),
        ("at_once", "2026-11-27 21:00", "2026-11-30 07:00"),
        ("at_once", "2026-11-28 12:00", "2026-11-30 07:00"),
        ("hourly", "2026-11-26 10:15", "2026-11-26 11:00"),
        ("hourly", "2026-11-26 19:30", "2026-11-27 07:00"),
        ("morning", "2026-11-26 10:00", "2026-11-27 08:00"),
        ("morning", "2026-11-26 02:00", "2026-11-26 08:00"),
        ("morning", "2026-11-27 10:00", "2026-11-30 08:00"),
        ("morning", "2026-12-31 10:00", "2027-01-04 08:00"),
        ("weekly", "2026-11-26 10:00", "2026-11-30 08:00"),
        ("weekly", "2026-11-30 10:00", "2026-12-07 08:00"),
        ("weekly", "2026-11-30 07:00", "2026-11-30 08:00"),
    ],
)
def test_when_it_is_due(timing: str, now: str, due: str) -> None:
    assert times.due(Timing(timing), at(now), NIGHT) == at(due)


def test_in_the_app_alone_nothing_goes_out() -> None:
    assert times.due(Timing.APP, at("2026-11-26 10:00"), NIGHT) is None


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.times(), st.times(), st.booleans(),
    st.sampled_from([Timing.AT_ONCE, Timing.HOURLY, Timing.MORNING, Timing.WEEKLY]),
)  # fmt: skip
def test_nothing_is_ever_due_in_somebodys_quiet_hours(
    now: datetime, begin: time, end: time, days: bool, timing: Timing
) -> None:
    receiving = Receiving(person_id=1, quiet_from=begin, quiet_until=end, quiet_days=days)
    moment = timezone.make_aware(now)
    due = times.due(timing, moment, receiving)
    assert due is not None and due >= moment
    local = timezone.localtime(due)
    assert not days or is_business_day(local.date())
    if begin < end:
        assert not begin <= local.time() < end
    elif begin > end:
        assert end <= local.time() < begin


@pytest.fixture
def accounts(cast: Cast) -> list[Any]:
    return [actions.create("account", {"name": name}, by=cast.aoyama) for name in ("青葉商事", "若葉産業")]


def waiting(person: Person, record: Any, words: str, **more: Any) -> Notice:
    made: Notice = Notice.objects.create(
        person=person, kind="shared.x", text=words, object=record.object_key, record_id=record.pk,
        customer=record.pk, timing="morning", due_at=timezone.now() - timedelta(seconds=1),
        url=record.get_absolute_url(), **more,
    )  # fmt: skip
    return made


@pytest.mark.django_db
def test_one_mail_tells_all_that_waited_by_customer_and_in_order(
    cast: Cast, accounts: list[Any], mail_server: MailServer
) -> None:
    for number, record in enumerate([accounts[0], accounts[1], accounts[0]]):
        waiting(cast.mori, record, f"出来事{number}", details="単価: 100円" if number else "")
    assert unread_count(cast.mori) == 0
    assert digests.send_due() == 1
    assert outbox.send_due() == 1
    (message,) = mail_server.received
    assert message["Subject"] == "お知らせ3件（青葉商事ほか）"
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert text.index("青葉商事") < text.index("出来事0") < text.index("出来事2") < text.index("若葉産業")
    assert "単価: 100円" in text
    html = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "<h2>" in html and "出来事1" in html
    assert unread_count(cast.mori) == 3
    assert digests.send_due() == 0 and Mail.objects.count() == 1


@pytest.mark.django_db
def test_what_was_read_or_may_not_be_seen_any_more_is_left_out(
    cast: Cast, accounts: list[Any], mail_server: MailServer
) -> None:
    waiting(cast.mori, accounts[0], "読んだもの", read_at=timezone.now())
    waiting(cast.mori, accounts[1], "秘密になったもの")
    actions.edit(accounts[1], {"privacy": "private"}, by=cast.aoyama)
    digests.send_due()
    assert not Mail.objects.exists()
    assert not Notice.objects.filter(due_at__isnull=False).exists()


@pytest.mark.django_db
def test_a_kill_in_between_loses_nothing_and_sends_nothing_twice(
    cast: Cast, accounts: list[Any], mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(cast.mori, accounts[0], "出来事")
    with monkeypatch.context() as patch:
        patch.setattr(digests, "_by_mail", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            digests.send_due()
    assert not Mail.objects.exists()
    digests.send_due()
    digests.send_due()
    assert Mail.objects.count() == 1


@pytest.mark.django_db
def test_at_night_a_mention_waits_until_morning_but_is_in_the_app(
    cast: Cast, accounts: list[Any], mail_server: MailServer
) -> None:
    now = timezone.localtime()
    begin, end = (now - timedelta(hours=1)).time(), (now + timedelta(hours=1)).time()
    own.be_reached(
        by=cast.mori, quiet_from=begin, quiet_until=end, quiet_days=False, by_mail=True, push_words=True
    )
    event = accounts[0]
    line = Event.objects.latest("pk")
    tell(cast.mori, "comment.mentioned", Sentence("呼ばれています"), event.get_absolute_url(), line)
    assert not Mail.objects.exists()
    assert unread_count(cast.mori) == 1
    notice = Notice.objects.get(person=cast.mori)
    assert (
        notice.due_at is not None
        and times.out_of_quiet(notice.due_at, Receiving.objects.get()) == notice.due_at
    )
    Notice.objects.update(due_at=timezone.now())
    digests.send_due()
    assert Mail.objects.get().subject == "呼ばれています"


@pytest.mark.django_db
def test_whoever_wants_no_mail_gets_none(cast: Cast, accounts: list[Any], mail_server: MailServer) -> None:
    own.be_reached(
        by=cast.mori, quiet_from=time(0), quiet_until=time(0), quiet_days=False, by_mail=False, push_words=True
    )  # fmt: skip
    waiting(cast.mori, accounts[0], "出来事")
    digests.send_due()
    assert not Mail.objects.exists() and unread_count(cast.mori) == 1


@pytest.mark.django_db(transaction=True)
def test_an_erased_person_is_taken_out_of_a_digest_that_has_not_gone(
    cast: Cast, accounts: list[Any], mail_server: MailServer
) -> None:
    subscribing.deliver()
    lead = actions.create("lead", {"family_name": "秘山", "company": "x"}, by=cast.aoyama)
    line = Event.objects.latest("pk")
    waiting(cast.mori, accounts[0], "残るもの")
    gone = waiting(cast.mori, accounts[0], "秘山さんのこと", event=line)
    digests.send_due()
    assert "秘山" in Mail.objects.get().text
    erase(lead, by=cast.mizuno)
    subscribing.deliver()
    assert not Notice.objects.filter(pk=gone.pk).exists()
    digests.send_due()
    assert "残るもの" in Mail.objects.get().text and "秘山" not in Mail.objects.get().text
