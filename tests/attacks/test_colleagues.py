"""How somebody enters, why he did not, what he earns: for himself and for whoever leads him, whichever way is tried."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daifuku.api.tests.support import Program, said
from daifuku.duties.actions import owe, plead
from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.staff.models import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def missing(cast: Cast) -> Any:
    """青山 has not entered what he promised about a customer whom everybody sees."""
    from daifuku.daily.days import business_day
    from daifuku.daily.models import habits
    from daifuku.duties.models import Duty, Policy

    Policy.objects.create(begins_on=date(2020, 1, 1))
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    due = timezone.now() - timedelta(hours=1)
    duty = owe("test:1", origin="rule:x", owner=cast.aoyama, due_at=due, subject=firm)
    # A duty waits over the weekend; these tests do not.
    Duty.objects.filter(pk=duty.pk).update(due_at=due, due_on=business_day(timezone.now(), habits()))
    duty.refresh_from_db()
    return firm, duty


def test_the_history_of_a_customer_does_not_tell_who_entered_nothing(
    cast: Cast, missing: Any, login_as: Callable[[Person], Client]
) -> None:
    firm, duty = missing
    plead(duty, "急病でした", by=cast.aoyama)
    for person in (cast.senda, cast.aoyama):
        for address in (firm.get_absolute_url(), f"{firm.get_absolute_url()}history/"):
            page = login_as(person).get(address).content.decode()
            assert "入力できなかった理由" not in page
            assert "急病" not in page


def test_a_program_does_not_learn_what_a_colleague_has_not_entered(cast: Cast, missing: Any) -> None:
    address = f"/daily/day?person={cast.aoyama.uid}"
    assert said(Program(cast.baba).get(address))["gaps"] == []
    assert [len(said(Program(each).get(address))["gaps"]) for each in (cast.aoyama, cast.osaki)] == [1, 1]


def test_a_lead_does_not_tell_how_colleagues_enter(cast: Cast, login_as: Callable[[Person], Client]) -> None:
    from daifuku.distribution.models import Decision, Passed

    lead = actions.create("lead", {"family_name": "客", "company": "架空産業"}, by=cast.mizuno)
    decision = Decision.objects.create(
        lead=lead, at=timezone.now(), state="given", reason="turn", person=cast.baba
    )
    facts = {"percent": 62, "low": 80, "back": 90, "good": 0, "days": 5}
    Passed.objects.create(
        decision=decision, person=cast.aoyama, why=Passed.Why.RATE, facts=facts, at=timezone.now()
    )
    told = {
        person: (
            "62%" in login_as(person).get(lead.get_absolute_url()).content.decode(),
            len(said(Program(person).get(f"/distribution/leads/{lead.uid}"))["items"][0]["passed"]),
        )
        for person in (cast.senda, cast.baba, cast.aoyama, cast.osaki)
    }
    assert told == {
        cast.senda: (False, 0), cast.baba: (False, 0), cast.aoyama: (True, 1), cast.osaki: (True, 1),
    }  # fmt: skip


def test_the_terms_do_not_tell_whose_wage_is_the_lowest(cast: Cast) -> None:
    from daifuku.penalties.actions import edit_terms, set_wage

    set_wage(cast.aoyama, 7_340, 220_000, by=cast.mizuno)
    wish = {"on": True, "mode": "discipline", "amount": 99_999, "work_rules": "第48条"}
    keeper = Role.objects.create(key="keeper", name="設定係", grants={}, powers=["settings"])
    cast.baba.roles.set([keeper])
    with pytest.raises(Invalid) as told:
        edit_terms(wish, by=cast.baba)
    [sentence] = [str(each.message) for each in told.value.problems]
    assert "91条" in sentence
    assert not any(word in sentence for word in ("青山", "3,670", "7,340"))
    with pytest.raises(Invalid, match="青山.*3,670"):
        edit_terms(wish, by=cast.mizuno)


def test_a_wage_does_not_come_back_by_a_token_that_may_not_set_it(cast: Cast) -> None:
    from daifuku.penalties.actions import set_wage
    from daifuku.penalties.models import Wage

    set_wage(cast.aoyama, 7_340, 220_000, by=cast.mizuno)
    line = Event.objects.get(kind="penalty.wage_set")
    assert Program(cast.mizuno).post(f"/events/{line.pk}/undo").status_code == 403
    assert Wage.objects.exists()
    said(Program(cast.mizuno, ("read", "write", "staff")).post(f"/events/{line.pk}/undo"))
    assert not Wage.objects.exists()


def test_an_auditor_does_not_give_handed_rows_back(cast: Cast) -> None:
    from daifuku.handover.movers.rows import move_rows
    from daifuku.records.models import View

    view = View.objects.create(object="account", name="皆の表", owner=cast.aoyama, shared=True)
    move_rows("view", [view.pk], cast.aoyama, cast.baba, cast.osaki)
    role = Role.objects.get(key="reader")
    role.powers = ["audit"]
    role.save()
    line = Event.objects.get(kind="handover.rows_moved")
    with pytest.raises(Forbidden):
        undoing.undo(line, by=cast.eguchi)
    undoing.undo(line, by=cast.osaki)
    assert View.objects.get().owner == cast.aoyama


@pytest.mark.parametrize("field", ["text"])
def test_what_is_hidden_of_a_talk_does_not_come_out_as_a_voice_or_as_minutes(
    cast: Cast, field: str, login_as: Callable[[Person], Client]
) -> None:
    from daifuku.voices.actions import pick
    from daifuku.voices.models import Voice

    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    values = {
        "account": firm, "method": "visit", "content": "other", "subject": "定例",
        "text": "【課題】\n決定: 極秘の値引きをする", "started_at": timezone.now() - timedelta(hours=1),
    }  # fmt: skip
    with through("page", at=datetime.now(tz=timezone.get_default_timezone())):
        talk = actions.create("talk", values, by=cast.aoyama)
    role = Role.objects.get(key="manager")
    role.field_rules = {"talk": {field: "hidden"}}
    role.save()
    client = login_as(cast.osaki)
    for address in (
        talk.get_absolute_url(), reverse("voices:pick", args=[talk.uid]), reverse("minutes:print", args=[talk.uid]),
        reverse("minutes:edit", args=[talk.uid]), firm.get_absolute_url(),
    ):  # fmt: skip
        assert "極秘" not in client.get(address).content.decode(), address
    for path in (f"/talks/{talk.uid}", f"/talks/{talk.uid}/minutes"):
        assert "極秘" not in Program(cast.osaki).get(path).content.decode(), path
    with pytest.raises(Invalid):
        pick(talk, {"topic": "wish"}, by=cast.osaki)
    assert not Voice.plain.filter(text__contains="極秘").exists()
