"""A list as a chart: the same groups as everywhere, drawn without style or script, each bar leads to its records."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.records import actions, listing, look
from daifuku.records.actions import custom_fields, views
from daifuku.records.catalogue import vocabulary
from daifuku.records.charting import MOST, Charted, charted
from daifuku.records.tests.accounts_of_tests import make_accounts
from daifuku.staff.models import Role
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
ROWS = (
    ("青葉", "a", 1000, "2026-01-15", "愛知県"),
    ("桜", "a", 2001, "2026-03-31", "愛知県"),
    ("楓", "b", 50, "2025-12-31", "岐阜県"),
    ("柊", "", None, None, ""),
)


@pytest.fixture
def aoyama(cast: Cast, client: Client) -> Client:
    make_accounts(ROWS, by=cast.aoyama)
    client.force_login(cast.aoyama)
    return client


def chart_of(cast: Cast, **words: str) -> Charted:
    viewer = viewer_of(cast.aoyama)
    fields = vocabulary.fields_for(viewer, "account")
    read = look.read_chart(words, fields)
    assert read is not None
    return charted(listing.query("account", viewer, columns=(), today=TODAY), read, viewer, TODAY)


def bars(found: Charted) -> list[tuple[str, str]]:
    return [(bar.name, found.said(bar.value)) for bar in found.bars]


def page(client: Client, query: str) -> str:
    return client.get(f"/accounts/?layout=chart&{query}").content.decode()


def test_bars_are_counted_added_up_and_averaged(aoyama: Client, cast: Cast) -> None:
    assert bars(chart_of(cast, x="rank")) == [("A", "2"), ("B", "1"), ("（空欄）", "1")]
    sums = chart_of(cast, x="rank", value="sum:annual_sales")
    assert bars(sums) == [("A", "3,001円"), ("B", "50円"), ("（空欄）", "—")]
    averages = chart_of(cast, x="rank", value="avg:annual_sales")
    assert bars(averages)[0] == ("A", "1,500.5")
    assert averages.bars[2].value is None


def test_days_are_put_together_by_month_quarter_and_year(aoyama: Client, cast: Cast) -> None:
    def names(step: str) -> list[str]:
        return [bar.name for bar in chart_of(cast, x="traded_since", step=step).bars]

    assert names("month") == ["2025年12月", "2026年1月", "2026年3月", "（空欄）"]
    assert names("quarter") == ["2025年第4四半期", "2026年第1四半期", "（空欄）"]
    found = chart_of(cast, x="traded_since", step="year", value="sum:annual_sales")
    assert bars(found) == [("2025年", "50円"), ("2026年", "3,001円"), ("（空欄）", "—")]
    assert found.bars[1].test == {
        "field": "traded_since",
        "op": "between",
        "value": ["2026-01-01", "2026-12-31"],
    }


def test_numbers_and_days_of_ones_own_are_exact_on_both_engines(cast: Cast) -> None:
    number = custom_fields.add_field("account", "decimal", "単価", by=cast.mizuno, options={"places": 2}).key
    day = custom_fields.add_field("account", "date", "見直し日", by=cast.mizuno).key
    for name, value, when in (("甲", "0.1", "2026-02-01"), ("乙", "0.2", "2026-03-01"), ("丙", None, None)):
        actions.create("account", {"name": name, number: value, day: when}, by=cast.aoyama)
    found = chart_of(cast, x=day, step="quarter", value=f"sum:{number}")
    assert [(bar.name, str(bar.value)) for bar in found.bars] == [
        ("2026年第1四半期", "0.30"),
        ("（空欄）", "None"),
    ]
    assert str(chart_of(cast, x=day, step="quarter", value=f"avg:{number}").bars[0].value) == "0.15"


def test_a_stack_parts_each_bar_and_its_parts_make_the_whole(aoyama: Client, cast: Cast) -> None:
    found = chart_of(cast, chart="stacked", x="rank", stack="prefecture", value="sum:annual_sales")
    assert {each.name: each.values for each in found.series} == {
        "愛知県": [3001, None, None], "岐阜県": [None, 50, None], "（空欄）": [None, None, None],
    }  # fmt: skip
    for place, bar in enumerate(found.bars):
        assert sum(each.values[place] or 0 for each in found.series) == (bar.value or 0)


def test_of_many_the_greatest_are_drawn_and_the_rest_is_one_bar(cast: Cast) -> None:
    for number in range(40):
        for _copy in range(3 if number == 39 else 1):
            values = {
                "name": f"商店{number}",
                "city": f"{number}市",
                "employees": number,
                "rank": "ab"[number % 2],
            }
            actions.create("account", values, by=cast.aoyama)
    found = chart_of(cast, x="city", value="sum:employees", chart="stacked", stack="rank")
    assert len(found.bars) == MOST + 1
    assert (found.bars[0].name, found.bars[0].value) == ("39市", 117)
    assert found.bars[-1].name == "その他（10種類）"
    assert found.bars[-1].value == sum(range(10))
    assert [each.values[-1] for each in found.series] == [sum(range(0, 10, 2)), sum(range(1, 10, 2))]
    assert len(chart_of(cast, x="city", chart="pie").bars) == 10


def test_every_bar_and_figure_leads_to_its_records(aoyama: Client, cast: Cast) -> None:
    text = page(aoyama, "x=traded_since&step=quarter&value=sum:annual_sales")
    picture, table = text.split("</svg>", 1)[0], text.split("chart-table")[1]
    address = unescape(re.findall(r'<a class="name" href="([^"]+)">2026年第1四半期', table)[0])
    assert address in unescape(text.split("chart-figure")[1].split("</figure>")[0])
    records = aoyama.get(address).content.decode()
    assert "青葉" in records
    assert "桜" in records
    assert ">楓<" not in records
    assert picture
    stacked = page(aoyama, "chart=stacked&x=rank&stack=prefecture")
    inner = unescape(re.findall(r'<td class="number"><a href="([^"]+)">1</a>', stacked)[0])
    narrowed = aoyama.get(inner).content.decode()
    assert ">楓<" in narrowed
    assert ">青葉<" not in narrowed


def test_pictures_need_neither_style_nor_script_and_let_nothing_typed_through(
    aoyama: Client, cast: Cast
) -> None:
    actions.create(
        "account", {"name": "楠", "city": "<script>x</script>", "annual_sales": -5}, by=cast.aoyama
    )
    for kind in look.CHARTS:
        for x in ("city", "traded_since", "owner", "rank"):
            text = page(aoyama, f"chart={kind}&x={x}&value=sum:annual_sales&stack=status")
            figure = text.split("chart-figure")[1].split("</figure>")[0]
            assert 'style="' not in figure
            assert "<script" not in figure
            assert "NaN" not in figure
            assert "<svg" in figure


def test_only_what_one_sees_is_counted(aoyama: Client, cast: Cast, client: Client) -> None:
    actions.create("account", {"name": "秘密", "rank": "d", "privacy": "private"}, by=cast.aoyama)
    client.force_login(cast.senda)
    assert ">D<" not in page(client, "x=rank").split("chart-table")[1]
    role = Role.objects.get(key="rep")
    role.field_rules = {"account": {"rank": "hidden", "annual_sales": "hidden"}}
    role.save()
    text = page(client, "x=rank&value=sum:annual_sales")
    assert '<option value="rank"' not in text
    assert "3,001" not in text


def test_a_view_keeps_its_chart_and_is_shared_with_it(aoyama: Client, cast: Cast, client: Client) -> None:
    kept: dict[str, Any] = {"layout": "chart", "chart": "pie", "x": "rank", "value": "sum:annual_sales"}
    view = views.create_view("account", {"name": "ランク別", "shared": True, "look": kept}, by=cast.mori)
    assert view.look == kept
    client.force_login(cast.aoyama)
    text = client.get(f"/accounts/?view={view.key}").content.decode()
    assert 'data-chart="pie"' in text
    assert "このビューから変更されています" not in text
    to_list = unescape(re.findall(r'<a href="([^"]+)"[^>]*title="一覧で表示"', text)[0])
    assert "chart-figure" not in client.get(to_list).content.decode()
    group = unescape(re.findall(r'<a class="name" href="([^"]+)">A</a>', text)[0])
    assert "青葉" in client.get(group).content.decode()


def test_what_makes_no_sense_is_as_usual(aoyama: Client) -> None:
    for query in (
        "x=nothing&chart=3d&step=day&value=sum:name&stack=name",
        "x=note",
        "value=max:employees",
        "x=tags",
    ):
        assert "chart-figure" in page(aoyama, query)
    assert "条件に合うものがありません" in page(aoyama, "x=rank&q=どこにもない")
    assert aoyama.get("/accounts/groups/?layout=chart&x=rank").status_code == 200
