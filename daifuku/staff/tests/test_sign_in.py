"""Coming in by e-mail and password, going out, and what strangers learn: nothing."""

from __future__ import annotations

import statistics
import time
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client

from daifuku.ledger.models import Event, Subject
from daifuku.staff.models import Company
from daifuku.staff.testing import PASSWORD, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def firm(cast: Cast) -> None:
    Company.objects.update_or_create(pk=1, defaults={"name": "シャチホコ商事"})
    cache.clear()


def enter(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/login/", {"login": email, "password": password, **more})


def test_the_right_password_opens_the_page_one_came_for(client: Client, cast: Cast) -> None:
    wanted = f"/accounts/?q={quote('川')}"
    assert client.get("/accounts/", {"q": "川"})["Location"] == f"/login/?next={quote(wanted)}"
    answer = enter(client, " Aoyama@Example.JP", next=wanted)
    assert (answer.status_code, answer["Location"]) == (302, wanted)
    line = Event.objects.get()
    assert (line.kind, line.actor, line.data["means"]) == ("person.signed_in", cast.aoyama, ["password"])
    assert line.data["ip"] == "127.0.0.1"
    assert line.via == "page"


@pytest.mark.parametrize("email", ["aoyama@example.jp", "nobody@example.jp"])
def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client, email: str) -> None:
    answer = enter(client, email, "chigau-aikotoba")
    assert answer.status_code == 200
    assert answer.context["form"].errors == {"__all__": ["メールアドレスかパスワードが違います。"]}
    assert "_auth_user_id" not in client.session


def test_failures_are_lines_that_name_only_known_people(client: Client, cast: Cast) -> None:
    enter(client, "aoyama@example.jp", "chigau-aikotoba")
    enter(client, "himitsu-no-aikotoba@example.jp", "x")
    known, unknown = Event.objects.order_by("id")
    assert {known.kind, unknown.kind} == {"person.sign_in_failed"}
    assert (known.actor, unknown.actor) == (None, None)
    assert list(Subject.objects.values_list("event", "object", "record_id")) == [
        (known.pk, "person", cast.aoyama.pk)
    ]
    assert "himitsu" not in str(unknown.data)


def test_after_five_failures_even_the_right_password_waits(client: Client) -> None:
    for _ in range(5):
        enter(client, "aoyama@example.jp", "chigau-aikotoba")
    answer = enter(client, "AOYAMA@example.jp")
    assert "_auth_user_id" not in client.session
    assert "5分ほど待って" in answer.content.decode()
    enter(client, "baba@example.jp")
    assert "_auth_user_id" in client.session


def test_one_address_cannot_try_the_whole_firm(client: Client) -> None:
    for number in range(20):
        enter(client, f"person{number}@example.jp", "chigau-aikotoba")
    answer = enter(client, "baba@example.jp")
    assert "_auth_user_id" not in client.session
    assert "5分ほど待って" in answer.content.decode()


def test_somebody_who_left_is_told_what_a_stranger_is_told(client: Client, cast: Cast) -> None:
    cast.senda.is_active = False
    cast.senda.save()
    answer = enter(client, "senda@example.jp")
    assert "_auth_user_id" not in client.session
    assert (answer.status_code, enter(client, "senda@example.jp", "chigau").status_code) == (200, 200)
    assert answer.context["form"].errors == {"__all__": ["メールアドレスかパスワードが違います。"]}


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_back_never_leads_out_of_the_house(client: Client, target: str) -> None:
    assert enter(client, "aoyama@example.jp", next=target)["Location"] == "/"


def test_going_out_takes_a_press_of_the_button(client: Client, cast: Cast) -> None:
    client.force_login(cast.aoyama)
    key = client.session.session_key
    client.get("/logout/")
    assert client.session["_auth_user_id"] == str(cast.aoyama.pk)
    assert client.post("/logout/")["Location"] == "/login/"
    assert "_auth_user_id" not in client.session
    assert client.session.session_key != key
    assert Event.objects.get().kind == "person.signed_out"


def test_the_session_gets_a_new_key_at_sign_in(client: Client) -> None:
    client.get("/login/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    assert before
    client.cookies["sessionid"] = before
    enter(client, "aoyama@example.jp")
    assert client.session.session_key != before


def test_a_form_of_somebody_elses_page_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert enter(strict, "aoyama@example.jp").status_code == 403


def test_a_part_of_a_page_gets_a_notice_instead_of_the_sign_in_page(client: Client) -> None:
    answer = client.get("/accounts/", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "ログイン" in answer.content.decode()


def test_a_wrong_password_and_an_unknown_address_take_the_same_time(cast: Cast, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    client, times = Client(), {"aoyama": [0.0], "nobody": [0.0]}
    for _round in range(30):
        for who, measured in times.items():
            start = time.process_time()
            enter(client, f"{who}@example.jp", "chigau-aikotoba")
            measured.append(time.process_time() - start)
    known, unknown = (statistics.median(measured) for measured in times.values())
    assert abs(known - unknown) < 0.010
