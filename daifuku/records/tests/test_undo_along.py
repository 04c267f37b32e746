"""A firm that was registered with whom one talks to there goes, comes back and goes again with him."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions.creating_along import create_along
from daifuku.records.actions.trashing import restore, trash

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(cast: Cast) -> tuple[Any, Any]:
    return create_along("account", {"name": "青葉"}, {"family_name": "山田"}, by=cast.aoyama)


def thrown(both: tuple[Any, ...]) -> tuple[bool, ...]:
    for record in both:
        record.refresh_from_db()
    return tuple(record.trashed_at is not None for record in both)


def undo_last(kind: str, cast: Cast) -> None:
    undoing.undo(Event.objects.filter(kind=kind).latest("pk"), by=cast.aoyama)


def test_each_undo_of_an_undo_takes_both(cast: Cast, both: tuple[Any, Any]) -> None:
    undo_last("account.created", cast)
    assert thrown(both) == (True, True)
    for _round in range(2):
        undo_last("account.trashed", cast)
        assert thrown(both) == (False, False)
        undo_last("account.restored", cast)
        assert thrown(both) == (True, True)


def test_whoever_was_thrown_away_by_himself_stays_there(cast: Cast, both: tuple[Any, Any]) -> None:
    account, contact = both
    trash(contact, by=cast.aoyama)
    undo_last("account.created", cast)
    undo_last("account.trashed", cast)
    assert thrown(both) == (False, True)
    restore(contact, by=cast.aoyama)
    trash(account, by=cast.aoyama)
    undo_last("account.trashed", cast)
    assert thrown(both) == (False, False)


def test_with_whom_somebody_worked_since_stays(cast: Cast, both: tuple[Any, Any]) -> None:
    undo_last("account.created", cast)
    undo_last("account.trashed", cast)
    actions.edit(both[1], {"note": "電話した"}, by=cast.aoyama)
    undo_last("account.restored", cast)
    assert thrown(both) == (True, False)


def test_other_contacts_of_the_firm_do_not_come_and_go(cast: Cast, both: tuple[Any, Any]) -> None:
    other = actions.create("contact", {"family_name": "鈴木", "account": both[0]}, by=cast.aoyama)
    undo_last("account.created", cast)
    assert thrown((*both, other)) == (True, True, False)
    trash(other, by=cast.aoyama)
    undo_last("account.trashed", cast)
    assert thrown((*both, other)) == (False, False, True)
