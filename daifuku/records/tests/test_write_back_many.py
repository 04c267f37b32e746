"""Many rows are written back with one statement, as this database takes each kind of value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from daifuku.customers.models import Account, Lead
from daifuku.foundation.sql.updating import update_many
from daifuku.records import actions

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_each_row_holds_what_its_record_held(cast: Cast) -> None:
    leads = [
        actions.create("lead", {"family_name": name, "company": "青葉商事", "note": "前"}, by=cast.aoyama)
        for name in ("林", "森", "原")
    ]
    moment = datetime(2026, 11, 27, 3, 4, 5, 678900, tzinfo=UTC)
    for number, lead in enumerate(leads[:2]):
        lead.note, lead.employees, lead.private = f"後{number}", number or None, bool(number)
        lead.custom, lead.first_contact_on = {"名": ["値", number]}, date(2026, 11, number + 1)
        lead.owner, lead.updated_at = cast.baba, moment
    names = ("note", "employees", "private", "custom", "first_contact_on", "owner", "updated_at")
    with transaction.atomic():
        update_many(leads[:2], names)
    fresh = Lead.plain.in_bulk([lead.pk for lead in leads])
    for lead in leads[:2]:
        assert [getattr(fresh[lead.pk], name) for name in names] == [getattr(lead, name) for name in names]
    assert fresh[leads[2].pk].note == "前"


def test_nothing_to_write_asks_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        update_many([], ("name",))


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_written() -> None:
    with pytest.raises(RuntimeError):
        update_many([Account(pk=1, name="青葉商事")], ("name",))
