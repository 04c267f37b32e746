"""The pages on which a person gives out and takes back his tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from daifuku.api.models import ApiToken
from daifuku.staff.testing import PASSWORD

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program

pytestmark = pytest.mark.django_db
FORM = {"name": "基幹連携", "scopes": ["read", "write"], "days": "90"}


@pytest.fixture
def browser(aoyama: Program) -> Client:
    """青山, who has just shown her password."""
    browser = Client()
    browser.post("/login/", {"login": aoyama.person.email, "password": PASSWORD})
    browser.post("/reauthenticate/", {"password": PASSWORD})
    return browser


def test_a_token_is_shown_once_and_works(browser: Client) -> None:
    made = browser.post("/account/tokens/new/", FORM)
    text = made.content.decode()
    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    secret = re.search(r"daifuku_[\w-]{43}", text)
    assert secret
    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret[0]}"})
    assert answer.json()["scopes"] == ["read", "write"]
    listed = browser.get("/account/tokens/").content.decode()
    assert "基幹連携" in listed
    assert secret[0] not in listed


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["root"]}, {"days": "7"}])
def test_a_form_that_is_not_right_says_so_and_keeps_what_was_typed(
    browser: Client, wrong: dict[str, object]
) -> None:
    before = ApiToken.objects.count()
    answer = browser.post("/account/tokens/new/", FORM | wrong)
    assert answer.status_code == 422
    assert "data-wrong" in answer.content.decode() or "error" in answer.content.decode()
    assert ApiToken.objects.count() == before


def test_a_token_is_revoked_by_its_owner_alone(browser: Client, aoyama: Program, senda: Program) -> None:
    assert browser.post(f"/account/tokens/{senda.token.uid}/revoke/").status_code == 404
    assert senda.get("/me").status_code == 200
    assert browser.post(f"/account/tokens/{aoyama.token.uid}/revoke/").status_code == 302
    assert aoyama.get("/me").status_code == 401
    assert browser.get(f"/account/tokens/{aoyama.token.uid}/revoke/").status_code == 405


def test_giving_out_a_token_asks_for_the_password_again(aoyama: Program) -> None:
    later = Client()
    later.force_login(aoyama.person)
    assert "reauthenticate" in later.get("/account/tokens/new/")["Location"]
    before = ApiToken.objects.count()
    later.post("/account/tokens/new/", FORM)
    assert ApiToken.objects.count() == before


def test_strangers_are_led_to_the_sign_in_page(aoyama: Program) -> None:
    for address in ("/account/tokens/", "/account/tokens/new/"):
        assert Client().get(address)["Location"].startswith("/login/")
