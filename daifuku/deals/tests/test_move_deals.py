"""A deal goes on, over stages, back, lost and up again: the rules of its process hold on every way in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.deals import ways
from daifuku.deals.actions import following, lose, move
from daifuku.deals.models import Deal
from daifuku.foundation.errors import Forbidden, Invalid, NotFound
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions.grid import GridRow, save_rows
from daifuku.records.actions.rows import create_many

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _papers_are_written_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "openers", {})


@pytest.fixture
def deal(cast: Cast, firm: Any) -> Any:
    return actions.create("deal", {"name": "倉庫の棚", "account": firm, "amount": 1_200_000}, by=cast.aoyama)


def codes(refused: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(each.field, each.code) for each in refused.value.problems]


def last(deal: Deal) -> Event:
    return Event.objects.filter(subjects__object="deal", subjects__record_id=deal.pk).order_by("-id")[0]


def test_a_new_deal_stands_in_the_first_stage_of_the_usual_process(deal: Any) -> None:
    assert (deal.process, deal.stage, deal.state, deal.probability) == ("standard", "inquiry", "open", 10)
    assert (deal.expected, deal.forecast) == (120_000, "pipeline")


def test_it_goes_on_to_the_next_stage(cast: Cast, deal: Any) -> None:
    moved = move(deal, "appointment", by=cast.aoyama)
    assert (moved.stage, moved.probability, moved.expected) == ("appointment", 20, 240_000)
    assert moved.stage_since > deal.stage_since


def test_a_stage_may_be_named_as_people_call_it(cast: Cast, deal: Any) -> None:
    assert move(deal, "アポイント", by=cast.aoyama).stage == "appointment"


def test_what_a_stage_needs_is_asked_for_on_the_way_into_it(cast: Cast, deal: Any) -> None:
    move(deal, "appointment", by=cast.aoyama)
    with pytest.raises(Invalid) as refused:
        move(deal, "visit", by=cast.aoyama)
    assert codes(refused) == [("contact", "needed_in_stage")]


def test_the_fields_of_the_stages_passed_over_are_needed_as_well(cast: Cast, deal: Any) -> None:
    with pytest.raises(Invalid) as refused:
        move(deal, "quote", by=cast.aoyama, reason="見積の依頼を直接受けた")
    assert codes(refused) == [("contact", "needed_in_stage"), ("close_on", "needed_in_stage")]


def test_a_needed_field_cannot_be_emptied_later(cast: Cast, deal: Any) -> None:
    at_the_quote(deal, cast)
    with pytest.raises(Invalid) as refused:
        actions.edit(deal, {"amount": ""}, by=cast.aoyama)
    assert codes(refused) == [("amount", "needed_in_stage")]


def test_passing_over_a_stage_asks_for_a_reason_where_the_process_says_so(cast: Cast, deal: Any) -> None:
    at_the_visit(deal, cast)
    values = {"close_on": "2026-12-20"}
    with pytest.raises(Invalid) as refused:
        move(deal, "order", by=cast.aoyama, values=values)
    assert codes(refused) == [("stage_note", "reason_needed")]
    moved = move(deal, "order", by=cast.aoyama, values=values, reason="電話で注文を受けた")
    assert (moved.state, moved.probability) == ("won", 100)
    assert last(deal).changes["stage_note"] == [None, "電話で注文を受けた"]


def test_the_same_reason_may_be_given_twice(cast: Cast, deal: Any) -> None:
    for stage in ("appointment", "inquiry", "appointment", "inquiry"):
        move(deal, stage, by=cast.aoyama, reason="担当が替わった")
    assert Deal.plain.get(pk=deal.pk).stage_note == ""


def test_going_back_asks_for_a_reason(cast: Cast, deal: Any) -> None:
    move(deal, "appointment", by=cast.aoyama)
    with pytest.raises(Invalid) as refused:
        move(deal, "inquiry", by=cast.aoyama)
    assert codes(refused) == [("stage_note", "reason_needed")]


def test_losing_asks_for_the_reason_and_remembers_when_to_ask_again(cast: Cast, deal: Any) -> None:
    with pytest.raises(Invalid) as refused:
        lose(deal, {}, by=cast.aoyama)
    assert codes(refused) == [("lost_reason", "needed_in_stage")]
    lost = lose(deal, {"lost_reason": "price", "ask_again_on": "2027-04-01"}, by=cast.aoyama)
    assert (lost.state, lost.probability, lost.expected) == ("lost", 0, 0)
    assert lost.closed_on is not None


def test_a_lost_deal_is_taken_up_again_with_a_reason(cast: Cast, deal: Any) -> None:
    lose(deal, {"lost_reason": "price"}, by=cast.aoyama)
    with pytest.raises(Invalid):
        move(deal, "appointment", by=cast.aoyama)
    again = move(deal, "appointment", by=cast.aoyama, reason="予算がついた")
    assert (again.state, again.closed_on) == ("open", None)


def test_the_form_is_held_by_the_same_rules(cast: Cast, deal: Any) -> None:
    with pytest.raises(Invalid):
        actions.edit(deal, {"stage": "quote"}, by=cast.aoyama)


def test_so_is_a_change_of_many(cast: Cast, deal: Any) -> None:
    outcome = actions.edit_many("deal", [deal.pk], {"stage": "quote"}, by=cast.aoyama)
    assert (outcome.done, len(outcome.refused)) == (0, 1)


def test_so_is_a_row_of_the_grid(cast: Cast, deal: Any) -> None:
    saved = save_rows("deal", [GridRow(1, {"stage": "quote"}, uid=deal.uid)], by=cast.aoyama)
    assert isinstance(saved.results[1], Invalid)


def test_so_is_an_import(cast: Cast, firm: Any) -> None:
    rows = [
        {"name": "A", "account": firm, "stage": "見積"},
        {"name": "B", "account": firm, "stage": "失注", "lost_reason": "価格"},
        {"name": "C", "account": firm, "stage": "どこか"},
    ]
    results = create_many("deal", rows, by=cast.aoyama)
    assert [type(each) for each in results] == [Invalid, Deal, Invalid]
    assert (results[1].state, results[1].process) == ("lost", "standard")


def test_a_move_is_undone_back_into_the_stage_since_when_it_was_there(cast: Cast, deal: Any) -> None:
    with through(at=datetime(2026, 11, 2, 3, 0, tzinfo=UTC)):
        at_the_quote(deal, cast)
    with through(at=datetime(2026, 11, 20, 3, 0, tzinfo=UTC)):
        move(deal, "order", by=cast.aoyama)
    undoing.undo(last(deal), by=cast.aoyama)
    back = Deal.plain.get(pk=deal.pk)
    assert (back.stage, back.state, back.probability, back.closed_on) == ("quote", "open", 50, None)
    assert back.stage_since == datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def test_a_document_brings_it_on_without_any_question_and_back_where_it_goes(
    cast: Cast, deal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: set[str] = {"order"}
    monkeypatch.setattr(following, "standing", [lambda deals: {deal.pk: there}])
    following.follow([deal.pk], by=cast.senda, came="order", values={"closed_on": date(2026, 11, 3)})
    moved = Deal.plain.get(pk=deal.pk)
    assert (moved.stage, moved.state, moved.closed_on) == ("order", "won", date(2026, 11, 3))
    there |= {"quote"}
    following.follow([deal.pk], by=cast.senda, came="quote")
    assert Deal.plain.get(pk=deal.pk).stage == "order"
    there -= {"order"}
    following.follow([deal.pk], by=cast.senda)
    back = Deal.plain.get(pk=deal.pk)
    assert (back.stage, back.state, back.closed_on) == ("quote", "open", None)


def test_a_stage_into_which_somebody_moved_it_by_hand_is_left_to_him(
    cast: Cast, deal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "standing", [])
    at_the_quote(deal, cast)
    following.follow([deal.pk], by=cast.aoyama)
    assert Deal.plain.get(pk=deal.pk).stage == "quote"


def test_where_documents_are_made_here_nobody_moves_it_there_by_hand(
    cast: Cast, deal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ways.openers, "order", lambda deal, viewer: "/orders/new/")
    at_the_quote(deal, cast)
    with pytest.raises(Invalid) as refused:
        move(deal, "order", by=cast.aoyama)
    assert codes(refused) == [("stage", "needs_document")]


def test_a_negative_amount_is_refused(cast: Cast, deal: Any) -> None:
    with pytest.raises(Invalid) as refused:
        actions.edit(deal, {"amount": -1}, by=cast.aoyama)
    assert codes(refused) == [("amount", "range")]


def test_a_stranger_neither_sees_nor_moves_it(cast: Cast, deal: Any) -> None:
    hidden = actions.edit(deal, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        move(hidden, "appointment", by=cast.senda)


def test_a_colleague_of_another_team_moves_nothing(cast: Cast, deal: Any) -> None:
    with pytest.raises((Forbidden, NotFound)):
        move(deal, "appointment", by=cast.senda)


def at_the_visit(deal: Any, cast: Cast) -> Any:
    contact = actions.create("contact", {"family_name": "山田", "account": deal.account}, by=cast.aoyama)
    move(deal, "appointment", by=cast.aoyama)
    return move(deal, "visit", by=cast.aoyama, values={"contact": contact})


def at_the_quote(deal: Any, cast: Cast) -> Any:
    at_the_visit(deal, cast)
    return move(deal, "quote", by=cast.aoyama, values={"close_on": "2026-12-20"})
