"""The morning job reads what changed in the last days, not the years before."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from daifuku.duties.sources import talks

pytestmark = pytest.mark.django_db


def test_talks_that_owe_nothing_yet_are_found_by_the_index_of_changes() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    rows = talks.without_duty(talks.changed_since(timezone.now())).order_by("updated_at", "id")
    assert "talk_by_change" in rows.explain()
