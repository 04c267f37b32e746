"""TOTP, recovery codes, and a firm that asks everybody for a second step."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from daifuku.ledger.models import Event
from daifuku.staff.actions import edit_company, reset_second_factor
from daifuku.staff.models import Person
from daifuku.staff.testing import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def code_now(secret: str, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def enter(email: str = "aoyama@example.jp") -> Client:
    client = Client()
    client.post("/login/", {"login": email, "password": PASSWORD})
    return client


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def set_up(client: Client) -> tuple[str, list[str]]:
    """Goes through the page as a person does; returns the app's secret and the recovery codes."""
    assert client.get("/2fa/totp/activate/")["Location"].startswith("/reauthenticate/")
    client.post("/reauthenticate/", {"password": PASSWORD})
    page = client.get("/2fa/totp/activate/")
    assert "QR コード" in page.content.decode()
    secret = page.context["form"].secret
    answer = client.post("/2fa/totp/activate/", {"code": code_now(secret)})
    assert answer["Location"] == "/2fa/recovery-codes/"
    codes = client.get("/2fa/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    return secret, codes


def use_next_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a minute later."""
    now = time.time()
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: now + 30)


def test_with_an_app_the_password_alone_lets_nobody_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, _codes = set_up(enter())
    client = enter()
    assert not signed_in(client)
    assert client.get("/account/")["Location"].startswith("/login/")
    use_next_code(monkeypatch)
    assert client.post("/2fa/authenticate/", {"code": code_now(secret)}).status_code == 302
    assert signed_in(client)
    line = Event.objects.filter(kind="person.signed_in").latest("id")
    assert line.data["means"] == ["password", "totp"]


def test_a_code_works_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, _codes = set_up(enter())
    use_next_code(monkeypatch)
    code = code_now(secret)
    first, second = enter(), enter()
    first.post("/2fa/authenticate/", {"code": code})
    second.post("/2fa/authenticate/", {"code": code})
    assert (signed_in(first), signed_in(second)) == (True, False)


def test_an_old_code_is_too_old(cast: Cast) -> None:
    secret, _codes = set_up(enter())
    client = enter()
    answer = client.post("/2fa/authenticate/", {"code": code_now(secret, -2)})
    assert not signed_in(client)
    assert "コードが違います" in answer.content.decode()
    assert Event.objects.filter(kind="person.sign_in_failed", data__means="totp").count() == 1


def test_codes_cannot_be_tried_through(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, _codes = set_up(enter())
    client = enter()
    for number in range(6):
        client.post("/2fa/authenticate/", {"code": f"00000{number}"})
    use_next_code(monkeypatch)
    answer = client.post("/2fa/authenticate/", {"code": code_now(secret)})
    assert not signed_in(client)
    assert "一時的に止めています" in answer.content.decode()


def test_a_recovery_code_works_once(cast: Cast) -> None:
    _secret, codes = set_up(enter())
    first, second = enter(), enter()
    first.post("/2fa/authenticate/", {"code": codes[0]})
    second.post("/2fa/authenticate/", {"code": codes[0]})
    assert (signed_in(first), signed_in(second)) == (True, False)
    first.post("/reauthenticate/", {"password": PASSWORD})
    assert len(first.get("/2fa/recovery-codes/").context["unused_codes"]) == 9


def test_recovery_codes_are_saved_as_a_file_and_made_anew(cast: Cast) -> None:
    client = enter()
    _secret, codes = set_up(client)
    file = client.get("/2fa/recovery-codes/download/")
    assert "attachment" in file["Content-Disposition"]
    assert all(code in file.content.decode() for code in codes)
    client.get("/2fa/recovery-codes/generate/")
    client.post("/2fa/recovery-codes/generate/")
    assert not set(client.get("/2fa/recovery-codes/").context["unused_codes"]) & set(codes)


def test_the_secret_does_not_stand_in_the_database(cast: Cast) -> None:
    secret, _codes = set_up(enter())
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_changes_are_lines_and_taking_the_app_off_asks_who_it_is(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    client = enter()
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    session = client.session
    session["account_authentication_methods"] = [
        method | {"at": method["at"] - 3600} for method in session["account_authentication_methods"]
    ]
    session.save()
    assert "reauthenticate" in client.post("/2fa/totp/deactivate/")["Location"]
    assert "本人の確認" in client.get("/reauthenticate/").content.decode()
    client.post("/reauthenticate/", {"password": PASSWORD})
    assert "解除する" in client.get("/2fa/totp/deactivate/").content.decode()
    client.post("/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    what = [
        line.data["what"] for line in Event.objects.filter(kind="person.second_factor_changed").order_by("id")
    ]
    assert what == ["totp_activated", "totp_deactivated"]


def test_where_the_firm_asks_for_it_nobody_works_without(cast: Cast) -> None:
    client = enter()
    edit_company({"second_factor_required": True}, by=cast.mizuno)
    for page in ("/", "/accounts/", "/account/", "/settings/"):
        assert client.get(page)["Location"] == "/2fa/"
    assert client.post("/accounts/new/", {"name": "x"})["Location"] == "/2fa/"
    assert "必須です" in client.get("/2fa/").content.decode()
    for page in ("/account/profile/", "/account/devices/", "/2fa/webauthn/", "/reauthenticate/"):
        assert client.get(page).status_code == 200
    set_up(client)
    assert client.get("/account/").status_code == 200


def test_the_last_second_factor_is_not_taken_off_where_the_firm_asks_for_it(cast: Cast) -> None:
    client = enter()
    set_up(client)
    edit_company({"second_factor_required": True}, by=cast.mizuno)
    assert "最後の一つは解除できません" in client.get("/2fa/totp/deactivate/").content.decode()
    client.post("/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_the_administrator_takes_a_lost_one_off(cast: Cast) -> None:
    client = enter()
    set_up(client)
    reset_second_factor(cast.aoyama, by=cast.mizuno)
    assert client.get("/account/")["Location"].startswith("/login/")
    assert signed_in(enter())
    assert Event.objects.filter(kind="person.second_factor_reset").get().actor == cast.mizuno


def test_a_new_password_does_not_go_round_the_second_factor(cast: Cast) -> None:
    set_up(enter())
    person = Person.objects.get(pk=cast.aoyama.pk)
    person.set_password("atarashii-aikotoba-3")
    person.save()
    client = Client()
    client.post("/login/", {"login": "aoyama@example.jp", "password": "atarashii-aikotoba-3"})
    assert not signed_in(client)
