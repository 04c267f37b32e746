"""Of an indexed choice the newest come in the order of the index, and the engine knows at once how common each is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from daifuku.jobs import testing as jobs
from daifuku.records import actions, indexing, listing
from daifuku.records.actions import choices, custom_fields
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.conditions import parse
from daifuku.records.models import CustomField
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


@pytest.fixture
def colour(cast: Cast) -> CustomField:
    """An indexed choice among thirty accounts: every third red, every third blue, the others without."""
    row = custom_fields.add_field("account", "choice", "色", by=cast.mizuno, indexed=True)
    keys = [choices.add_choice("account", row.key, label, by=cast.mizuno).key for label in ("赤", "青")]
    for number in range(30):
        value = {row.key: keys[number % 3]} if number % 3 < 2 else {}
        actions.create("account", {"name": f"商店{number:02}", **value}, by=cast.mizuno)
    work_off()
    return CustomField.objects.get(pk=row.pk)


def work_off() -> None:
    connection.check_constraints()
    assert all(job.state == "done" for job in jobs.work_off())


def plan_of(rows: Any) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off")
    return str(rows.explain())


def sorts(plan: str) -> bool:
    words = plan.lower().replace("sort_key", "")
    return "sort" in words or "temp b-tree" in words


def test_the_newest_of_a_choice_come_from_its_index_without_sorting(colour: CustomField) -> None:
    field = vocabulary.fields_of("account")[colour.key]
    rows = registry.get("account").model.plain.filter(trashed_at__isnull=True)
    of_one = rows.annotate(_value=field.expression).filter(_value=red(colour))
    plan = plan_of(of_one.order_by("-updated_at", "-id").values_list("pk")[:51])
    assert indexing.name_of(colour) in plan
    assert not sorts(plan)


@pytest.mark.parametrize("sign", ["", "-"])
def test_all_in_the_order_of_the_choice_come_from_its_index_without_sorting(
    cast: Cast, colour: CustomField, sign: str
) -> None:
    asked = listing.query("account", viewer_of(cast.mori), sort=sign + colour.key, columns=(), today=TODAY)
    segment = asked.sort.segments[0]
    plan = plan_of(asked._following(segment, None, bool(sign))[:51])
    assert indexing.name_of(colour) in plan
    assert not sorts(plan)


@pytest.mark.parametrize("sign", ["", "-"])
def test_pages_in_the_order_of_the_choice_repeat_and_skip_nobody(
    cast: Cast, colour: CustomField, sign: str
) -> None:
    asked = listing.query("account", viewer_of(cast.mori), sort=sign + colour.key, columns=(), today=TODAY)
    pages, after = [], ""
    while True:
        page = asked.page(after, 7)
        pages.append([row.pk for row in page.rows])
        if not page.next:
            break
        after = page.next
    walked = [key for page in pages for key in page]
    assert len(set(walked)) == len(walked) == 30
    assert walked == list(asked._keys())
    assert [row.pk for row in asked.page(page.previous, 7).rows] == pages[-2]


def test_the_list_of_a_choice_is_the_newest_first(cast: Cast, colour: CustomField) -> None:
    viewer = viewer_of(cast.mori)
    condition = parse(
        {"all": [{"field": colour.key, "op": "any_of", "value": [red(colour)]}]}, "account", viewer
    )
    asked = listing.query("account", viewer, condition, columns=(), today=TODAY)
    assert [row.name for row in asked.page().rows] == [f"商店{number:02}" for number in range(27, -1, -3)]


def test_how_common_values_are_is_known_as_soon_as_the_index_is_there(
    cast: Cast, colour: CustomField
) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = %s", [indexing.name_of(colour)])
            assert cursor.fetchone()[0].split()[:2] == ["30", "10"]
        else:
            cursor.execute(
                "select n_distinct, null_frac from pg_stats where tablename = %s", [indexing.name_of(colour)]
            )
            distinct, empty = cursor.fetchone()
            assert (int(distinct), round(empty, 2)) == (2, 0.33)


def red(row: CustomField) -> str:
    kind: Any = vocabulary.fields_of("account")[row.key].type
    return str(kind.options[0].key)
