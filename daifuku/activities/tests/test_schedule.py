"""The schedule: the days it shows, whose plans, what stands where, and what nobody else may see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from daifuku.activities.actions import cancel, finish
from daifuku.activities.models import Plan
from daifuku.activities.schedule import span
from daifuku.activities.schedule.placing import Block, side_by_side
from daifuku.activities.showing import Line
from daifuku.records import actions

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

TOKYO = ZoneInfo("Asia/Tokyo")
# A Thursday of a week with a holiday on its Monday (勤労感謝の日).
THURSDAY = date(2026, 11, 26)
HX = {"HX-Request": "true"}


def planned(cast: Cast, firm: Any, hour: float = 10, day: date = THURSDAY, **values: Any) -> Any:
    start = datetime(day.year, day.month, day.day, tzinfo=TOKYO) + timedelta(hours=hour)
    given = {"account": firm, "method": "visit", "subject": "見積の説明", "started_at": start}
    return actions.create("plan", given | values, by=cast.aoyama)


def page(client: Client, **asked: str) -> Any:
    answer = client.get(reverse("activities:schedule"), {"day": "2026-11-26", **asked})
    assert answer.status_code == 200
    return answer.context["page"]


def shown(cells: Any) -> dict[str, list[str]]:
    return {cell.iso: [str(block.record) for block in cell.blocks] for cell in cells if cell.blocks}


class TestSpan:
    def test_a_week_begins_on_monday_and_a_month_has_whole_weeks(self) -> None:
        week = span.read("week", "2026-11-26", THURSDAY).days
        assert (week[0], week[-1], len(week)) == (date(2026, 11, 23), date(2026, 11, 29), 7)
        month = span.read("month", "2026-11-26", THURSDAY).days
        assert (month[0], month[-1]) == (date(2026, 10, 26), date(2026, 12, 6))

    @pytest.mark.parametrize("raw", ["", "いつか", "2026-02-30", "0000-01-01", "99999-01-01"])
    def test_a_day_that_is_none_is_today(self, raw: str) -> None:
        assert span.read("", raw, THURSDAY).day == THURSDAY

    @given(st.dates(date(1800, 1, 1), date(2400, 1, 1)), st.sampled_from(["day", "week", "month", "", "x"]))
    def test_one_goes_on_and_back_without_losing_the_way(self, day: date, by: str) -> None:
        here = span.read(by, day.isoformat(), THURSDAY)
        assert here.day in here.days
        assert here.before <= here.day <= here.after or here.by == "month"
        assert len(here.days) in {1, 7, 28, 35, 42}


class TestPlacing:
    @given(st.lists(st.tuples(st.integers(0, 90), st.integers(2, 6)), max_size=12))
    def test_what_overlaps_stands_in_lanes_of_its_own(self, times: list[tuple[int, int]]) -> None:
        plans = [
            Block(Line(Plan(pk=n), (), "", ()), datetime.now(TOKYO), None, since, long)
            for n, (since, long) in enumerate(times)
        ]
        placed = side_by_side(plans)
        assert len(placed) == len(plans)
        for one in placed:
            assert 0 <= one.lane < one.lanes
            for other in placed:
                meets = one.since < other.since + other.long and other.since < one.since + one.long
                if one is not other and meets and max(one.lanes, other.lanes) < 6:
                    assert one.lane != other.lane


@pytest.mark.django_db
class TestPage:
    def test_a_week_shows_each_plan_on_its_day(self, cast: Cast, login_as: Login, firm: Any) -> None:
        planned(cast, firm, 10, subject="朝の訪問")
        planned(cast, firm, 9, THURSDAY + timedelta(days=1), subject="金曜の訪問")
        planned(cast, firm, 9, THURSDAY + timedelta(days=7), subject="来週の訪問")
        planned(cast, firm, 11, subject="馬場の訪問", owner=cast.baba)
        seen = page(login_as(cast.aoyama))
        assert shown(seen.cells) == {"2026-11-26": ["朝の訪問"], "2026-11-27": ["金曜の訪問"]}
        assert seen.cells[0].holiday == "勤労感謝の日"

    def test_a_day_and_a_month_show_theirs(self, cast: Cast, login_as: Login, firm: Any) -> None:
        planned(cast, firm, subject="朝の訪問")
        planned(cast, firm, day=date(2026, 11, 2), subject="月初の訪問")
        client = login_as(cast.aoyama)
        assert shown(page(client, by="day").cells) == {"2026-11-26": ["朝の訪問"]}
        assert set(shown(page(client, by="month").cells)) == {"2026-11-02", "2026-11-26"}

    def test_early_and_late_plans_open_more_hours(self, cast: Cast, login_as: Login, firm: Any) -> None:
        client = login_as(cast.aoyama)
        assert (page(client).opens, page(client).closes) == (8, 19)
        planned(cast, firm, 6.5)
        planned(cast, firm, 22)
        assert (page(client).opens, page(client).closes) == (6, 23)

    def test_a_plan_over_several_days_stands_in_their_heads(
        self, cast: Cast, login_as: Login, firm: Any
    ) -> None:
        made = planned(cast, firm, 13, subject="展示会")
        actions.edit(made, {"ended_at": "2026-11-28T12:00"}, by=cast.aoyama)
        cells = page(login_as(cast.aoyama)).cells
        assert [cell.iso for cell in cells if cell.whole] == ["2026-11-26", "2026-11-27", "2026-11-28"]

    def test_what_is_done_or_called_off_says_so(self, cast: Cast, login_as: Login, firm: Any) -> None:
        cancel(planned(cast, firm, 10, subject="流れた訪問"), "先方の都合", by=cast.aoyama)
        gone = planned(cast, firm, 10, date(2026, 10, 1), subject="済んだ訪問")
        finish(gone, {"content": "order", "text": "決まり"}, by=cast.aoyama)
        client = login_as(cast.aoyama)
        text = client.get("/schedule/?day=2026-11-26").content.decode()
        assert 'data-state="cancelled"' in text
        assert "中止" in text
        assert "済み" in client.get("/schedule/?day=2026-10-01").content.decode()

    def test_tasks_stand_in_the_head_of_their_day(self, cast: Cast, login_as: Login, firm: Any) -> None:
        made = actions.create("task", {"subject": "見本を送る", "due_on": THURSDAY}, by=cast.aoyama)
        cells = {cell.iso: cell for cell in page(login_as(cast.aoyama)).cells}
        assert [line.record for line in cells["2026-11-26"].tasks] == [made]

    def test_a_colleague_is_chosen_and_a_team_stands_side_by_side(
        self, cast: Cast, login_as: Login, firm: Any
    ) -> None:
        planned(cast, firm, 10, subject="朝の訪問")
        planned(cast, firm, 11, subject="馬場の訪問", owner=cast.baba)
        client = login_as(cast.aoyama)
        assert shown(page(client, who=str(cast.baba.uid)).cells) == {"2026-11-26": ["馬場の訪問"]}
        team = page(client, who=f"team-{cast.section.pk}")
        assert {str(person): list(shown(cells).values()) for person, cells in team.rows} == {
            "青山 凛": [["朝の訪問"]], "馬場 健": [["馬場の訪問"]],
        }  # fmt: skip
        month = page(client, who=f"team-{cast.section.pk}", by="month")
        assert shown(month.cells) == {"2026-11-26": ["朝の訪問", "馬場の訪問"]}

    def test_a_day_of_many_people_has_a_row_for_each(
        self, cast: Cast, login_as: Login, firm: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        planned(cast, firm, 11, subject="馬場の訪問", owner=cast.baba)
        client, who = login_as(cast.aoyama), f"team-{cast.section.pk}"
        assert page(client, who=who, by="day").form == "hours"
        monkeypatch.setattr("daifuku.activities.schedule.page.MOST_COLUMNS", 1)
        seen = page(client, who=who, by="day")
        assert (seen.form, [len(cells) for _person, cells in seen.rows]) == ("people", [1, 1])

    def test_private_plans_of_others_are_not_there(self, cast: Cast, login_as: Login, firm: Any) -> None:
        planned(cast, firm, subject="秘密の訪問")
        actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
        answer = login_as(cast.senda).get(f"/schedule/?day=2026-11-26&who={cast.aoyama.uid}")
        assert "秘密の訪問" not in answer.content.decode()
        assert "秘密の訪問" in login_as(cast.aoyama).get("/schedule/?day=2026-11-26").content.decode()

    def test_whoever_leads_a_team_begins_with_it(self, cast: Cast, login_as: Login, firm: Any) -> None:
        client = login_as(cast.osaki)
        first, own = page(client).whose, page(client, who="me").whose
        assert (first.name, first.shared) == ("営業部", True)
        assert {str(person) for person in first.people} == {"大崎 涼", "青山 凛", "馬場 健"}
        assert (own.name, own.shared) == ("大崎 涼", False)

    @pytest.mark.parametrize("who", ["x", "team-0", "team-x", "00000000-0000-7000-8000-000000000000"])
    def test_whom_there_is_not_has_no_schedule(self, cast: Cast, login_as: Login, who: str) -> None:
        assert login_as(cast.aoyama).get(f"/schedule/?who={who}").status_code == 404

    def test_an_empty_half_hour_leads_to_a_plan_at_that_time(
        self, cast: Cast, login_as: Login, firm: Any
    ) -> None:
        client = login_as(cast.aoyama)
        slots = {at: address for cell in page(client).cells for at, address in cell.slots}
        form = client.get(slots["2026-11-26T10:30"]).content.decode()
        assert "2026-11-26T10:30" in form
        assert "/plans/new/" not in login_as(cast.eguchi).get("/schedule/").content.decode()


@pytest.mark.django_db
class TestMoving:
    def test_dropped_elsewhere_it_is_moved_and_the_schedule_comes_anew(
        self, cast: Cast, login_as: Login, firm: Any
    ) -> None:
        made = planned(cast, firm)
        address = reverse("activities:reschedule", args=[made.uid])
        answer = login_as(cast.aoyama).post(
            f"{address}?by=week&day=2026-11-26", {"started_at": "2026-11-27T14:00"}, headers=HX
        )
        assert answer.status_code == 200
        assert "undo" in answer["HX-Trigger"]
        assert 'data-at="2026-11-27T14:00"' in answer.content.decode()
        assert Plan.plain.get().started_at == datetime(2026, 11, 27, 14, tzinfo=TOKYO)

    def test_a_refused_move_shows_it_where_it_was(self, cast: Cast, login_as: Login, firm: Any) -> None:
        made = planned(cast, firm)
        cancel(made, "先方の都合", by=cast.aoyama)
        address = reverse("activities:reschedule", args=[made.uid])
        answer = login_as(cast.aoyama).post(
            f"{address}?day=2026-11-26", {"started_at": "2026-11-27T14:00"}, headers=HX
        )
        assert answer.status_code == 409
        assert 'data-at="2026-11-26T10:00"' in answer.content.decode()

    def test_the_form_does_the_same_without_scripts(self, cast: Cast, login_as: Login, firm: Any) -> None:
        made, client = planned(cast, firm), login_as(cast.aoyama)
        address = reverse("activities:reschedule", args=[made.uid])
        assert address in client.get(made.get_absolute_url()).content.decode()
        assert "2026-11-26T10:00" in client.get(address).content.decode()
        assert client.post(address, {"started_at": "いつか"}).status_code == 422
        assert client.post(address, {"started_at": "2026-11-27T14:00"})["Location"] == made.get_absolute_url()
        assert Plan.plain.get().started_at == datetime(2026, 11, 27, 14, tzinfo=TOKYO)

    def test_another_team_moves_nothing(self, cast: Cast, login_as: Login, firm: Any) -> None:
        address = reverse("activities:reschedule", args=[planned(cast, firm).uid])
        assert login_as(cast.senda).post(address, {"started_at": "2026-11-27T14:00"}).status_code == 403
