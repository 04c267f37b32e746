"""Objections, waivers and payments, each decided by whom it concerns, each taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from daifuku.ledger.models import Event
from daifuku.penalties.actions import (
    cancel_payment,
    consent,
    decide,
    edit_terms,
    enter_misses,
    object_to,
    record_payment,
    waive,
)
from daifuku.penalties.models import Entry, EntryState, Payment
from daifuku.penalties.tests.conftest import at, when
from daifuku.records import undoing

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)


def state() -> str:
    return Entry.objects.get().state


def test_the_person_objects_and_the_manager_accepts(cast: Cast, noted: Entry) -> None:
    object_to(noted, "その日は出張でした", by=cast.aoyama)
    assert state() == EntryState.OBJECTED
    decide(noted, accept=True, reason="確認しました", by=cast.osaki)
    assert state() == EntryState.WAIVED


def test_the_manager_does_not_accept(cast: Cast, noted: Entry) -> None:
    object_to(noted, "忘れました", by=cast.aoyama)
    decide(noted, accept=False, reason="次から気をつけましょう", by=cast.osaki)
    assert state() == EntryState.STANDS


def test_nobody_decides_about_himself_and_strangers_see_nothing(cast: Cast, noted: Entry) -> None:
    with pytest.raises(Forbidden):
        object_to(noted, "代わりに", by=cast.osaki)
    with pytest.raises(Invalid):
        object_to(noted, "", by=cast.aoyama)
    with pytest.raises(NotFound):
        object_to(noted, "関係ない", by=cast.baba)
    object_to(noted, "出張", by=cast.aoyama)
    with pytest.raises(Conflict):
        object_to(noted, "もう一度", by=cast.aoyama)
    with pytest.raises(Forbidden):
        decide(noted, accept=True, reason="自分で", by=cast.aoyama)
    with pytest.raises(Forbidden):
        waive(noted, "自分で", by=cast.aoyama)


def test_all_of_it_is_taken_back(cast: Cast, noted: Entry) -> None:
    object_to(noted, "出張", by=cast.aoyama)
    decide(noted, accept=True, reason="確認", by=cast.osaki)
    undoing.undo(Event.objects.get(kind="penalty.decided"), by=cast.osaki)
    assert state() == EntryState.OBJECTED
    undoing.undo(Event.objects.get(kind="penalty.objected"), by=cast.aoyama)
    assert state() == EntryState.STANDS
    waive(noted, "初回のため", by=cast.osaki)
    undoing.undo(Event.objects.get(kind="penalty.waived"), by=cast.mori)
    assert state() == EntryState.STANDS


def test_a_payment_is_written_down_up_to_what_is_owed(cast: Cast, missed: Callable[..., Any]) -> None:
    edit_terms({"mode": "fund"}, by=cast.mizuno)
    consent("青山凛", by=cast.aoyama)
    missed()
    enter_misses(date(2026, 11, 25), at(25, 6))
    with when(at(26, 9)):
        with pytest.raises(Forbidden):
            record_payment(cast.aoyama, MONTH, 500, date(2026, 11, 26), by=cast.osaki)
        with pytest.raises(Invalid):
            record_payment(cast.aoyama, MONTH, 501, date(2026, 11, 26), by=cast.mizuno)
        with pytest.raises(Invalid):
            record_payment(cast.aoyama, MONTH, 500, date(2026, 11, 27), by=cast.mizuno)
        record_payment(cast.aoyama, MONTH, "500", date(2026, 11, 26), "懇親会へ", by=cast.mizuno)
        with pytest.raises(Invalid):
            record_payment(cast.aoyama, MONTH, 1, date(2026, 11, 26), by=cast.mizuno)
        undoing.undo(Event.objects.get(kind="penalty.paid"), by=cast.mizuno)
        assert not Payment.objects.exists()
        paid = record_payment(cast.aoyama, MONTH, 300, date(2026, 11, 26), by=cast.mizuno)
        cancel_payment(paid, by=cast.mizuno)
        undoing.undo(Event.objects.filter(kind="penalty.payment_cancelled").latest("pk"), by=cast.mizuno)
        assert Payment.objects.get().amount == 300
