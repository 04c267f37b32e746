"""Whoever enters little is asked why once a week; then who leads him hears of it, then the president."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from daifuku.duties import telling
from daifuku.duties.actions import answer_why, ask_why, owe
from daifuku.duties.models import Policy, Why
from daifuku.duties.tests.conftest import at, when
from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.records import undoing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules() -> Policy:
    return Policy.objects.get()


def low_week(cast: Cast, monday: date) -> None:
    for number in range(5):
        due = at(2, 12) + (monday - date(2026, 11, 2))
        owe(f"{monday}:{number}", origin="plan", owner=cast.aoyama, due_at=due)


def test_on_the_first_working_day_of_the_week_and_once(cast: Cast, rules: Policy) -> None:
    low_week(cast, date(2026, 11, 16))
    with when(at(24, 6)):
        assert ask_why(date(2026, 11, 23), rules) == [], "a holiday"
        (why,) = ask_why(date(2026, 11, 24), rules)
        assert ask_why(date(2026, 11, 24), rules) == [why]
        assert ask_why(date(2026, 11, 25), rules) == []
    assert (why.person, why.percent, why.weeks) == (cast.aoyama, 0, 1)


def test_nobody_is_asked_where_the_firm_does_not_want_it(cast: Cast, rules: Policy) -> None:
    low_week(cast, date(2026, 11, 16))
    rules.asks_why = False
    with when(at(24, 6)):
        assert ask_why(date(2026, 11, 24), rules) == []


def test_the_manager_hears_of_it_after_two_weeks_the_president_after_four(cast: Cast, rules: Policy) -> None:
    heard = []
    for week in range(4):
        monday = date(2026, 10, 5) + timedelta(weeks=week)
        low_week(cast, monday)
        nxt = monday + timedelta(days=7 if week != 0 else 8)
        with when(at(2, 6) + (nxt - date(2026, 11, 2))):
            asked = ask_why(nxt, rules)
            telling.ask(asked)
            telling.escalate(asked, rules)
            telling.escalate(asked, rules)
        heard.append(sorted(str(n.person) for n in Notice.objects.filter(kind="duties.low")))
        Notice.objects.filter(kind="duties.low").delete()
    assert heard == [[], [str(cast.osaki)], [str(cast.osaki)], sorted([str(cast.osaki), str(cast.mori)])]


def test_the_answer_is_counted_and_can_be_taken_back(cast: Cast) -> None:
    why = Why.objects.create(person=cast.aoyama, week=date(2026, 11, 16), percent=20)
    with pytest.raises(Forbidden):
        answer_why(why, "time", by=cast.baba)
    with pytest.raises(Invalid):
        answer_why(why, "lazy", by=cast.aoyama)
    answer_why(why, "fields", by=cast.aoyama)
    assert Why.objects.get().reason == "fields"
    undoing.undo(Event.objects.get(kind="duties.why_answered"), by=cast.aoyama)
    assert Why.objects.get().answered_at is None
