"""The law: a cut needs the work rules, half a day's wage at once and a tenth in all are not exceeded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daifuku.foundation.errors import Forbidden, Invalid, Stale
from daifuku.ledger.models import Event
from daifuku.penalties.actions import consent, edit_terms, set_wage
from daifuku.penalties.models import Consent, Terms, Wage
from daifuku.records import undoing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_as_shipped_it_is_off_and_points_alone() -> None:
    shipped = Terms()
    assert (shipped.on, shipped.mode, shipped.amount) == (False, "points", 500)


def test_only_the_administrator_sets_the_terms_and_nobody_overwrites(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        edit_terms({"on": True}, by=cast.osaki)
    row = edit_terms({"on": True}, by=cast.mizuno)
    with pytest.raises(Stale):
        edit_terms({"on": False}, by=cast.mizuno, version=row.version - 1)
    undoing.undo(Event.objects.get(kind="penalty.terms_changed"), by=cast.mizuno)
    assert not Terms.objects.get().on


WRONG = [{"amount": "0"}, {"amount": "５百"}, {"mode": "fine"}, {"begins_on": "いつか"}, {"x": 1}]


@pytest.mark.parametrize("bad", WRONG)
def test_wrong_values_are_refused(cast: Cast, bad: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        edit_terms(bad, by=cast.mizuno)


def test_a_cut_needs_a_paragraph_of_the_work_rules(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        edit_terms({"on": True, "mode": "discipline"}, by=cast.mizuno)
    assert refused.value.field == "work_rules"


def test_an_amount_beyond_half_a_days_wage_is_refused(cast: Cast) -> None:
    set_wage(cast.aoyama, "900", "20000", by=cast.mizuno)
    with pytest.raises(Invalid, match="450"):
        edit_terms(
            {"on": True, "mode": "discipline", "work_rules": "第48条", "amount": "500"}, by=cast.mizuno
        )
    edit_terms({"on": True, "mode": "discipline", "work_rules": "第48条", "amount": "450"}, by=cast.mizuno)
    with pytest.raises(Invalid, match="超えます"):
        set_wage(cast.baba, "800", "20000", by=cast.mizuno)


def test_wages_are_for_whoever_keeps_the_people(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        set_wage(cast.aoyama, "9000", "200000", by=cast.osaki)
    with pytest.raises(Invalid):
        set_wage(cast.aoyama, "200000", "9000", by=cast.mizuno)
    set_wage(cast.aoyama, "9000", "200000", by=cast.mizuno)
    undoing.undo(Event.objects.get(kind="penalty.wage_set"), by=cast.mizuno)
    assert not Wage.objects.exists()


@given(st.integers(1, 10**6), st.integers(1, 10**7))
def test_the_caps_are_never_beyond_the_law(daily: int, period: int) -> None:
    wage = Wage(daily=daily, period=period)
    assert wage.most_at_once * 2 <= daily
    assert wage.most_in_all * 10 <= period


def test_nobody_agrees_with_another_name_and_undo_takes_it_back(cast: Cast) -> None:
    edit_terms({"on": True, "mode": "fund"}, by=cast.mizuno)
    with pytest.raises(Invalid):
        consent("大崎 涼", by=cast.aoyama)
    given_one = consent("青山　凛", by=cast.aoyama)
    assert "500円" in given_one.words
    undoing.undo(Event.objects.get(kind="penalty.consented"), by=cast.aoyama)
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()
