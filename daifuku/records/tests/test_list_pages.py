"""The page of a list: how many there are, what is filtered, and what long names do to it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest

from daifuku.records import actions
from daifuku.records.actions import views
from daifuku.records.models import View
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def aoyama(cast: Cast, client: Client) -> Client:
    """青山 has signed in; there are two accounts."""
    Company.objects.create(name="シャチホコ商事")
    actions.create("account", {"name": "青葉商事", "rank": "a", "prefecture": "愛知県"}, by=cast.aoyama)
    actions.create("account", {"name": "桜物産", "rank": "b", "prefecture": "岐阜県"}, by=cast.aoyama)
    client.force_login(cast.aoyama)
    return client


def test_the_number_of_rows_stands_at_the_head(aoyama: Client) -> None:
    for query, count in (("", "2件"), ("?q=青葉", "1件"), ("?q=ありえない", "0件")):
        page = aoyama.get(f"/accounts/{query}").content.decode()
        assert count in page.partition("</header>")[2].partition("</header>")[0]


def test_a_kept_view_shows_its_quick_filters_in_their_boxes(aoyama: Client) -> None:
    shown = {"f.rank": "a", "f.prefecture": "愛知"}
    aoyama.post("/accounts/views/save/", {**shown, "name": "愛知のA"})
    address = f"/accounts/?view={View.objects.get().key}"
    page = aoyama.get(address).content.decode()
    assert '<option value="a" selected>' in page
    assert 'name="f.prefecture" value="愛知"' in page
    assert 'class="chips"' not in page
    assert "このビューから変更されています" not in page
    assert ("青葉商事" in page, "桜物産" in page) == (True, False)


def test_a_quick_filter_of_a_view_can_be_changed_and_emptied(aoyama: Client) -> None:
    aoyama.post("/accounts/views/save/", {"f.rank": "a", "name": "A"})
    view = View.objects.get()
    for rank, seen in (("b", (False, True)), ("", (True, True))):
        page = aoyama.get(f"/accounts/?view={view.key}&f.rank={rank}").content.decode()
        assert ("青葉商事" in page, "桜物産" in page) == seen
        assert "このビューから変更されています" in page
        assert f"f.rank={rank}&amp;" in page
    aoyama.post("/accounts/views/save/", {"view": view.key, "f.rank": "b", "over": view.key})
    assert View.objects.get().condition == {"all": [{"field": "rank", "op": "any_of", "value": ["b"]}]}


def test_a_condition_that_the_boxes_cannot_show_stays_a_chip(aoyama: Client, cast: Cast) -> None:
    for condition in (
        {"all": [{"field": "rank", "op": "any_of", "value": ["a", "b"]}]},
        {"any": [{"field": "rank", "op": "any_of", "value": ["a"]}]},
        {"all": [{"field": "city", "op": "contains", "value": "名古屋"}]},
    ):
        view = views.create_view("account", {"name": "条件", "condition": condition}, by=cast.aoyama)
        page = aoyama.get(f"/accounts/?view={view.key}").content.decode()
        assert 'class="chips"' in page
        assert "data-set" not in page


def test_a_very_long_text_is_cut_in_the_list_and_whole_under_the_mouse(aoyama: Client, cast: Cast) -> None:
    actions.create("account", {"name": "長" * 200, "note": "い" * 10_000}, by=cast.aoyama)
    page = aoyama.get("/accounts/?view=all&cols=name,note").content.decode()
    assert "い" * 1001 not in page
    assert ">" + "い" * 199 + "…<" in page
    assert f'title="{"長" * 200}"' in page


@pytest.mark.parametrize("after", ["x", "a:b:c", "%F0%9F%91%BA", "another sort", "tampered"])
def test_who_asks_for_a_page_that_is_none_is_led_to_the_first_of_the_same_list(
    aoyama: Client, cast: Cast, after: str
) -> None:
    for number in range(60):
        actions.create("account", {"name": f"商店{number}", "rank": "a"}, by=cast.aoyama)
    aoyama.post("/accounts/views/save/", {"f.rank": "a", "name": "A"})
    query = f"view={View.objects.get().key}&q=商店&sort="
    found = re.findall(
        r"after=([^\"]+)\" rel=\"next\"", aoyama.get(f"/accounts/?{query}name").content.decode()
    )[0]
    cursors = {"another sort": found, "tampered": found[:-1] + ("a" if found[-1] != "a" else "b")}
    sort = "-name" if after == "another sort" else "name"
    refused = aoyama.get(f"/accounts/?{query}{sort}&after={cursors.get(after, after)}")
    assert refused.status_code == 422
    page = refused.content.decode().partition("<main")[2]
    assert "最初のページから開き直してください" in page
    address = html.unescape(re.findall(r'data-kind="primary" href="([^"]+)"', page)[0])
    assert (address.startswith("/accounts/?"), "after" in address) == (True, False)
    first = aoyama.get(address)
    assert "60件" in first.content.decode()
    assert first.context["state"].sort == sort
    assert first.context["state"].view.name == "A"
