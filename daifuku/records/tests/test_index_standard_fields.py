"""Fields that come with the program get an index by a switch: lists filtered by them walk it in their order."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models import Index, Q
from django.http import QueryDict

from daifuku.foundation.errors import ChangedSince, Forbidden, NotFound
from daifuku.foundation.sql.index import drop_index
from daifuku.foundation.sql.index_report import indexes
from daifuku.foundation.sql.list_index import create_list_index
from daifuku.jobs import testing as jobs
from daifuku.ledger.models import Event
from daifuku.records import actions, list_state, listing, standard_indexes
from daifuku.records.actions.standard_indexes import index_standard, undo_switched
from daifuku.records.catalogue import registry
from daifuku.records.conditions import parse
from daifuku.records.models import StandardIndex
from daifuku.staff.models import Company
from daifuku.staff.viewer import Viewer, viewer_of

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)


def work_off() -> None:
    """PostgreSQL makes no index in a transaction, such as that of a test, in which something is yet to be checked."""
    connection.check_constraints()
    jobs.work_off()


def names() -> set[str]:
    return {fact.name for fact in indexes()}


def the_index(key: str = "rank") -> StandardIndex:
    return StandardIndex.objects.get(object="account", key=key)


def switched_on(cast: Cast, key: str = "rank") -> str:
    index_standard("account", key, on=True, by=cast.mizuno)
    work_off()
    return standard_indexes.name_of(the_index(key))


@pytest.mark.parametrize(
    ("key", "op", "value"),
    [
        ("rank", "any_of", ["a"]), ("status", "any_of", ["active"]), ("prefecture", "is", "愛知県"),
        ("annual_sales", "gt", 1000), ("traded_since", "before", "2026-11-26"), ("created_at", "on", "today"),
    ],
)  # fmt: skip
def test_a_list_filtered_by_a_standard_field_uses_its_index(
    cast: Cast, key: str, op: str, value: Any
) -> None:
    name = switched_on(cast, key)
    asked = QueryDict(mutable=True)
    asked["where"] = json.dumps({"all": [{"field": key, "op": op, "value": value}]})
    viewer = Viewer(cast.mori)
    state = list_state.read(registry.get("account"), viewer, asked)
    assert state.condition.root.parts
    rows = registry.get("account").model.objects.visible_to(viewer).filter(state.condition.q(viewer, TODAY))
    assert name in plan_of(rows.order_by())


def test_the_newest_of_a_rank_come_from_the_index_without_sorting(cast: Cast) -> None:
    name = switched_on(cast)
    rows = registry.get("account").model.plain.filter(trashed_at__isnull=True, rank="a")
    plan = plan_of(rows.order_by("-updated_at", "-id")[:51])
    assert name in plan
    assert "sort" not in plan.lower().replace("sort_key", "")
    assert "temp b-tree" not in plan.lower()


def plan_of(rows: Any) -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    return str(rows.explain())


def test_the_list_is_the_same_with_and_without_it(cast: Cast) -> None:
    for number in range(30):
        actions.create("account", {"name": f"商店{number}", "rank": "ab"[number % 2]}, by=cast.aoyama)

    def listed() -> list[str]:
        viewer = viewer_of(cast.aoyama)
        condition = {"all": [{"field": "rank", "op": "any_of", "value": ["a"]}]}
        asked = listing.query("account", viewer, parse(condition, "account", viewer), columns=(), today=TODAY)
        return [row.name for row in asked.page().rows]

    before = listed()
    assert len(before) == 15
    switched_on(cast)
    assert listed() == before


def test_switched_off_it_goes_and_undo_brings_it_back(cast: Cast) -> None:
    name = switched_on(cast)
    assert name in names()
    assert the_index().state == "ready"
    index_standard("account", "rank", on=False, by=cast.mizuno)
    work_off()
    assert name not in names()
    assert the_index().state == "none"
    event = Event.objects.filter(kind="index.switched").latest("pk")
    undo_switched(event, cast.mizuno)
    work_off()
    assert name in names()
    with pytest.raises(ChangedSince):
        undo_switched(event, cast.mizuno)


def test_switching_to_what_it_is_writes_nothing(cast: Cast) -> None:
    index_standard("account", "rank", on=False, by=cast.mizuno)
    assert not StandardIndex.objects.exists()
    switched_on(cast)
    index_standard("account", "rank", on=True, by=cast.mizuno)
    assert Event.objects.filter(kind="index.switched").count() == 1


def test_one_that_failed_is_built_again(cast: Cast) -> None:
    name = switched_on(cast)
    StandardIndex.objects.update(state="failed")
    index_standard("account", "rank", on=True, by=cast.mizuno)
    work_off()
    assert the_index().state == "ready"
    assert name in names()
    assert Event.objects.filter(kind="index.switched").count() == 1


def test_only_whoever_may_change_settings_switches_and_only_what_is_offered(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        index_standard("account", "rank", on=True, by=cast.aoyama)
    for key in ("note", "owner", "code", "updated_at", "nothing"):
        with pytest.raises(NotFound):
            index_standard("account", key, on=True, by=cast.mizuno)


def test_the_page_tells_the_cost_and_switches(cast: Cast, client: Client) -> None:
    Company.objects.create(name="シャチホコ商事")
    for number in range(20):
        actions.create("account", {"name": f"商店{number}", "rank": "a"}, by=cast.mizuno)
    client.force_login(cast.mizuno)
    page = client.get("/settings/indexes/").content.decode()
    row = row_of(page, "ランク")
    assert "つけると約" in row
    address = re.findall(r'action="(/settings/indexes/account/rank/)"', row)[0]
    told = client.post(address, {"on": "1"}, follow=True).content.decode()
    assert "元に戻す" in told
    assert "作成中" in row_of(told, "ランク")
    work_off()
    page = client.get("/settings/indexes/").content.decode()
    assert ">あり<" in row_of(page, "ランク")
    assert "records_standard_" not in page
    client.post(address, {"on": "0"})
    work_off()
    assert ">なし<" in row_of(client.get("/settings/indexes/").content.decode(), "ランク")
    client.force_login(cast.aoyama)
    assert client.post(address, {"on": "1"}).status_code == 404


def row_of(page: str, field: str) -> str:
    return page.partition(f'<tr><td class="main">{field}</td>')[2].partition("</tr>")[0]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_made_while_people_write() -> None:
    model = registry.get("account").model
    index = Index(fields=["rank", "-updated_at"], name="tried_here", condition=Q(trashed_at__isnull=True))
    for _twice in range(2):
        create_list_index(index, model)
        assert [fact.valid for fact in indexes() if fact.name == "tried_here"] == [True]
    drop_index("tried_here")
    assert "tried_here" not in names()
