"""Tokens: given out with a line in the ledger, kept as a digest, dead at once when revoked, expired or orphaned."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daifuku.api.actions import create_token, digest_of, revoke_token
from daifuku.api.models import ApiToken
from daifuku.api.tests.support import problem, said
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.staff.actions import come_back, give_password_link, leave
from daifuku.staff.models import Company, Person
from daifuku.staff.testing import PASSWORD

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_a_token_is_kept_as_a_digest_and_its_line_names_no_secret(cast: Cast) -> None:
    token, secret = create_token(by=cast.aoyama, name=" 基幹連携 ", scopes=["read"], days=30)
    assert token.name == "基幹連携"
    assert secret.startswith(token.prefix)
    assert len(secret) > 40
    assert token.digest == digest_of(secret)
    event = Event.objects.latest("pk")
    assert (event.kind, event.actor) == ("token.created", cast.aoyama)
    assert secret not in str(event.data)
    assert token.expires_at is not None
    assert token.expires_at - timezone.now() > timedelta(days=29)


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("", ["read"], 30, "name"),
        ("あ" * 61, ["read"], 30, "name"),
        ("x", [], 30, "scopes"),
        ("x", ["root"], 30, "scopes"),
        ("x", ["read"], 0, "days"),
        ("x", ["read"], 99999, "days"),
    ],
)
def test_a_token_needs_a_name_a_scope_and_a_sensible_end(
    cast: Cast, name: str, scopes: list[str], days: int, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        create_token(by=cast.aoyama, name=name, scopes=scopes, days=days)
    assert refused.value.field == field
    assert not ApiToken.objects.exists()


def test_nobody_collects_tokens(cast: Cast) -> None:
    for number in range(50):
        create_token(by=cast.aoyama, name=f"{number}", scopes=["read"])
    with pytest.raises(Conflict):
        create_token(by=cast.aoyama, name="51", scopes=["read"])


def test_the_token_opens_the_api_in_the_persons_name(aoyama: Program) -> None:
    me = said(aoyama.get("/me"))
    assert (me["label"], me["scopes"]) == ("青山 凛", ["read", "write"])
    assert me["may"]["accounts"]["edit"] == "team"


def test_without_a_token_or_with_a_wrong_one_nothing_opens(aoyama: Program) -> None:
    missing = aoyama.client.get("/api/v1/me")
    assert (missing.status_code, missing["WWW-Authenticate"]) == (401, "Bearer")
    assert problem(missing)["code"] == "unauthorized"
    for wrong in ("Bearer daifuku_wrong", "Bearer ", "Basic YTpi", f"Token {aoyama.secret}", "Bearer あ", ""):
        answer = aoyama.get("/me", Authorization=wrong)
        assert (answer.status_code, problem(answer)["code"]) == (401, "unauthorized"), wrong


def test_a_revoked_token_is_dead_at_once_and_revoking_again_changes_nothing(aoyama: Program) -> None:
    revoke_token(aoyama.token, by=aoyama.person)
    revoke_token(aoyama.token, by=aoyama.person)
    assert aoyama.get("/me").status_code == 401
    assert Event.objects.filter(kind="token.revoked").count() == 1


def test_an_expired_token_is_dead(aoyama: Program) -> None:
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert aoyama.get("/me").status_code == 401


def test_the_token_of_a_person_who_left_is_dead_at_once_and_stays_dead(aoyama: Program, cast: Cast) -> None:
    leave(aoyama.person, on=timezone.localdate(), successor=cast.baba, by=cast.mizuno)
    refused = aoyama.get("/accounts")
    assert (refused.status_code, problem(refused)["code"]) == (401, "unauthorized")
    come_back(aoyama.person, by=cast.mizuno)
    assert aoyama.get("/me").status_code == 401
    assert Event.objects.filter(kind="token.revoked").count() == 1


def test_a_person_who_may_not_work_does_not_get_in_by_a_token_either(aoyama: Program) -> None:
    Person.objects.filter(pk=aoyama.person.pk).update(is_active=False)
    assert aoyama.get("/me").status_code == 401


def test_only_the_owner_and_who_manages_people_revoke_a_token(aoyama: Program, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        revoke_token(aoyama.token, by=cast.senda)
    assert aoyama.get("/me").status_code == 200
    revoke_token(aoyama.token, by=cast.mizuno)
    assert aoyama.get("/me").status_code == 401


def test_the_last_use_is_written_at_most_every_ten_minutes(aoyama: Program) -> None:
    aoyama.get("/me")
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    aoyama.get("/me")
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=timezone.now() - timedelta(minutes=11))
    aoyama.get("/me")
    assert ApiToken.objects.get().last_used_at > first  # type: ignore[operator]


def test_a_token_for_reading_does_not_write(cast: Cast, aoyama: Program) -> None:
    _token, secret = create_token(by=cast.aoyama, name="読むだけ", scopes=["read"])
    refused = aoyama.post("/accounts", {"name": "青葉"}, Authorization=f"Bearer {secret}")
    assert (refused.status_code, problem(refused)["code"]) == (403, "scope")
    assert aoyama.get("/me", Authorization=f"Bearer {secret}").status_code == 200


def test_a_page_of_ours_uses_the_session_and_needs_the_csrf_token(aoyama: Program) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(aoyama.person)
    assert browser.get("/api/v1/me").status_code == 200
    crossed = browser.post("/api/v1/accounts", {"name": "青葉"}, "application/json")
    assert (crossed.status_code, problem(crossed)["code"]) == (403, "csrf")
    browser.cookies["csrftoken"] = "a" * 32
    made = browser.post(
        "/api/v1/accounts", {"name": "青葉"}, "application/json", headers={"X-CSRFToken": "a" * 32}
    )
    assert made.status_code == 201
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post("/api/v1/accounts", {"name": "青葉"}, "application/json").status_code == 401


def test_a_token_is_no_way_around_the_second_factor(aoyama: Program, cast: Cast) -> None:
    Company.objects.update(second_factor_required=True)
    refused = aoyama.get("/me")
    assert (refused.status_code, problem(refused)["code"]) == (403, "second_factor")
    assert aoyama.get("/me", Authorization="Bearer daifuku_wrong").status_code == 401
    Authenticator.objects.create(user=cast.aoyama, type=Authenticator.Type.TOTP, data={})
    assert aoyama.get("/me").status_code == 200
    Authenticator.objects.all().delete()
    revoke_token(aoyama.token, by=cast.mizuno)
    assert aoyama.get("/me").status_code == 401


def test_tokens_end_when_a_link_gives_a_new_password(aoyama: Program, senda: Program, cast: Cast) -> None:
    browser = Client()
    form = browser.get(give_password_link(cast.aoyama, by=cast.mizuno), follow=True)
    address = form.redirect_chain[-1][0]
    new = {"password1": "ame-to-kasa-to-kaeru", "password2": "ame-to-kasa-to-kaeru"}
    assert aoyama.get("/me").status_code == 200
    browser.post(address, new)
    assert cast.aoyama.check_password(PASSWORD)
    assert not Person.objects.get(pk=cast.aoyama.pk).check_password(PASSWORD)
    assert (aoyama.get("/me").status_code, senda.get("/me").status_code) == (401, 200)


def test_tokens_outlive_a_password_that_one_changes_oneself(aoyama: Program, cast: Cast) -> None:
    browser = Client()
    browser.post("/login/", {"login": cast.aoyama.email, "password": PASSWORD})
    new = {"oldpassword": PASSWORD, "password1": "ame-to-kasa-to-kaeru", "password2": "ame-to-kasa-to-kaeru"}
    browser.post(reverse("account_change_password"), new)
    assert not Person.objects.get(pk=cast.aoyama.pk).check_password(PASSWORD)
    assert aoyama.get("/me").status_code == 200


def test_tokens_are_revoked_on_the_persons_page(aoyama: Program, cast: Cast) -> None:
    create_token(by=cast.aoyama, name="会計", scopes=["read"])
    browser = Client()
    browser.force_login(cast.mizuno)
    page = f"/settings/people/{cast.aoyama.uid}/"
    assert "会計" in browser.get(page).content.decode()
    answer = browser.post(f"/settings/people/tokens/{aoyama.token.uid}/revoke/")
    assert answer["Location"] == page
    assert aoyama.get("/me").status_code == 401
    browser.post(f"{page}tokens/revoke/")
    assert not ApiToken.objects.filter(revoked_at=None).exists()
    assert "会計" not in browser.get(page).content.decode().split('id="history"')[0].split("APIトークンの")[0]
    assert {line.actor for line in Event.objects.filter(kind="token.revoked")} == {cast.mizuno}


def test_one_revokes_ones_own_tokens_by_any_of_them(aoyama: Program, cast: Cast) -> None:
    assert problem(aoyama.delete(f"/people/{cast.baba.uid}/tokens"))["code"] == "forbidden"
    assert said(aoyama.delete(f"/people/{cast.aoyama.uid}/tokens")) == {"tokens": 1}
    assert aoyama.get("/me").status_code == 401
