"""The morning page by mail: on working days, once, to each as much as he may know."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from daifuku.daily.actions import edit_habits
from daifuku.daily.models import habits
from daifuku.daily.morning import mailing
from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.messages.models import Mail
from daifuku.records import actions, undoing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TOKYO = ZoneInfo("Asia/Tokyo")
MONDAY = datetime(2026, 11, 16, 7, 31, tzinfo=TOKYO)
FRIDAY = datetime(2026, 11, 13, 10, 0, tzinfo=TOKYO)


@pytest.fixture(autouse=True)
def _server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.jp"


def test_each_gets_what_he_may_know_once(cast: Cast, talk_at: Any, firm: Any) -> None:
    talk = talk_at(FRIDAY, content="complaint", subject="箱の破損", text="内密の事情")
    assert mailing.send_all(MONDAY) == 2, "the president and the head of sales"
    assert mailing.send_all(MONDAY + timedelta(minutes=1)) == 0
    mail = Mail.objects.get(to=cast.mori.email)
    for words in (mail.text, mail.html):
        assert "箱の破損" in words
        assert talk.get_absolute_url() in words
        assert "内密の事情" not in words, "the words of customers stay in the program"
    assert "朝の一枚 11月13日" in mail.subject


def test_what_is_private_is_not_mailed(cast: Cast, talk_at: Any, firm: Any) -> None:
    talk_at(FRIDAY, content="complaint", subject="箱の破損")
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    mailing.send_all(MONDAY)
    assert "箱の破損" not in "".join(Mail.objects.values_list("text", flat=True))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 14, 8, 0, tzinfo=TOKYO),  # a Saturday
        datetime(2026, 11, 23, 8, 0, tzinfo=TOKYO),  # 勤労感謝の日
        datetime(2026, 11, 16, 7, 29, tzinfo=TOKYO),  # too early
    ],
)
def test_not_on_days_off_and_not_before_its_time(cast: Cast, moment: datetime) -> None:
    assert mailing.send_all(moment) == 0


def test_the_administrator_says_when_and_to_whom(cast: Cast) -> None:
    edit_habits({"mails_at": "08:15", "readers": ["president"]}, by=cast.mizuno)
    assert mailing.send_all(MONDAY) == 0
    assert mailing.send_all(MONDAY + timedelta(hours=1)) == 1
    with pytest.raises(Forbidden):
        edit_habits({"mails": False}, by=cast.aoyama)
    with pytest.raises(Invalid):
        edit_habits({"mails_at": "朝", "switches_at": 25}, by=cast.mizuno)
    undoing.undo(Event.objects.get(kind="daily.habits_changed"), by=cast.mizuno)
    assert sorted(habits().readers) == ["manager", "president"]
