"""Questions to the database have a limit of time; what is done to a whole table has none."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from daifuku.foundation.sql.time_limit import unlimited

pytestmark = pytest.mark.django_db(transaction=True)


def limit() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('statement_timeout')")
        return str(cursor.fetchone()[0])


@pytest.mark.postgresql
def test_a_whole_table_takes_as_long_as_it_takes() -> None:
    usual = limit()
    assert usual == "30s"
    for inside in (unlimited, lambda: transaction.atomic()):
        with inside(), unlimited():
            assert limit() == "0"
        assert limit() == usual


@pytest.mark.postgresql
def test_the_limit_comes_back_after_a_failure() -> None:
    with pytest.raises(DatabaseError), unlimited(), connection.cursor() as cursor:
        cursor.execute("select 1 / 0")
    assert limit() == "30s"
    with pytest.raises(DatabaseError), transaction.atomic(), unlimited(), connection.cursor() as cursor:
        cursor.execute("select 1 / 0")
    assert limit() == "30s"
