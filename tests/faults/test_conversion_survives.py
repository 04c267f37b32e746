"""kill -9 between the steps of a conversion, a hundred times: there is all of it or nothing, and never an orphan."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections

from daifuku.activities.models import Talk
from daifuku.conversion.actions import Wanted, convert
from daifuku.conversion.models import Conversion
from daifuku.customers.models import Account, Contact, Lead
from daifuku.deals.models import Deal
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.actions import commenting
from daifuku.records.models import Comment

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
KILLS = 100


class Killed:
    """Ends the process in which it is at its `step`-th question to the database, as a power cut would."""

    def __init__(self, step: int) -> None:
        self.step, self.asked = step, 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.asked += 1
        if self.asked == self.step:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)


def a_lead(cast: Cast, number: int) -> Lead:
    values = {"family_name": f"山田{number}", "company": f"みどり商店{number}", "interest": "ヨーグルト"}
    lead: Lead = actions.create("lead", values, by=cast.aoyama)
    talk = {"lead": lead, "method": "phone", "content": "question", "text": "電話した"}
    actions.create("talk", talk, by=cast.aoyama)
    commenting.write_comment(lead, "よろしく", by=cast.aoyama)
    return lead


def begun_and_killed(lead: Lead, cast: Cast, step: int) -> bool:
    """In a process of its own, with a connection of its own; whether it was killed before it was done."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            with connection.execute_wrapper(Killed(step)):
                convert(lead, Wanted(deal=True), by=cast.aoyama)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def assert_whole(lead: Lead) -> bool:
    """All of it or nothing; whether it was all."""
    now = Lead.plain.get(pk=lead.pk)
    done = Conversion.objects.filter(lead=lead).first()
    assert (now.converted_at is not None) == (done is not None)
    assert Account.plain.count() == Contact.plain.count() == Deal.plain.count() == Conversion.objects.count()
    assert Event.objects.filter(kind="lead.converted").count() == Conversion.objects.count()
    talk = Talk.plain.get(lead=lead)
    here: tuple[str, Any] = ("account", done.account_id) if done else ("lead", lead.pk)
    assert talk.account_id == (done.account_id if done else None)
    assert Comment.objects.filter(object=here[0], record_id=here[1]).count() == 1
    return done is not None


def questions_of_one(cast: Cast) -> int:
    """How often a conversion asks the database: so many places there are at which it can end. The first of a process
    asks for more, and what makes the lead is not part of it."""
    convert(a_lead(cast, 0), Wanted(deal=True), by=cast.aoyama)
    lead, counted = a_lead(cast, 2), Killed(0)
    with connection.execute_wrapper(counted):
        convert(lead, Wanted(deal=True), by=cast.aoyama)
    return counted.asked


def test_killed_between_its_steps_it_leaves_no_orphan(cast: Cast) -> None:
    questions, lead, kills = questions_of_one(cast), a_lead(cast, 1), 0
    for kill in range(KILLS):
        kills += begun_and_killed(lead, cast, 1 + kill * questions // KILLS)
        assert not assert_whole(lead), kill
    assert kills == KILLS
    assert not begun_and_killed(lead, cast, questions * 2)
    assert assert_whole(lead)
