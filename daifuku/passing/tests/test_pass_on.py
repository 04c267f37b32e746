"""A ready lead is passed on to sales, who take it or give it back with a reason; both are timed, told and undone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.customers.models import Lead
from daifuku.distribution.actions import keep_taker
from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.passing import sweeping, telling
from daifuku.passing.actions import accept, edit_setup, give_back, pass_on
from daifuku.passing.models import Handing, Setup
from daifuku.records import actions, undoing
from daifuku.records.actions import erasing, taking

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
# A Tuesday: 10:00, 13:00 and the next day 11:00 in Tokyo.
TEN, ONE, NEXT = (datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((24, 1), (24, 4), (25, 2)))


def now(lead: Any) -> Lead:
    found: Lead = Lead.plain.get(pk=lead.pk)
    return found


def fresh(handing: Any) -> Handing:
    return Handing.objects.get(pk=handing.pk)


def told(person: Any) -> list[str]:
    """As the subscribers do after the transaction."""
    for event in Event.objects.filter(kind="lead.passed_on"):
        telling.tell_passed(event)
    for event in Event.objects.filter(kind__in=["lead.pass_accepted", "lead.given_back"]):
        telling.tell_answered(event)
    return [str(notice.sentence) for notice in Notice.objects.filter(person=person).order_by("id")]


def latest(kind: str) -> Event:
    return Event.objects.filter(kind=kind).latest("id")


def test_sales_take_it_and_it_is_timed_in_working_hours(cast: Cast, lead: Any) -> None:
    with through(at=TEN):
        handing = pass_on(lead, cast.aoyama, "来期の予算で検討中", by=cast.osaki)
    assert (now(lead).owner, handing.before) == (cast.aoyama, cast.osaki)
    assert any("佐藤" in each and "引き渡し" in each for each in told(cast.aoyama))
    with through(at=NEXT):
        accept(handing, by=cast.aoyama)
    assert (fresh(handing).state, fresh(handing).minutes) == ("accepted", 8 * 60 + 2 * 60)
    assert any("引き受けました" in each for each in told(cast.osaki))


def test_given_back_with_a_reason_whoever_had_it_has_it_again(cast: Cast, lead: Any) -> None:
    with through(at=TEN):
        handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    values = {"reason": "early", "answer": "来年度の予算", "ask_again_on": "2027-04-01"}
    with through(at=ONE):
        give_back(handing, values, by=cast.aoyama)
    assert now(lead).owner == cast.osaki
    assert str(now(lead).ask_again_on) == "2027-04-01"
    assert (fresh(handing).state, fresh(handing).reason, fresh(handing).minutes) == ("returned", "early", 180)
    assert any("まだ時期が早い" in each for each in told(cast.osaki))


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({}, {"reason"}), ({"reason": "nonsense"}, {"reason"}), ({"reason": "other"}, {"answer"}),
        ({"reason": "early", "ask_again_on": "いつか"}, {"ask_again_on"}),
        ({"reason": "early", "answer": "あ" * 501}, {"answer"}),
    ],
)  # fmt: skip
def test_without_a_good_reason_nothing_happens(
    cast: Cast, lead: Any, values: dict[str, str], fields: set[str]
) -> None:
    handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    with pytest.raises(Invalid) as refused:
        give_back(handing, values, by=cast.aoyama)
    assert {each.field for each in refused.value.problems} == fields
    assert fresh(handing).is_waiting


def test_what_is_not_ready_is_refused_with_the_condition(cast: Cast, lead: Any) -> None:
    actions.edit(lead, {"status": "working"}, by=cast.osaki)
    with pytest.raises(Invalid, match="引き渡せる条件.*見込みあり"):
        pass_on(lead, cast.aoyama, by=cast.osaki)


def test_switched_off_nothing_is_passed_on(cast: Cast, lead: Any) -> None:
    edit_setup({"on": False}, by=cast.mizuno)
    with pytest.raises(Conflict, match="使われていません"):
        pass_on(lead, cast.aoyama, by=cast.osaki)


def test_it_waits_once_and_is_answered_once(cast: Cast, lead: Any) -> None:
    handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    with pytest.raises(Conflict, match="返事を待っています"):
        pass_on(now(lead), cast.baba, by=cast.osaki)
    accept(handing, by=cast.aoyama)
    with pytest.raises(Conflict, match="すでに"):
        give_back(handing, {"reason": "early"}, by=cast.aoyama)


def test_a_stranger_neither_passes_on_nor_answers(cast: Cast, lead: Any) -> None:
    with pytest.raises((Forbidden, NotFound)):
        pass_on(lead, cast.senda, by=cast.senda)
    handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    for person in (cast.senda, cast.baba):
        with pytest.raises((Forbidden, NotFound)):
            accept(handing, by=person)
    with pytest.raises(Invalid):
        pass_on(actions.create("lead", {"family_name": "別", "company": "別", "status": "qualified"}, by=cast.osaki),
                cast.osaki, by=cast.osaki)  # fmt: skip


def test_of_a_team_whoever_takes_it_is_in_charge(cast: Cast, lead: Any) -> None:
    handing = pass_on(lead, cast.section, by=cast.osaki)
    assert (now(lead).owner, now(lead).team) == (None, cast.section)
    accept(handing, by=cast.baba)
    assert (now(lead).owner, fresh(handing).person) == (cast.baba, cast.baba)


def test_taken_out_of_the_queue_as_usual_it_is_accepted(cast: Cast, lead: Any) -> None:
    handing = pass_on(lead, cast.section, by=cast.osaki)
    taking.take(now(lead), by=cast.aoyama)
    assert (fresh(handing).state, fresh(handing).person) == ("accepted", cast.aoyama)


def test_by_the_rules_of_distribution_whose_turn_it_is_gets_it(cast: Cast, lead: Any) -> None:
    keep_taker(cast.baba, {}, by=cast.mizuno)
    with through(at=TEN):
        handing = pass_on(lead, by=cast.osaki)
    assert (now(lead).owner, fresh(handing).person) == (cast.baba, cast.baba)
    assert len([each for each in told(cast.baba) if "佐藤" in each]) == 1
    assert latest("lead.distributed").cause == latest("lead.passed_on"), "of one hand-over one sentence tells"


def test_undone_whoever_had_it_has_it_again(cast: Cast, lead: Any) -> None:
    handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    undoing.undo(latest("lead.passed_on"), by=cast.osaki)
    assert (now(lead).owner, fresh(handing).state) == (cast.osaki, "withdrawn")
    again = pass_on(now(lead), cast.aoyama, by=cast.osaki)
    accept(again, by=cast.aoyama)
    undoing.undo(latest("lead.pass_accepted"), by=cast.aoyama)
    assert fresh(again).is_waiting
    give_back(again, {"reason": "early", "ask_again_on": "2027-04-01"}, by=cast.aoyama)
    undoing.undo(latest("lead.given_back"), by=cast.aoyama)
    assert (now(lead).owner, now(lead).ask_again_on, fresh(again).state) == (cast.aoyama, None, "waiting")


def test_an_answer_out_of_the_queue_is_undone_into_the_queue(cast: Cast, lead: Any) -> None:
    handing = pass_on(lead, cast.section, by=cast.osaki)
    accept(handing, by=cast.baba)
    undoing.undo(latest("lead.pass_accepted"), by=cast.baba)
    assert (now(lead).owner, fresh(handing).person, fresh(handing).state) == (None, None, "waiting")


def test_nobody_answers_and_who_leads_is_told_once(cast: Cast, lead: Any) -> None:
    edit_setup({"hours": 4}, by=cast.mizuno)
    with through(at=TEN):
        handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    assert sweeping.escalate(datetime(2026, 11, 24, 4, 59, tzinfo=UTC)) == 0
    assert sweeping.escalate(datetime(2026, 11, 24, 5, 1, tzinfo=UTC)) == 1
    assert sweeping.escalate(datetime(2026, 11, 24, 6, 0, tzinfo=UTC)) == 0
    assert fresh(handing).escalated_at is not None
    assert any("返事がありません" in each for each in told(cast.osaki))


def test_what_becomes_ready_is_passed_on_by_itself_where_wanted(cast: Cast, lead: Any) -> None:
    edit_setup({"automatic": True, "target": "team", "team": cast.other.pk}, by=cast.mizuno)
    assert sweeping.anything_ready()
    assert sweeping.pass_ready() == 1
    handing = Handing.objects.get()
    assert (handing.by, handing.team, now(lead).owner) == (None, cast.other, None)
    assert sweeping.pass_ready() == 0
    give_back(handing, {"reason": "wrong"}, by=cast.senda)
    assert now(lead).owner == cast.osaki
    assert sweeping.pass_ready() == 0


def test_what_was_there_before_it_was_switched_on_stays(cast: Cast) -> None:
    values = {"family_name": "古川", "company": "古川", "status": "qualified"}
    actions.create("lead", values, by=cast.osaki)
    edit_setup({"on": True, "automatic": True, "target": "team", "team": cast.other.pk}, by=cast.mizuno)
    assert sweeping.pass_ready() == 0


def test_given_to_somebody_else_by_hand_that_one_must_answer(cast: Cast, lead: Any) -> None:
    handing = pass_on(lead, cast.aoyama, by=cast.osaki)
    actions.edit(now(lead), {"owner": cast.baba}, by=cast.osaki)
    accept(fresh(handing), by=cast.baba)
    assert now(lead).owner == cast.baba


def test_the_settings_are_cleaned_and_undone(cast: Cast) -> None:
    for wrong, field in (({"hours": "0"}, "hours"), ({"target": "team"}, "team"), ({"team": "9999"}, "team")):
        with pytest.raises(Invalid) as refused:
            edit_setup(wrong, by=cast.mizuno)
        assert {each.field for each in refused.value.problems} == {field}
    with pytest.raises(Forbidden):
        edit_setup({"on": True}, by=cast.aoyama)
    edit_setup({"on": True, "hours": "16"}, by=cast.mizuno)
    undoing.undo(latest("passing.setup_changed"), by=cast.mizuno)
    assert (Setup.objects.get().on, Setup.objects.get().hours) == (False, 8)


def test_the_words_go_when_the_customer_is_erased(cast: Cast, lead: Any) -> None:
    handing = pass_on(lead, cast.aoyama, "娘さんの結婚の話", by=cast.osaki)
    give_back(handing, {"reason": "other", "answer": "ご病気とのこと"}, by=cast.aoyama)
    erasing.erase(now(lead), by=cast.mizuno)
    assert (fresh(handing).note, fresh(handing).answer, fresh(handing).reason) == ("", "", "other")
    assert not [
        line for line in Event.objects.all() if "結婚" in str(line.data) or "ご病気" in str(line.data)
    ]


def test_what_waits_in_the_queue_of_a_team_is_not_distributed(cast: Cast, lead: Any) -> None:
    from daifuku.distribution.actions import edit_setup as distribution
    from daifuku.distribution.sweeping import take_new

    keep_taker(cast.senda, {}, by=cast.mizuno)
    distribution({"on": True}, by=cast.mizuno)
    values = {"family_name": "新", "company": "新商店", "status": "qualified", "owner": cast.osaki}
    fresh_lead = actions.create("lead", values, by=cast.osaki)
    pass_on(fresh_lead, cast.section, by=cast.osaki)
    take_new()
    assert now(fresh_lead).owner is None
