"""The bar of all other values leads to exactly the records that no other bar shows."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.records import actions, listing, look
from daifuku.records.actions import custom_fields
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.chart_drawing import colour_of
from daifuku.records.chart_rest import others
from daifuku.records.charting import Bar, Charted, charted
from daifuku.records.conditions import parse
from daifuku.records.look import Chart
from daifuku.staff.models import Company
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
INDUSTRIES = 11


def make(cast: Cast) -> str:
    """Accounts of 14 towns, months and industries, the first ones more often; two are of no town, month or industry.
    Gives the key of a day of one's own."""
    day = custom_fields.add_field("account", "date", "見直し日", by=cast.mizuno).key
    industries = vocabulary.fields_of("account")["industry"].type.options  # type: ignore[attr-defined]
    for number in range(14):
        for copy in range(2 if number < 5 else 1):
            month = f"2025-{number + 1:02}-15" if number < 12 else f"2026-{number - 11:02}-01"
            values = {
                "name": f"商店{number}の{copy}", "city": f"{number}市", "traded_since": month, day: month,
                "industry": industries[number % INDUSTRIES].key, "employees": number, "rank": "ab"[copy],
            }  # fmt: skip
            actions.create("account", values, by=cast.aoyama)
    for number in range(2):
        actions.create("account", {"name": f"無記入{number}"}, by=cast.aoyama)
    return day


def chart_of(cast: Cast, x: str, **words: str) -> Charted:
    viewer = viewer_of(cast.aoyama)
    read = look.read_chart({"chart": "pie", "x": x, **words}, vocabulary.fields_for(viewer, "account"))
    assert read is not None
    return charted(listing.query("account", viewer, columns=(), today=TODAY), read, viewer, TODAY)


def found_by(cast: Cast, test: dict[str, Any] | None) -> list[str]:
    assert test is not None
    viewer = viewer_of(cast.aoyama)
    condition = parse({"all": [test]}, "account", viewer)
    rows = registry.get("account").model.objects.visible_to(viewer).filter(condition.q(viewer, TODAY))
    return sorted(row.name for row in rows)


@pytest.mark.parametrize("x", ["city", "industry", "traded_since", "day"])
def test_the_rest_leads_to_what_no_other_bar_shows(cast: Cast, x: str) -> None:
    day = make(cast)
    found = chart_of(cast, day if x == "day" else x)
    assert found.rest
    *shown, rest = found.bars
    elsewhere = [name for bar in shown for name in found_by(cast, bar.test)]
    everything = found_by(cast, {"field": "name", "op": "filled"})
    assert sorted([*elsewhere, *found_by(cast, rest.test)]) == everything
    assert len(found_by(cast, rest.test)) == rest.count


def test_the_rest_of_a_stack_leads_to_its_records_too(cast: Cast) -> None:
    make(cast)
    found = chart_of(cast, "rank", chart="stacked", stack="city")
    left = found.series[-1]
    assert left.test is not None
    for place, bar in enumerate(found.bars):
        assert len(found_by(cast, {"all": [bar.test, left.test]})) == (left.values[place] or 0)


@pytest.mark.parametrize("key", ["traded_since", "created_at"])
def test_of_scattered_months_the_rest_is_around_and_between_them(cast: Cast, key: str) -> None:
    by = vocabulary.fields_of("account")[key]
    shown = [
        {"field": key, "op": "between", "value": ["2025-03-01", "2025-03-31"]},
        {"field": key, "op": "between", "value": ["2025-04-01", "2025-04-30"]},
        {"field": key, "op": "between", "value": ["2025-07-01", "2025-07-31"]},
    ]
    around = [
        {"field": key, "op": "before", "value": "2025-03-01"},
        {"field": key, "op": "between", "value": ["2025-05-01", "2025-06-30"]},
        {"field": key, "op": "after", "value": "2025-07-31"},
    ]
    empty = {"field": key, "op": "empty"}
    assert others(by, [shown[2], empty, shown[0], shown[1]]) == {"any": around}
    assert others(by, shown) == {"any": [*around, empty]}


def test_nobody_can_tell_the_rest_where_a_bar_says_nothing() -> None:
    by = vocabulary.fields_of("account")["owner"]
    known = {"field": "owner", "op": "any_of", "value": ["x"]}
    assert others(by, [known, None]) is None
    assert others(by, [{"field": "owner", "op": "empty"}]) is None


def test_the_page_links_the_rest_in_picture_and_table(cast: Cast, client: Client) -> None:
    Company.objects.create(name="シャチホコ商事")
    make(cast)
    client.force_login(cast.aoyama)
    text = client.get("/accounts/?layout=chart&chart=pie&x=city").content.decode()
    address = re.findall(r'<a class="name" href="([^"]+)">その他（6種類）', text)[0]
    assert f'<a href="{address}"' in text.split("chart-figure")[1].split("</figure>")[0]
    records = client.get(unescape(address)).content.decode()
    assert records.count('class="name"') == 6
    assert "商店13の0" in records
    assert "商店0の0" not in records


def test_no_two_slices_have_the_same_colour_when_grey_is_taken() -> None:
    by = vocabulary.fields_of("account")["rank"]
    names = ("blue", "grey", "teal", "")
    found = Charted(Chart("pie", by), [Bar(name, name, 1, 1, name) for name in names], [], rest=True)
    assert [colour_of(found, place) for place in range(4)] == ["blue", "grey", "teal", "orange"]
