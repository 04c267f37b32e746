"""青山 enters nothing and gets no new customers, reads why, gives in, enters, and after five days gets them again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from daifuku.customers.models import Lead
from daifuku.distribution import sweeping
from daifuku.distribution.actions import edit_setup, keep_taker
from daifuku.distribution.models import Taker
from daifuku.duties.models import Duty, Policy
from daifuku.duties.models.duty import State
from daifuku.duties.working import Calendar
from daifuku.ledger.channel import through
from daifuku.records import actions

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def eleven(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), timezone.get_default_timezone()).replace(hour=11)


@pytest.fixture
def monday(cast: Cast) -> date:
    """A working day a few weeks ago; both take leads since long before."""
    Policy.objects.create(begins_on=date(2025, 1, 1))
    day = Calendar([], timezone.localdate()).working_days(timezone.localdate(), 8)
    with through("page", at=eleven(day) - timedelta(days=3)):
        edit_setup({"on": True}, by=cast.mizuno)
        for person in (cast.aoyama, cast.baba):
            keep_taker(person, {"grace_from": "2025-01-01"}, by=cast.mizuno)
    return day


def due(person: Person, day: date, entered: int, missing: int) -> None:
    noon = eleven(day) - timedelta(hours=1)
    Duty.objects.bulk_create(
        Duty(
            key=f"{person.pk}:{day}:{number}", kind="plan", origin="plan", owner=person, first_due_at=noon,
            due_at=noon, due_on=day, state=State.ON_TIME if number < entered else State.OPEN,
        )
        for number in range(entered + missing)
    )  # fmt: skip


def enquiry(cast: Cast, day: date, number: int) -> Any:
    """A telephone enquiry; seconds later somebody has it."""
    with through("page", at=eleven(day) + timedelta(minutes=number)):
        values = {"family_name": f"問合{number}", "company": f"架空{day.day}の{number}", "owner": None}
        lead = actions.create("lead", values, by=cast.mizuno)
        sweeping.take_new()
    return Lead.plain.select_related("owner").get(pk=lead.pk)


def test_he_gives_in(
    cast: Cast, monday: date, browser_page: Page, live_server: Any, sign_in: Callable[[Page, Person], None],
    screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    from playwright.sync_api import expect

    calendar, page = Calendar([], monday), browser_page
    due(cast.aoyama, monday, 5, 3)
    assert {enquiry(cast, monday, number).owner for number in range(4)} == {cast.baba}

    sign_in(page, cast.aoyama)
    page.goto(live_server.url + "/distribution/why/")
    expect(page.locator("main")).to_contain_text("新しい見込み客の割り当てを止めています")
    expect(page.locator("main")).to_contain_text("入力率 62% < 80%")
    expect(page.locator(".lead-row")).to_have_count(4)
    screenshot(page, "why")
    accessible(page)
    page.get_by_role("link", name="問合3").click()
    expect(page.locator("main")).to_contain_text("馬場 健さんに渡しました")
    accessible(page)

    Duty.objects.filter(owner=cast.aoyama).update(state=State.ON_TIME)
    day = monday
    for _number in range(5):
        day = calendar.after(day, 1)
        due(cast.aoyama, day, 4, 0)
        with through("page", at=eleven(day)):
            sweeping.look_after()
    assert Taker.objects.get(person=cast.aoyama).out_since is None
    assert cast.aoyama in {enquiry(cast, day, number).owner for number in range(2)}
    page.goto(live_server.url + "/distribution/why/")
    expect(page.locator("main")).to_contain_text("順番に加わっています")

    sign_in(page, cast.osaki)
    page.goto(live_server.url + "/distribution/effect/")
    expect(page.locator(".leads-effect")).to_contain_text("青山 凛")
    screenshot(page, "effect")
    accessible(page)
