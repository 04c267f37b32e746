"""やり残し, 入力率 and what stands around them, as people open them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.duties.actions import excuse, fulfil, owe, plead
from daifuku.duties.models import DayOff, Duty, Policy, State, Why
from daifuku.records.actions import create

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
Login = Callable[["Person"], "Client"]


@pytest.fixture
def duty(cast: Cast) -> Duty:
    """One that was due an hour of work ago."""
    lead = create("lead", {"family_name": "山田", "private": True}, by=cast.aoyama)
    made = owe("test:1", origin="rule:x", owner=cast.aoyama, due_at=timezone.now(), subject=lead)
    Duty.objects.filter(pk=made.pk).update(
        due_at=timezone.now() - timedelta(hours=1), due_on=timezone.localdate()
    )
    return Duty.objects.get(pk=made.pk)


def test_my_list_shows_mine_and_nobody_elses(cast: Cast, login_as: Login, duty: Duty) -> None:
    assert f"/duties/{duty.uid}/".encode() in login_as(cast.aoyama).get("/duties/").content
    assert f"/duties/{duty.uid}/".encode() not in login_as(cast.baba).get("/duties/").content


def test_the_menu_says_how_much_is_missing(cast: Cast, login_as: Login, duty: Duty) -> None:
    assert 'class="count"' in login_as(cast.aoyama).get("/duties/count/").content.decode()
    assert login_as(cast.baba).get("/duties/count/").content == b""


@pytest.mark.parametrize(
    ("who", "status"), [("aoyama", 200), ("osaki", 200), ("mori", 200), ("baba", 404), ("senda", 404)]
)
def test_who_sees_a_duty(cast: Cast, login_as: Login, duty: Duty, who: str, status: int) -> None:
    assert login_as(getattr(cast, who)).get(f"/duties/{duty.uid}/").status_code == status


def test_a_reason_is_given_and_accepted(cast: Cast, login_as: Login, duty: Duty) -> None:
    refused = login_as(cast.aoyama).post(f"/duties/{duty.uid}/plead/", {"reason": ""})
    assert (refused.status_code, "理由を入力してください" in refused.content.decode()) == (422, True)
    login_as(cast.aoyama).post(f"/duties/{duty.uid}/plead/", {"reason": "電波がなかった"})
    assert "電波がなかった" in login_as(cast.osaki).get("/duties/pleas/").content.decode()
    assert login_as(cast.aoyama).post(f"/duties/{duty.uid}/excuse/", {"reason": "x"}).status_code == 403
    login_as(cast.osaki).post(f"/duties/{duty.uid}/excuse/", {"reason": "電波がなかった"})
    assert Duty.objects.get().state == State.EXCUSED
    assert "判断を待っている" in login_as(cast.osaki).get("/duties/pleas/").content.decode()


def test_a_reason_is_not_accepted(cast: Cast, login_as: Login, duty: Duty) -> None:
    plead(duty, "忘れていた", by=cast.aoyama)
    login_as(cast.osaki).post(f"/duties/{duty.uid}/decline/", {"reason": "次から気をつけましょう"})
    found = Duty.objects.get()
    assert (found.state, found.declined, found.pleaded_at) == (State.OPEN, "次から気をつけましょう", None)


def test_it_is_put_off_and_asked_of_a_colleague(cast: Cast, login_as: Login, duty: Duty) -> None:
    client = login_as(cast.aoyama)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    client.post(f"/duties/{duty.uid}/snooze/", {"until": tomorrow, "reason": "先方が出張中"}, follow=True)
    assert "先送りしたもの" in client.get("/duties/").content.decode()
    wrong = client.post(f"/duties/{duty.uid}/hand-on/", {"to": "", "reason": "お願い"})
    assert (wrong.status_code, "お願い" in wrong.content.decode()) == (422, True)
    client.post(f"/duties/{duty.uid}/hand-on/", {"to": str(cast.baba.uid), "reason": "お願い"})
    assert "代わりに" in login_as(cast.baba).get("/duties/").content.decode()
    assert "頼みました" in client.get("/duties/").content.decode()


def test_every_number_of_the_rate_opens_its_items(cast: Cast, login_as: Login, duty: Duty) -> None:
    for number in range(2, 8):
        fulfil(owe(f"test:{number}", origin="plan", owner=cast.aoyama, due_at=timezone.now()), by=cast.aoyama)
    Duty.objects.update(due_on=timezone.localdate())
    Duty.objects.exclude(pk=duty.pk).update(state=State.ON_TIME)
    page = login_as(cast.osaki).get("/duties/rate/").content.decode()
    assert "85%" in page
    assert "7件のうち、期限内 6件、遅れ 0件、入力漏れ 1件" in page
    day = timezone.localdate().isoformat()
    asked = {"who": str(cast.aoyama.uid), "since": day, "until": day, "state": "missing"}
    items = login_as(cast.osaki).get("/duties/items/", asked).content.decode()
    assert f"/duties/{duty.uid}/" in items
    assert items.count('class="name"') == 1


def test_strangers_see_no_numbers(cast: Cast, login_as: Login, duty: Duty) -> None:
    for page in ("rate", "items"):
        asked = {"who": str(cast.aoyama.uid)}
        assert login_as(cast.senda).get(f"/duties/{page}/", asked).status_code == 404
    assert str(cast.aoyama) not in login_as(cast.senda).get("/duties/rate/").content.decode()
    assert login_as(cast.senda).get("/duties/pleas/").status_code == 404


def test_a_half_day_is_entered_and_given_back(cast: Cast, login_as: Login) -> None:
    client, day = login_as(cast.aoyama), timezone.localdate().isoformat()
    assert client.post("/duties/days-off/", {"day": "", "part": "morning"}).status_code == 422
    assert client.post("/duties/days-off/", {"day": day, "part": "morning"}).status_code == 302
    row = DayOff.objects.get()
    assert login_as(cast.baba).post(f"/duties/days-off/{row.uid}/give-back/").status_code == 404
    client.post(f"/duties/days-off/{row.uid}/give-back/")
    assert not DayOff.objects.exists()


def test_the_question_why_is_answered_on_the_list(cast: Cast, login_as: Login) -> None:
    why = Why.objects.create(person=cast.aoyama, week=timezone.localdate() - timedelta(days=7), percent=40)
    client = login_as(cast.aoyama)
    assert "入力しにくい理由を教えてください" in client.get("/duties/").content.decode()
    wrong = client.post(f"/duties/whys/{why.uid}/", {"reason": "other", "words": ""})
    assert (wrong.status_code, "一言お書きください" in wrong.content.decode()) == (422, True)
    client.post(f"/duties/whys/{why.uid}/", {"reason": "phone", "words": "文字が小さい"})
    assert "文字が小さい" in login_as(cast.osaki).get("/duties/whys/").content.decode()
    assert login_as(cast.baba).get("/duties/whys/").status_code == 404


def test_the_administrator_edits_the_settings(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.mizuno)
    page = client.get("/settings/duties/")
    sent = {**page.context["form"].initial, "call_minutes": "0", "asks_why": "on"}
    wrong = client.post("/settings/duties/", sent)
    assert (wrong.status_code, "1から1440まで" in wrong.content.decode()) == (422, True)
    closed = "2026-08-13\n2026/08/14"
    done = client.post("/settings/duties/", {**sent, "call_minutes": "30", "closed_days": closed})
    assert done.status_code == 302
    policy = Policy.objects.get()
    assert (policy.call_minutes, policy.closed_days) == (30, ["2026-08-13", "2026-08-14"])
    assert login_as(cast.osaki).get("/settings/duties/").status_code == 404


def test_the_name_of_what_one_may_not_see_is_not_told(cast: Cast, login_as: Login) -> None:
    lead = create("lead", {"family_name": "極秘", "private": True, "privacy": "private"}, by=cast.aoyama)
    made = owe("lead_untouched:1", origin="lead_untouched", owner=cast.aoyama, due_at=timezone.now(), subject=lead,
               weight=0)  # fmt: skip
    assert "極秘" in login_as(cast.aoyama).get(f"/duties/{made.uid}/").content.decode()
    assert "極秘" not in login_as(cast.osaki).get(f"/duties/{made.uid}/").content.decode()


def test_an_erased_customer_takes_the_reasons_along(cast: Cast, duty: Duty) -> None:
    from daifuku.customers.models import Lead
    from daifuku.ledger.models import Event
    from daifuku.records.actions.erasing import erase

    plead(duty, "山田様がご病気のため", by=cast.aoyama)
    excuse(duty, "山田様がご病気のため", by=cast.osaki)
    erase(Lead.objects.unrestricted(reason="test").get(), by=cast.mizuno)
    found = Duty.objects.get()
    assert (found.plea, found.reason) == ("", "")
    told = str([event.data for event in Event.objects.filter(kind__startswith="duty.")])
    assert "山田" not in told
