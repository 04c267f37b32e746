"""The lines behind a place are found by the index alone, however many stand before it."""

from __future__ import annotations

import pytest
from django.db import connection

from daifuku.ledger.models import Event
from daifuku.ledger.order import behind, up_to
from daifuku.records.actions import create_many
from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_each_line_stands_on_one_side_of_a_place(cast: Cast) -> None:
    create_many("account", [{"name": f"青葉商事{number}"} for number in range(5)], by=cast.mizuno)
    lines = list(Event.objects.order_by("txid", "id"))
    assert len(lines) >= 5
    for place, line in enumerate(lines):
        after = Event.objects.filter(behind(line.txid, line.pk)).order_by("txid", "id")
        before = Event.objects.filter(up_to(line.txid, line.pk)).order_by("txid", "id")
        assert list(after) == lines[place + 1 :]
        assert list(before) == lines[: place + 1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL walks an index on both columns")
def test_sqlite_begins_at_the_place_and_not_at_the_first_line(db: None) -> None:
    plan = Event.objects.filter(behind(0, 5)).order_by("txid", "id").explain()
    assert "ledger_event_order (txid=? AND id>?)" in plan
