"""The devices somebody is signed in on: listed, signed out from afar, and never for ever."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from daifuku.ledger.models import Event
from daifuku.staff.devices import name_of
from daifuku.staff.testing import PASSWORD, Cast

pytestmark = pytest.mark.django_db
WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)


def enter(email: str = "aoyama@example.jp", agent: str = WINDOWS) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/login/", {"login": email, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client


def without_tokens(answer: Any) -> bytes:
    """The page without what is drawn by lot for every answer."""
    return re.sub(rb"\b[A-Za-z0-9]{64}\b", b"", answer.content)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (WINDOWS, "Windows · Edge"),
        (IPHONE, "iPhone · Safari"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Android · Chrome"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Mac · Firefox"),
        ("curl/8.0", "不明な端末"),
        ("", "不明な端末"),
        ("<script>alert(1)</script>", "不明な端末"),
    ],
)  # fmt: skip
def test_devices_have_names_that_people_know(agent: str, name: str) -> None:
    assert name_of(agent) == name


def test_the_list_shows_all_and_marks_this_one(cast: Cast) -> None:
    desk, _phone = enter(), enter(agent=IPHONE)
    devices = desk.get("/account/devices/").context["devices"]
    assert [(device.name, device.current) for device in devices] == [
        ("Windows · Edge", True),
        ("iPhone · Safari", False),
    ]
    page = desk.get("/account/devices/").content.decode()
    assert "この端末" in page
    assert "127.0.0.1" in page


def test_one_device_is_signed_out_from_another(cast: Cast) -> None:
    desk, phone = enter(), enter(agent=IPHONE)
    row = UserSession.objects.get(session_key=phone.session.session_key)
    assert desk.post(f"/account/devices/{row.pk}/sign-out/")["Location"] == "/account/devices/"
    assert phone.get("/account/")["Location"].startswith("/login/")
    assert desk.get("/account/").status_code == 200
    line = Event.objects.get(kind="device.signed_out")
    assert (line.actor, line.data["name"]) == (cast.aoyama, "iPhone · Safari")


def test_all_others_are_signed_out(cast: Cast) -> None:
    desk, phone, tablet = enter(), enter(agent=IPHONE), enter()
    desk.post("/account/devices/sign-out/")
    assert desk.get("/account/").status_code == 200
    for other in (phone, tablet):
        assert other.get("/account/").status_code == 302


def test_somebody_elses_device_is_not_there(cast: Cast) -> None:
    stranger, owner = enter("senda@example.jp"), enter()
    row = UserSession.objects.get(session_key=owner.session.session_key)
    foreign = stranger.post(f"/account/devices/{row.pk}/sign-out/")
    unknown = stranger.post(f"/account/devices/{row.pk + 1000}/sign-out/")
    assert foreign.status_code == unknown.status_code == 404
    assert without_tokens(foreign) == without_tokens(unknown)
    assert owner.get("/account/").status_code == 200


def test_the_administrator_signs_others_out(cast: Cast) -> None:
    owner = enter()
    row = UserSession.objects.get(session_key=owner.session.session_key)
    administrator = enter("mizuno@example.jp")
    assert administrator.post(f"/account/devices/{row.pk}/sign-out/").status_code == 302
    assert owner.get("/account/").status_code == 302
    assert Event.objects.get(kind="device.signed_out").actor == cast.mizuno


def test_a_page_does_not_write_when_it_was_last_seen_less_than_ten_minutes_ago(cast: Cast) -> None:
    client = enter()
    client.get("/account/devices/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/account/devices/")
    assert not [each["sql"] for each in asked if each["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_after_ten_minutes_the_list_knows_it(cast: Cast) -> None:
    client = enter()
    session = client.session
    session["seen_at"] = int(time.time()) - 601
    session.save()
    before = UserSession.objects.get().last_seen_at
    client.get("/account/")
    assert UserSession.objects.get().last_seen_at > before
    assert time.time() - client.session["seen_at"] < 10


def test_a_session_ends_after_ninety_days_even_when_it_is_used(cast: Cast) -> None:
    client = enter()
    session = client.session
    session["signed_in_at"] = int(time.time()) - 90 * 24 * 3600 - 1
    session.save()
    assert client.get("/account/")["Location"].startswith("/login/")


def test_an_unused_session_ends_after_fourteen_days(cast: Cast) -> None:
    client = enter()
    assert client.session.get_expiry_age() == 14 * 24 * 3600


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(cast: Cast) -> None:
    desk, phone = enter(), enter(agent=IPHONE)
    new = "atarashii-aikotoba-3"
    answer = desk.post("/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert desk.get("/account/").status_code == 200
    assert phone.get("/account/").status_code == 302
    assert [device.current for device in desk.get("/account/devices/").context["devices"]] == [True]
    assert Event.objects.filter(kind="person.password_changed").get().actor == cast.aoyama
