"""A list filtered by an indexed field of one's own walks its index: at a million records all else takes seconds."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.http import QueryDict

from daifuku.foundation.sql.index import create_index
from daifuku.jobs import schedule
from daifuku.records import actions, indexing, list_state
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.models import CustomField
from daifuku.records.tests.vocabulary_of_tests import add_custom_fields
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("key", "op", "value"),
    [
        ("floors", "eq", 7), ("floors", "between", [3, 9]), ("ratio", "gt", "1.5"), ("budget", "eq", 50000),
        ("share", "lte", 10), ("opened", "on", "2026-11-26"), ("opened", "before", "2026-11-26"),
        ("met_at", "after", "2026-11-26"), ("colour", "any_of", ["red"]), ("vip", "is_yes", None),
        ("contact_mail", "is", "info@example.jp"), ("memo", "is", "席"),
    ],
)  # fmt: skip
def test_a_condition_on_an_indexed_field_uses_the_index(cast: Cast, key: str, op: str, value: Any) -> None:
    add_custom_fields("account")
    row = CustomField.objects.get(object="account", key=key)
    name = indexing.name_of(row)
    create_index(name, registry.get("account").model, vocabulary.custom_field(row).expression)
    part = {"field": key, "op": op} | ({} if value is None else {"value": value})
    asked = QueryDict(mutable=True)
    asked["where"] = json.dumps({"all": [part]})
    viewer = Viewer(cast.mori)
    state = list_state.read(registry.get("account"), viewer, asked)
    assert state.condition.root.parts
    rows = registry.get("account").model.plain
    assert name in plan_of(rows.filter(state.condition.q(viewer, date(2026, 11, 26))))


def test_at_night_sqlite_learns_how_common_values_are(cast: Cast) -> None:
    for number in range(30):
        actions.create("account", {"name": f"会社{number}", "code": str(number % 3)}, by=cast.mizuno)
    due = next(entry for entry in schedule.every_entry() if entry.name == "jobs.statistics")
    due.run()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'account_by_code'")
            assert cursor.fetchall() == [("30 10",)]


def plan_of(rows: Any) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    return str(rows.order_by().explain())
