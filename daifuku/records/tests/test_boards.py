"""A list as a board: its columns, their heads, cards that are moved, and what a person may not see or change."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from daifuku.foundation.errors import Invalid
from daifuku.foundation.sql.time_limit import TookTooLong
from daifuku.ledger.models import Event
from daifuku.records import actions, board, grouping
from daifuku.records.actions import choices, views
from daifuku.records.models import View
from daifuku.records.tests.vocabulary_of_tests import add_custom_fields
from daifuku.staff.models import Company, Role

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
BOARD = "/accounts/?layout=board&by=rank"


@pytest.fixture
def aoyama(cast: Cast, client: Client) -> Client:
    """青山 has signed in; there are four accounts of two ranks and of none."""
    Company.objects.create(name="シャチホコ商事")
    for name, rank, sales in (("青葉", "a", 100), ("桜", "b", 250), ("楓", "b", 50), ("柊", "", None)):
        values = {"name": name, "rank": rank, "annual_sales": sales, "prefecture": "愛知県"}
        actions.create("account", values, by=cast.aoyama)
    client.force_login(cast.aoyama)
    return client


def columns(page: str) -> dict[str, list[str]]:
    """The names on the cards of each column."""
    found = {}
    for part in page.split('<section class="board-column"')[1:]:
        key = re.search(r'data-key="([^"]*)"', part)
        assert key
        found[key[1]] = sorted(re.findall(r'data-name="([^"]*)" ?(?:data-sum="[^"]*" )?data-movable', part))
    return found


def got(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def moved(client: Client, record: Any, to: str, **more: Any) -> Any:
    body = {"field": "rank", "to": to, "version": record.version, **more}
    return client.post(f"{record.get_absolute_url()}move/", body, headers={"HX-Request": "true"})


def test_each_choice_is_a_column_with_its_cards_and_one_for_none(aoyama: Client) -> None:
    found = columns(got(aoyama, BOARD))
    assert {key: names for key, names in found.items() if names} == {
        "a": ["青葉"],
        "b": ["桜", "楓"],
        "-": ["柊"],
    }
    assert list(found)[:3] == ["a", "b", "c"]


def test_heads_count_and_add_up(aoyama: Client) -> None:
    page = got(aoyama, f"{BOARD}&sum=annual_sales")
    assert re.findall(r'data-count="(\d+)"', page)[:3] == ["1", "2", "0"]
    assert 'data-sum="300" title="売上高・年商">300円' in page


def test_filters_conditions_and_search_apply(aoyama: Client) -> None:
    condition = json.dumps({"all": [{"field": "annual_sales", "op": "lt", "value": 200}]})
    for query, names in (
        ("f.rank=b", {"桜", "楓"}),
        ("q=青葉", {"青葉"}),
        (f"where={condition}", {"青葉", "楓"}),
    ):
        found = columns(got(aoyama, f"{BOARD}&{query}"))
        assert {name for each in found.values() for name in each} == names


def test_a_card_is_moved_with_a_line_and_taken_back(aoyama: Client, cast: Cast) -> None:
    record = account("青葉")
    answer = moved(aoyama, record, "c")
    record.refresh_from_db()
    assert (answer.status_code, record.rank) == (200, "c")
    assert f'data-version="{record.version}" data-column="c"' in answer.content.decode()
    toast = json.loads(answer["HX-Trigger"])["toast"]
    assert toast["sentence"] == "「青葉」を「C」に移しました。"
    assert Event.objects.latest("pk").changes == {"rank": ["a", "c"]}
    aoyama.post(toast["undo"])
    record.refresh_from_db()
    assert record.rank == "a"
    moved(aoyama, record, "-")
    record.refresh_from_db()
    assert record.rank == ""


def test_what_somebody_else_did_meanwhile_is_not_passed_over(aoyama: Client, cast: Cast) -> None:
    record = account("青葉")
    actions.edit(record, {"rank": "b"}, by=cast.osaki)
    answer = moved(aoyama, record, "c")
    assert answer.status_code == 412
    assert 'data-column="b"' in answer.content.decode()
    assert "先に保存しました" in json.loads(answer["HX-Trigger"])["toast"]["sentence"]


def test_a_move_may_be_refused_and_the_card_stays(aoyama: Client, cast: Cast, client: Client) -> None:
    record = account("青葉")
    for to in ("nothing", "x" * 5000):
        answer = moved(aoyama, record, to)
        assert (answer.status_code, 'data-column="a"' in answer.content.decode()) == (422, True)
    client.force_login(cast.eguchi)
    answer = moved(client, record, "c")
    assert answer.status_code in {403, 404}
    assert account("青葉").rank == "a"


def test_a_field_that_one_may_not_change_gives_cards_that_stay(aoyama: Client, cast: Cast) -> None:
    record = account("青葉")
    Role.objects.filter(key="rep").update(field_rules={"account": {"rank": "readonly"}})
    page = got(aoyama, BOARD)
    assert "青葉" in page
    assert "data-movable" not in page
    assert moved(aoyama, record, "c").status_code == 404


def test_a_hidden_field_makes_no_board(aoyama: Client, cast: Cast) -> None:
    Role.objects.filter(key="rep").update(field_rules={"account": {"rank": "hidden"}})
    page = got(aoyama, f"{BOARD}&sum=annual_sales")
    assert 'data-board-field-value="rank"' not in page
    assert '<option value="rank"' not in page


def test_a_retired_choice_is_a_column_only_while_it_has_cards(aoyama: Client, cast: Cast) -> None:
    for key in ("b", "c"):
        row = choices.row_of("account", "rank", key)
        choices.edit_choice(row, {"active": False}, by=cast.mizuno)
    assert list(columns(got(aoyama, BOARD)))[:2] == ["a", "b"]
    assert "c" not in columns(got(aoyama, BOARD))


def test_a_column_shows_fifty_and_then_more(aoyama: Client, cast: Cast) -> None:
    for number in range(60):
        actions.create("account", {"name": f"商店{number:02}", "rank": "d"}, by=cast.aoyama)
    page = got(aoyama, BOARD)
    assert len(columns(page)["d"]) == 50
    more = re.search(r'hx-get="([^"]+)"', page.partition("board-more")[2])
    assert more
    cards = got(aoyama, more[1].replace("&amp;", "&"))
    assert cards.count('class="board-card"') == 10
    assert "さらに表示" not in cards


def test_a_custom_choice_makes_a_board_too(aoyama: Client, cast: Cast) -> None:
    add_custom_fields("account")
    record = account("青葉")
    page = got(aoyama, "/accounts/?layout=board&by=colour&sum=budget")
    assert 'data-board-field-value="colour"' in page
    assert moved(aoyama, record, "blue", field="colour").status_code == 200
    page = got(aoyama, "/accounts/?layout=board&by=colour&sum=budget")
    assert columns(page)["blue"] == ["青葉"]


def test_the_board_is_part_of_a_kept_view(aoyama: Client, cast: Cast) -> None:
    aoyama.post(
        "/accounts/views/save/", {"name": "ランク別", "layout": "board", "by": "rank", "sum": "annual_sales"}
    )
    view = View.objects.get()
    assert view.look == {"layout": "board", "by": "rank", "sum": "annual_sales"}
    page = got(aoyama, f"/accounts/?view={view.key}")
    assert columns(page)["a"] == ["青葉"]
    assert "このビューから変更されています" not in page
    assert "board-column" not in got(aoyama, f"/accounts/?view={view.key}&layout=list")
    with pytest.raises(Invalid):
        views.edit_view(view, {"look": {"layout": "board", "by": "name"}}, by=cast.aoyama)


def test_more_cards_ask_the_database_no_more_often(aoyama: Client, cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            got(aoyama, BOARD)
        return len(queries)

    asked()
    before = asked()
    for number in range(20):
        actions.create("account", {"name": f"商店{number}", "rank": "b"}, by=cast.baba)
    assert asked() <= before


def test_a_count_that_takes_too_long_says_at_least(aoyama: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*given: Any) -> Any:
        raise TookTooLong

    monkeypatch.setattr(grouping, "groups_of", slow)
    monkeypatch.setattr(board, "SIZE", 1)
    monkeypatch.setattr(board, "COUNTED", 1)
    page = got(aoyama, f"{BOARD}&sum=annual_sales")
    assert "1件以上" in page
    assert columns(page)["b"]


def account(name: str) -> Any:
    from daifuku.customers.models import Account

    return Account.plain.get(name=name)


def test_a_column_whose_cards_take_too_long_says_so(aoyama: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = board._fetch

    def slow_for_b(listed: Any, by: Any, column: Any, *more: Any, **options: Any) -> None:
        if column.key == "b":
            raise TookTooLong
        fetch(listed, by, column, *more, **options)

    monkeypatch.setattr(board, "_fetch", slow_for_b)
    page = got(aoyama, BOARD)
    assert columns(page)["a"] == ["青葉"]
    assert (columns(page)["b"], columns(page)["-"]) == ([], ["柊"])
    assert page.count("時間内に表示できませんでした") == 1
