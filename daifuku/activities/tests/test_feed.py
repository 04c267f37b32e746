"""Somebody's telephone reads his plans at a secret address, until he closes it or leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daifuku.activities.actions import cancel, move
from daifuku.activities.actions.feeding import close_feed, open_feed
from daifuku.activities.models import Feed
from daifuku.activities.views import feed as pages
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.staff import credentials
from daifuku.staff.models import Company
from daifuku.staff.testing import PASSWORD

if TYPE_CHECKING:
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
SOON = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)


@pytest.fixture(autouse=True)
def begin_anew(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事株式会社"})
    pages.asked.forget()
    monkeypatch.setattr("daifuku.foundation.behind.later", lambda key, work: work())


@pytest.fixture
def plan(cast: Cast) -> Any:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    values = {
        "account": firm,
        "method": "visit",
        "subject": "見積の説明",
        "place": "本社",
        "started_at": SOON,
    }
    return actions.create("plan", {**values, "ended_at": SOON + timedelta(hours=1)}, by=cast.aoyama)


def read(secret: str, **options: Any) -> Any:
    return Client().get(reverse("activities:feed_file", args=[secret]), **options)


def told(secret: str) -> str:
    answer = read(secret)
    assert answer.status_code == 200
    return answer.content.decode().replace("\r\n ", "")


def test_whoever_has_the_address_reads_without_signing_in(cast: Cast, plan: Any) -> None:
    secret = open_feed(by=cast.aoyama)
    answer = read(secret)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    text = told(secret)
    assert f"UID:{plan.uid}@daifuku" in text
    assert "SUMMARY:見積の説明（青葉商事）" in text
    assert f"DTSTART:{SOON.astimezone(UTC):%Y%m%dT%H%M}00Z" in text


def test_the_secret_itself_is_kept_nowhere(cast: Cast) -> None:
    secret = open_feed(by=cast.aoyama)
    kept = Feed.objects.get()
    assert secret not in kept.digest
    assert not any(secret in str(line.data) for line in Event.objects.all())


def test_it_tells_only_ones_own_plans(cast: Cast, plan: Any) -> None:
    assert "見積の説明" not in told(open_feed(by=cast.baba))


def test_a_moved_plan_keeps_its_number_and_a_cancelled_one_says_so(cast: Cast, plan: Any) -> None:
    secret = open_feed(by=cast.aoyama)
    move(plan, SOON + timedelta(days=1), by=cast.aoyama)
    assert f"UID:{plan.uid}@daifuku\r\nSEQUENCE:1" in told(secret)
    cancel(plan, "先方の都合", by=cast.aoyama)
    assert "STATUS:CANCELLED" in told(secret)


def test_what_the_person_may_not_see_any_more_is_not_told(cast: Cast, plan: Any) -> None:
    secret = open_feed(by=cast.aoyama)
    cast.aoyama.roles.clear()
    assert "BEGIN:VEVENT" not in told(secret)


def test_a_new_address_ends_the_old_one_and_a_closed_one_looks_like_none(cast: Cast, plan: Any) -> None:
    old = open_feed(by=cast.aoyama)
    new = open_feed(by=cast.aoyama)
    assert "見積の説明" in told(new)
    close_feed(by=cast.aoyama)
    close_feed(by=cast.aoyama)
    strange = read("x" * 43)
    assert strange.status_code == 404
    for secret in (old, new):
        answer = read(secret)
        assert (answer.status_code, answer.content, answer.headers) == (404, strange.content, strange.headers)
    assert Event.objects.filter(kind="feed.closed").count() == 1
    assert [line.data["renewed"] for line in Event.objects.filter(kind="feed.made").order_by("pk")] == [
        False,
        True,
    ]


def test_whoever_leaves_takes_the_address_along(cast: Cast, plan: Any) -> None:
    secret = open_feed(by=cast.aoyama)
    credentials.revoke_other_means(cast.aoyama)
    assert read(secret).status_code == 404
    secret = open_feed(by=cast.aoyama)
    type(cast.aoyama).objects.filter(pk=cast.aoyama.pk).update(is_active=False)
    assert read(secret).status_code == 404


def test_when_it_was_read_is_seen_on_the_page(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.aoyama)
    assert "アドレスを作る" in client.get("/account/calendar/").content.decode()
    read(open_feed(by=cast.aoyama))
    assert Feed.objects.get().read_at is not None
    assert "最後に読まれた" in client.get("/account/calendar/").content.decode()


def test_too_many_questions_wait(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PER_MINUTE", 3)
    secret = open_feed(by=cast.aoyama)
    statuses = [read(each).status_code for each in (secret, "x", secret, secret, "x")]
    assert statuses == [200, 404, 200, 429, 429]


def test_the_address_is_shown_once(cast: Cast, login_as: Login) -> None:
    client = login_as(cast.aoyama)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.post("/account/calendar/open/")
    address = answer.context["address"]
    assert Client().get(address).status_code == 200
    assert address not in client.get("/account/calendar/").content.decode()


def test_a_language_of_ones_own(cast: Cast, plan: Any) -> None:
    cast.aoyama.language = "en"
    cast.aoyama.save()
    assert "BEGIN:VEVENT" in told(open_feed(by=cast.aoyama))
