"""What follows from many saves follows once, of what was not refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from daifuku.customers.objects.account import ACCOUNT
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.following import together
from daifuku.records.models import SearchRow

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    heard: list[Any] = []

    def hear(saved: Any, by: Any) -> None:
        heard.append([(record.pk, changed) for record, changed in saved])

    monkeypatch.setattr(ACCOUNT, "after_save", [hear])
    return heard


def test_many_are_told_once_each_with_all_that_changed(cast: Cast, told: list[Any]) -> None:
    with ledger.writing(), together(cast.aoyama):
        one = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
        other = actions.create("account", {"name": "あお物産"}, by=cast.aoyama)
        actions.edit(one, {"phone": "03-1234-5678"}, by=cast.aoyama)
        assert told == []
    assert len(told) == 1
    changed = dict(told[0])
    assert set(changed) == {one.pk, other.pk}
    assert {"name", "phone"} <= changed[one.pk]


def test_what_was_refused_has_no_consequences(cast: Cast, told: list[Any]) -> None:
    with ledger.writing(), together(cast.aoyama) as gathered:
        kept = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
        with pytest.raises(ValueError, match="no"), gathered.unless_refused():
            actions.create("account", {"name": "あお物産"}, by=cast.aoyama)
            raise ValueError("no")
    assert [[pk for pk, _changed in saved] for saved in told] == [[kept.pk]]


def test_lines_and_search_rows_come_with_the_rest_and_name_their_cause(cast: Cast) -> None:
    with ledger.writing(), together(cast.aoyama) as gathered:
        event = ledger.record("account.bulk_edited", by=cast.aoyama, data={"title": "まとめて", "count": 2})
        with through(cause=event):
            one = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
        other = actions.create("account", {"name": "あお物産"}, by=cast.aoyama)
        actions.edit(one, {"name": "みどり百貨店"}, by=cast.aoyama)
        with pytest.raises(ValueError, match="no"), gathered.unless_refused(), transaction.atomic():
            actions.create("account", {"name": "くろ物産"}, by=cast.aoyama)
            raise ValueError("no")
    lines = {line.subjects.get().record_id: line for line in Event.objects.filter(kind="account.created")}
    assert set(lines) == {one.pk, other.pk}
    assert (lines[one.pk].cause_id, lines[other.pk].cause_id) == (event.pk, None)
    names = SearchRow.objects.filter(object="account").values_list("record_id", "name")
    assert {key for key, _name in names} == {one.pk, other.pk}
    assert "百貨店" in dict(names)[one.pk]


def test_outside_everything_is_told_at_once(cast: Cast, told: list[Any]) -> None:
    made = actions.create("account", {"name": "みどり商店"}, by=cast.aoyama)
    assert [[pk for pk, _changed in saved] for saved in told] == [[made.pk]]
