"""Indexes that went behind the program's back, or that an older version made, are noticed and made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from daifuku.customers.models import Account
from daifuku.foundation.sql.index import create_index, drop_index
from daifuku.jobs import queue, schedule
from daifuku.jobs import testing as jobs
from daifuku.jobs.models import Job
from daifuku.ledger.models import Event
from daifuku.records import actions, index_upkeep, indexing, standard_indexes
from daifuku.records.actions import custom_fields
from daifuku.records.actions.standard_indexes import index_standard
from daifuku.records.catalogue import vocabulary
from daifuku.records.models import CustomField, StandardIndex
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ranked(cast: Cast) -> CustomField:
    """A field of one's own with an index, and one that came with the program."""
    row = custom_fields.add_field("account", "text", "席", by=cast.mizuno, indexed=True)
    index_standard("account", "rank", on=True, by=cast.mizuno)
    work_off()
    return CustomField.objects.get(pk=row.pk)


def work_off() -> None:
    connection.check_constraints()
    assert all(job.state == "done" for job in jobs.work_off())


def both(row: CustomField) -> set[str]:
    return {indexing.name_of(row), standard_indexes.name_of(StandardIndex.objects.get())}


def lost(row: CustomField) -> None:
    for name in both(row):
        drop_index(name)


def mend() -> None:
    entry = next(each for each in schedule.every_entry() if each.name == "records.indexes")
    assert entry.wanted and entry.wanted()
    entry.run()


def test_what_was_dropped_behind_the_programs_back_is_built_again(cast: Cast, ranked: CustomField) -> None:
    assert both(ranked) <= set(index_upkeep.there())
    assert not index_upkeep.anything_broken()
    lost(ranked)
    lines = Event.objects.count()
    mend()
    ranked.refresh_from_db()
    assert (ranked.index_state, StandardIndex.objects.get().state) == ("building", "building")
    assert not vocabulary.fields_of("account")[ranked.key].indexed
    assert not index_upkeep.anything_broken()
    index_upkeep.mend()
    assert Job.objects.filter(state="waiting").count() == 2
    work_off()
    ranked.refresh_from_db()
    assert (ranked.index_state, StandardIndex.objects.get().state) == ("ready", "ready")
    assert both(ranked) <= set(index_upkeep.there())
    assert Event.objects.count() == lines


def test_the_page_says_that_it_is_gone_then_that_it_is_being_built(
    cast: Cast, ranked: CustomField, client: Client
) -> None:
    Company.objects.create(name="シャチホコ商事")
    client.force_login(cast.mizuno)
    assert "失われています" not in page_of(client)
    lost(ranked)
    assert page_of(client).count("失われています") == 2
    mend()
    page = page_of(client)
    assert "失われています" not in page
    assert page.count(">作成中<") == 2
    work_off()
    assert ">作成中<" not in page_of(client)


def page_of(client: Client) -> str:
    return client.get("/settings/indexes/").content.decode()


def test_whoever_reads_that_it_is_gone_need_not_wait(cast: Cast, ranked: CustomField, client: Client) -> None:
    Company.objects.create(name="シャチホコ商事")
    lost(ranked)
    client.force_login(cast.mizuno)
    client.post(f"/settings/fields/account/{ranked.key}/index/")
    client.post("/settings/indexes/account/rank/", {"on": "1"})
    work_off()
    assert both(ranked) <= set(index_upkeep.there())


def test_one_whose_job_was_cancelled_is_built_after_all(cast: Cast) -> None:
    row = custom_fields.add_field("account", "text", "席", by=cast.mizuno, indexed=True)
    queue.cancel(Job.objects.get())
    mend()
    work_off()
    assert indexing.name_of(row) in index_upkeep.there()


def test_where_nothing_is_promised_hardly_anything_is_asked(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    custom_fields.add_field("account", "text", "席", by=cast.mizuno)
    with django_assert_num_queries(2):
        index_upkeep.mend()


def test_an_index_of_a_choice_that_an_older_version_made_is_renewed_others_stay(cast: Cast) -> None:
    rows = [
        custom_fields.add_field("account", kind, kind, by=cast.mizuno, indexed=True)
        for kind in ("choice", "yes_no", "text", "integer")
    ]
    work_off()
    for row in rows:
        create_index(indexing.name_of(row), Account, vocabulary.custom_field(row).expression)
    mend()
    assert {job.payload["field"] for job in Job.objects.filter(state="waiting")} == {
        rows[0].pk,
        rows[1].pk,
    }
    work_off()
    found = index_upkeep.there()
    assert [found[indexing.name_of(row)] for row in rows] == [3, 3, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_table_that_is_rebuilt_by_a_migration_has_its_indexes_again(
    cast: Cast, ranked: CustomField
) -> None:
    names = both(ranked)
    actions.create("account", {"name": "山田商店", "rank": "a"}, by=cast.mizuno)
    try:
        for before, after in ((False, True), (True, False)):
            alter(before, after)
            if connection.vendor == "sqlite":
                assert not names & set(index_upkeep.there())
                mend()
            work_off()
            assert names <= set(index_upkeep.there())
    finally:
        for name in names:
            drop_index(name)


def alter(before: bool, after: bool) -> None:
    """What a migration does that lets a column be empty, or takes it back."""
    old = Account._meta.get_field("name").clone()
    new = Account._meta.get_field("name").clone()
    old.null, new.null = before, after
    for column in (old, new):
        column.set_attributes_from_name("name")
        column.model = Account
    with connection.schema_editor() as editor:
        editor.alter_field(Account, old, new)
