"""An import that looks for its rows by code asks the index of codes, however many rows it looks for at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from daifuku.records import actions
from daifuku.staff.viewer import Viewer
from daifuku.transfers.matching import Matcher

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes any index of an empty table")
def test_codes_are_found_by_their_index(cast: Cast) -> None:
    matcher = Matcher("account", "code", Viewer(cast.mizuno))
    rows: Any = matcher._candidates({f"C{number}" for number in range(300)})
    assert "account_by_code" in rows.order_by().explain()


def test_an_empty_code_matches_nobody(cast: Cast) -> None:
    actions.create("account", {"name": "青葉商事"}, by=cast.mizuno)
    coded = actions.create("account", {"name": "若葉商事", "code": "A1"}, by=cast.mizuno)
    found = Matcher("account", "code", Viewer(cast.mizuno)).find(["", "A1", "A2"])
    assert found == {"A1": [coded], "A2": []}


def test_a_number_is_a_key_as_well(cast: Cast) -> None:
    account = actions.create("account", {"name": "青葉商事", "employees": 12}, by=cast.mizuno)
    assert Matcher("account", "employees", Viewer(cast.mizuno)).find(["12"]) == {"12": [account]}
