"""A list in groups and with sums at its foot: counted and added up on what the person may see and has narrowed down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from daifuku.customers.models import Account
from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.records import actions, grouping
from daifuku.records.catalogue import vocabulary
from daifuku.records.models import View
from daifuku.records.tests.accounts_of_tests import make_accounts
from daifuku.records.tests.vocabulary_of_tests import add_custom_fields
from daifuku.records.views import list_frame
from daifuku.staff.models import Person, Role
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
ROWS = (
    ("青葉", "a", 100, "2026-04-01", "愛知県"),
    ("桜", "b", 250, "2026-04-30", "愛知県"),
    ("楓", "b", 50, "2025-12-31", "岐阜県"),
    ("柊", "", None, None, ""),
)


@pytest.fixture
def aoyama(cast: Cast, client: Client) -> Client:
    """青山 has signed in; there are four accounts."""
    make_accounts(ROWS, by=cast.aoyama)
    client.force_login(cast.aoyama)
    return client


def got(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def groups(page: str) -> list[list[str]]:
    """The cells of each group as text."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [
            re.sub(r"<[^>]+>", "", cell).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in body.split("<tr>")[1:]
    ]


def test_groups_of_each_kind_are_counted_and_added_up(aoyama: Client) -> None:
    cols = "cols=name,annual_sales"
    expected = {
        "rank": [["A", "1", "100円"], ["B", "2", "300円"], ["（空欄）", "1", "—"]],
        "traded_since": [
            ["2025年12月", "1", "50円"],
            ["2026年4月", "2", "350円"],
            ["（空欄）", "1", "—"],
        ],
        "prefecture": [["愛知県", "2", "350円"], ["岐阜県", "1", "50円"], ["（空欄）", "1", "—"]],
        "owner": [["青山 凛", "4", "400円"]],
    }
    for by, rows in expected.items():
        assert groups(got(aoyama, f"/accounts/?group={by}&{cols}")) == rows, by


def test_opening_a_group_narrows_the_list_down_to_it(aoyama: Client) -> None:
    for by, name, seen in (
        ("rank", "B", {"桜", "楓"}),
        ("rank", "（空欄）", {"柊"}),
        ("traded_since", "2026年4月", {"青葉", "桜"}),
        ("prefecture", "岐阜県", {"楓"}),
        ("owner", "青山 凛", {"青葉", "桜", "楓", "柊"}),
    ):
        page = got(aoyama, f"/accounts/?group={by}&cols=name")
        row = next(row for row in page.partition("<tbody>")[2].split("<tr>") if f">{name}<" in row)
        address = re.search(r'href="([^"]+)"', row)
        assert address
        listed = got(aoyama, address[1].replace("&amp;", "&"))
        assert set(re.findall(r'class="name" href="[^"]*">([^<]+)', listed)) == seen, (by, name)


def test_custom_fields_are_grouped_and_added_up_exactly(aoyama: Client, cast: Cast) -> None:
    add_custom_fields("account")
    for name, values in {
        "青葉": {"colour": "red", "budget": "123456789012345", "vip": "yes", "opened": "2026-01-15"},
        "桜": {"colour": "red", "budget": "1", "vip": "no", "share": "12.5", "helper": str(cast.baba.uid)},
        "楓": {"colour": "blue", "share": "0.1", "opened": "2026-01-31", "ratio": "0.125"},
    }.items():
        actions.edit(Account.plain.get(name=name), values, by=cast.aoyama)
    viewer = Viewer(Person.objects.get(pk=cast.aoyama.pk))
    fields = vocabulary.fields_for(viewer, "account")
    rows = Account.objects.visible_to(viewer)

    def found(by: str, *sums: str) -> dict[str, Any]:
        listed = grouping.groups_of(rows, fields[by], [fields[key] for key in sums]).groups
        return {group.name: (group.count, *map(str, group.sums.values())) for group in listed}

    assert found("colour", "budget")["色red"] == (2, "123456789012346")
    assert found("vip") == {"はい": (1,), "いいえ": (1,), "（空欄）": (2,)}
    assert found("opened")["2026年1月"] == (2,)
    assert found("helper")[str(cast.baba)] == (1,)
    totals = grouping.totals_of(
        rows, [(fields[key], how) for key, how in (("share", "avg"), ("ratio", "max"), ("budget", "count"))]
    )
    assert {key: str(value) for key, value in totals.items()} == {
        "share": "6.3",
        "ratio": "0.125",
        "budget": "2",
    }


