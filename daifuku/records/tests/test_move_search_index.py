"""An index of before is moved to the form that knows kinds of records, and finds the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from daifuku.foundation.sql.gram_index import by_kind, sqlite
from daifuku.records import actions
from daifuku.records import search as finding
from daifuku.records.models import SearchRow
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
WORDS = ("田", "田中", "たなか", "tanaka", "田中商店", "日本", "ニッポン", "5678", "あ", "東京")


def as_before() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("UPDATE records_searchrow SET grams = array_remove(grams, '@' || object)")
            return
        cursor.execute("DROP TRIGGER record_search_gone")
        cursor.execute("SELECT rowid, n, r, k, o FROM record_search ORDER BY n")
        for number, (key, *texts) in enumerate(cursor.fetchall(), start=1):
            cursor.execute("DELETE FROM record_search WHERE rowid = %s", [key])
            cursor.execute("UPDATE records_searchrow SET id = %s WHERE id = %s", [number, key])
            old = [text.partition(sqlite.BEGINNING)[0].strip() for text in texts]
            cursor.execute(sqlite.INSERT_PAIRS, [number, *old])
        cursor.execute(sqlite.CREATE[1])


def rows() -> list[Any]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT object, record_id, array(SELECT unnest(grams) ORDER BY 1) FROM records_searchrow"
            )
        else:
            cursor.execute("SELECT rowid, n, r, k, o FROM record_search")
        return sorted(cursor.fetchall())


def test_what_was_found_before_is_found_after(cast: Cast) -> None:
    viewer = Viewer(cast.aoyama)
    for name in ("田中商店", "田", "あ", "日本電気", "田中日本"):
        account = actions.create("account", {"name": name, "phone": "03-1234-5678"}, by=cast.aoyama)
        actions.create("contact", {"family_name": "田中", "account": account}, by=cast.aoyama)
    made, found = rows(), [finding.search(word, viewer) for word in WORDS]
    as_before()
    assert rows() != made
    by_kind.move(connection.vendor)
    assert rows() == made
    assert [finding.search(word, viewer) for word in WORDS] == found
    assert len(found[0]) == 8
    actions.trash(account, by=cast.aoyama)
    assert len(rows()) == len(made) - 1 == SearchRow.objects.count()
