"""朝の一枚: complaints first, what is missing, who got the new leads; of each as much as the reader may know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.activities.actions.calling_off import postpone
from daifuku.activities.actions.finishing import finish
from daifuku.activities.models import Plan
from daifuku.daily import days, telling
from daifuku.daily.actions import close_day, share, withdraw
from daifuku.daily.compiling import day_of
from daifuku.daily.models import Shared, habits
from daifuku.daily.morning import sheet
from daifuku.daily.morning.people import rows_of
from daifuku.daily.morning.sheet import Found, Line, Section, morning_of
from daifuku.duties.working import Calendar
from daifuku.foundation.errors import Forbidden, Invalid
from daifuku.ledger.channel import through
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.records import actions, undoing
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


def parts(person: Any, day: date) -> dict[str, Found]:
    morning = morning_of(viewer_of(person), day, timezone.now(), habits())
    return {part.section.key: part.found for part in morning.parts}


def test_complaints_come_first(
    cast: Cast, talk_at: Any, noon: datetime, today: date, login_as: Login
) -> None:
    talk_at(noon)
    complaint = talk_at(noon, content="complaint", text="箱がつぶれていた")
    found = parts(cast.mori, today)
    assert list(found)[0] == "complaints"
    assert [line.uid for line in found["complaints"].lines] == [complaint.uid]
    page = login_as(cast.mori).get(f"/daily/morning/?day={today}").content.decode()
    assert page.index("箱がつぶれていた") < page.index("人別")
    assert complaint.get_absolute_url() in page


def test_new_leads_say_who_got_them_and_moves_from_what_to_what(cast: Cast, today: date) -> None:
    lead = actions.create("lead", {"company": "新規商店", "family_name": "新田"}, by=cast.mori)
    actions.edit(lead, {"owner": cast.aoyama}, by=cast.mori)
    actions.edit(lead, {"status": "working"}, by=cast.aoyama)
    found = parts(cast.mori, today)
    assert [line.note for line in found["leads"].lines] == ["森 昭 → 青山 凛"]
    (moved,) = found["moves"].lines
    assert " → " in moved.note
    assert moved.person == cast.aoyama


def test_what_is_overdue_by_then(cast: Cast, firm: Any, today: date) -> None:
    late = actions.create("task", {"subject": "見積", "due_on": today - timedelta(days=3)}, by=cast.aoyama)
    actions.create("task", {"subject": "先のこと", "due_on": today + timedelta(days=3)}, by=cast.aoyama)
    assert [line.uid for line in parts(cast.mori, today)["overdue"].lines] == [late.uid]


def test_deals_that_moved_and_deals_left_alone(cast: Cast, firm: Any, today: date) -> None:
    deal = actions.create("deal", {"name": "棚", "account": firm, "next_on": "2020-01-01"}, by=cast.aoyama)
    actions.edit(deal, {"stage": "lost", "lost_reason": "price"}, by=cast.aoyama)
    other = actions.create("deal", {"name": "袋", "account": firm, "next_on": "2020-01-01"}, by=cast.aoyama)
    found = parts(cast.mori, today)
    assert [(line.uid, line.note) for line in found["deals"].lines] == [(deal.uid, "問合せ → 失注")]
    assert [line.uid for line in found["alone"].lines] == [other.uid]


def test_the_table_counts_each_person(cast: Cast, talk_at: Any, noon: datetime, today: date) -> None:
    talk_at(noon)
    talk_at(noon, method="phone")
    close_day(today, {"remark": "手応え", "consult": "値引き"}, by=cast.aoyama)
    morning = morning_of(viewer_of(cast.osaki), today, timezone.now(), habits())
    rows = {row.person: row for row in rows_of(morning)}
    assert set(rows) == {cast.aoyama, cast.baba, cast.osaki}, (
        "of another branch the head of sales reads nothing"
    )
    row = rows[cast.aoyama]
    assert (row.visits, row.calls, row.registered, row.state) == (1, 1, 1, "closed")
    assert rows[cast.baba].talks == 0


def test_what_is_private_stays_with_who_may_know_it(
    cast: Cast, firm: Any, talk_at: Any, noon: datetime, today: date
) -> None:
    talk_at(noon, content="complaint")
    actions.edit(firm, {"privacy": "private"}, by=cast.aoyama)
    assert parts(cast.mori, today)["complaints"].total == 0
    assert parts(cast.aoyama, today)["complaints"].total == 1


def test_reps_and_readers_get_no_morning_page(cast: Cast, login_as: Login) -> None:
    for person, status in ((cast.mori, 200), (cast.osaki, 200), (cast.aoyama, 404), (cast.eguchi, 404)):
        assert login_as(person).get("/daily/morning/").status_code == status


def test_old_mornings_are_turned_back_to(cast: Cast, talk_at: Any, login_as: Login, today: date) -> None:
    day = today - timedelta(days=14)
    while day.weekday() > 3:
        day -= timedelta(days=1)
    at = datetime.combine(day, datetime.min.time(), timezone.get_default_timezone()) + timedelta(hours=10)
    talk_at(at, content="complaint", text="二週間前の不満")
    page = login_as(cast.mori).get(f"/daily/morning/?day={day}").content.decode()
    assert "二週間前の不満" in page
    assert "あとから記録" in page
    assert login_as(cast.mori).get(f"/daily/morning/?day={today + timedelta(days=40)}").status_code == 404


def test_areas_above_add_their_part(cast: Cast, today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "_sections", dict(sheet._sections))
    sheet.register(Section("orders", "受注", lambda morning: Found([Line("味噌 100樽")], 1), 50))
    assert [line.text for line in parts(cast.mori, today)["orders"].lines] == ["味噌 100樽"]


def test_everybody_is_told_what_is_shared(
    cast: Cast, talk_at: Any, noon: datetime, today: date, login_as: Login
) -> None:
    talk = talk_at(noon, content="complaint", text="箱がつぶれていた")
    client = login_as(cast.mori)
    address = f"/daily/share/?object=talk&uid={talk.uid}&day={today}"
    assert str(talk) in client.get(address).content.decode()
    answer = client.post(
        "/daily/share/", {"object": "talk", "uid": talk.uid, "day": today, "remark": "梱包を見直そう"}
    )
    assert answer.status_code == 302
    telling.tell_all(Event.objects.get(kind="daily.shared"))
    told = set(Notice.objects.filter(kind="daily.shared").values_list("person__family_name", flat=True))
    assert told == {"青山", "馬場", "大崎", "千田", "水野", "江口"}
    notice = Notice.objects.filter(person=cast.baba).get()
    assert "梱包を見直そう" in login_as(cast.baba).get(notice.url).content.decode()
    assert "梱包を見直そう" in login_as(cast.senda).get("/").content.decode()
    assert "梱包を見直そう" in client.get(f"/daily/morning/?day={today}").content.decode()


def test_the_name_of_what_is_shared_is_only_for_who_may_know_it(
    cast: Cast, firm: Any, today: date, login_as: Login
) -> None:
    shared = share(firm, "気をつけて", by=cast.mori)
    actions.edit(firm, {"privacy": "team"}, by=cast.aoyama)
    page = login_as(cast.senda).get(shared.get_absolute_url()).content.decode()
    assert "青葉商事" not in page
    assert "非公開の取引先" in page


def test_sharing_is_undone_and_refused(cast: Cast, firm: Any, today: date) -> None:
    with pytest.raises(Forbidden):
        share(firm, "だめ", by=cast.aoyama)
    with pytest.raises(Invalid):
        share(None, " ", by=cast.mori)
    shared = share(None, "全員へ", by=cast.mori)
    with pytest.raises(Forbidden):
        withdraw(shared, by=cast.osaki)
    undoing.undo(Event.objects.get(kind="daily.shared"), by=cast.mori)
    assert Shared.objects.get().withdrawn_at is not None


def test_what_was_shared_about_somebody_goes_when_he_is_erased(cast: Cast) -> None:
    person = actions.create("contact", {"family_name": "加藤"}, by=cast.aoyama)
    share(person, "加藤様にお礼を", by=cast.mori)
    from daifuku.records.actions.erasing import erase

    erase(person, by=cast.mizuno)
    assert not Shared.objects.exists()
    assert "お礼" not in str(list(Event.objects.values_list("data", flat=True)))


def overdue_on(person: Any, day: date) -> list[str]:
    found = parts(person, day).get("overdue")
    return [line.text for line in found.lines] if found else []


def plan_of(cast: Cast, firm: Any, start: datetime) -> Any:
    values = {"account": firm, "subject": "定例のご訪問", "started_at": start, "method": "visit"}
    with through("page", at=start - timedelta(days=1)):
        return actions.create("plan", values, by=cast.aoyama)


def test_an_old_morning_shows_a_plan_as_it_was_then(
    cast: Cast, firm: Any, today: date, noon: datetime
) -> None:
    """Its result came days later: on that morning it was overdue, and it is not now."""
    plan = plan_of(cast, firm, noon - timedelta(days=20))
    with through("page", at=noon - timedelta(days=9)):
        finish(plan, {"content": "other", "text": "ご挨拶"}, by=cast.aoyama)
    assert overdue_on(cast.mori, today - timedelta(days=12)) == ["定例のご訪問"]
    assert overdue_on(cast.mori, today - timedelta(days=4)) == []
    assert overdue_on(cast.mori, today - timedelta(days=22)) == []


def test_what_was_put_off_later_was_overdue_then_with_its_old_day(
    cast: Cast, firm: Any, today: date, noon: datetime
) -> None:
    plan = plan_of(cast, firm, noon - timedelta(days=20))
    with through("page", at=noon - timedelta(days=9)):
        postpone(plan, noon + timedelta(days=3), "先方の都合", by=cast.aoyama)
    (line,) = parts(cast.mori, today - timedelta(days=12))["overdue"].lines
    old = today - timedelta(days=20)
    assert line.note == f"{old.month}/{old.day}まで"
    assert overdue_on(cast.mori, today) == []


def test_the_table_counts_who_waited_for_a_result_that_evening(
    cast: Cast, firm: Any, today: date, noon: datetime
) -> None:
    plan = plan_of(cast, firm, noon - timedelta(days=20))
    with through("page", at=noon - timedelta(days=9)):
        finish(plan, {"content": "other", "text": "ご挨拶"}, by=cast.aoyama)

    def waiting(day: date) -> int:
        rows = rows_of(morning_of(viewer_of(cast.mori), day, timezone.now(), habits()))
        return {row.person.pk: row.waiting for row in rows}[cast.aoyama.pk]

    assert waiting(today - timedelta(days=20)) == 1
    assert Plan.plain.get().state == "done"


def test_an_old_report_still_tells_what_was_ahead(cast: Cast, firm: Any, today: date, noon: datetime) -> None:
    start = noon - timedelta(days=7)
    plan = plan_of(cast, firm, start)
    with through("page", at=start + timedelta(hours=2)):
        finish(plan, {"content": "other", "text": "ご挨拶"}, by=cast.aoyama)
    calendar = Calendar([cast.aoyama.pk], today)
    before = days.last_working(start.date(), calendar)
    day = day_of(cast.aoyama, before, viewer_of(cast.mori), timezone.now(), habits())
    if day.following == start.date():
        assert [str(line.record) for line in day.ahead] == ["定例のご訪問"]


def test_what_was_shared_stands_on_today_too(cast: Cast, login_as: Login) -> None:
    assert "全員に共有されたこと" not in login_as(cast.baba).get("/today/").content.decode()
    share(None, "来週は倉庫が棚卸しです", by=cast.mori)
    assert "来週は倉庫が棚卸しです" in login_as(cast.baba).get("/today/").content.decode()