def test_the_feet_of_columns(aoyama: Client) -> None:
    for how, words in (("sum", "400円"), ("avg", "133.3"), ("min", "50円"), ("max", "250円"), ("count", "3")):
        page = got(aoyama, f"/accounts/?cols=name,annual_sales&totals=annual_sales:{how}")
        assert words in page.partition("<tfoot>")[2]
    assert "<tfoot>" not in got(aoyama, "/accounts/?cols=name,annual_sales&totals=name:sum,annual_sales:drop")
    narrowed = got(aoyama, "/accounts/?cols=name,annual_sales&totals=annual_sales:sum&f.rank=b")
    assert "300円" in narrowed.partition("<tfoot>")[2]


def test_of_a_long_list_they_are_worked_out_when_asked_for(
    aoyama: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_frame, "COUNTED", 3)
    page = got(aoyama, "/accounts/?cols=name,annual_sales&totals=annual_sales:sum")
    foot = page.partition("<tfoot>")[2]
    assert "400円" not in foot
    address = re.search(r'hx-get="([^"]+)"', foot)
    assert address
    assert "400円" in got(aoyama, address[1].replace("&amp;", "&"))


def test_what_takes_too_long_is_given_up_with_a_sentence(
    aoyama: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*given: Any) -> Any:
        raise TookTooLong

    monkeypatch.setattr(grouping, "groups_of", slow)
    monkeypatch.setattr(grouping, "totals_of", slow)
    page = got(aoyama, "/accounts/?group=rank")
    assert "件数が多く、集計に時間がかかります。" in page
    for address in (
        "/accounts/groups/?group=rank",
        "/accounts/totals/?cols=annual_sales&totals=annual_sales:sum",
    ):
        assert "集計に時間がかかるため、表示できません。" in got(aoyama, address)


def test_the_database_stops_in_time(cast: Cast) -> None:
    with pytest.raises(TookTooLong), at_most(0.05), connection.cursor() as cursor:
        cursor.execute(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000000) select count(*) from n"
        )
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)


def test_only_what_the_person_sees_is_counted(aoyama: Client, cast: Cast) -> None:
    actions.create(
        "account", {"name": "内緒", "rank": "a", "annual_sales": 9999, "privacy": "private"}, by=cast.baba
    )
    assert groups(got(aoyama, "/accounts/?group=rank&cols=name,annual_sales"))[0] == ["A", "1", "100円"]
    Role.objects.filter(key="rep").update(
        field_rules={"account": {"annual_sales": "hidden", "rank": "hidden"}}
    )
    page = got(aoyama, "/accounts/?group=rank&cols=name,annual_sales&totals=annual_sales:sum")
    assert ("100円" in page, "<tfoot>" in page, "（空欄）" in page) == (False, False, False)


def test_the_form_leads_to_the_list_that_looks_so_and_a_view_keeps_it(aoyama: Client) -> None:
    form = {
        "go": "1",
        "group-by": "rank",
        "dense": "tight",
        "total-annual_sales": "sum",
        "cols": "name,annual_sales",
    }
    answer = aoyama.get("/accounts/look/", form)
    assert answer.status_code == 302
    page = got(aoyama, answer["Location"])
    assert 'data-density="tight"' in page
    aoyama.post(
        "/accounts/views/save/",
        {"name": "集計", "group": "rank", "density": "tight", "totals": "annual_sales:sum"},
    )
    view = View.objects.get()
    assert view.look == {"group": "rank", "density": "tight", "totals": "annual_sales:sum"}
    assert groups(got(aoyama, f"/accounts/?view={view.key}"))[0][:2] == ["A", "1"]
    back = aoyama.get("/accounts/look/", {"view": view.key, "go": "1", "total-annual_sales": "sum"})[
        "Location"
    ]
    assert "group=none" in back
    page = got(aoyama, back)
    assert ("data-density" in page, "青葉" in page) == (False, True)
