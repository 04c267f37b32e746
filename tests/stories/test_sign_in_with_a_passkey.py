"""青山 sets a passkey up on her computer and signs in with it: no password, no code."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache

from daifuku.ledger.models import Event
from daifuku.staff.models import Company
from daifuku.staff.testing import PASSWORD, invent_cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def firm(transactional_db: None) -> None:
    cache.clear()
    Company.objects.create(pk=1, name="シャチホコ商事")
    invent_cast()


def give_authenticator(page: Page) -> None:
    """What a computer with a fingerprint reader has built in."""
    line: Any = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in_by_password(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/login/")
    page.get_by_label("メールアドレス").fill(email)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="ログイン", exact=True).click()
    page.wait_for_url(f"{address}/")


def test_a_passkey_is_set_up_and_signs_in(
    firm: None, live_server: Any, open_page: Callable[..., Page], accessible: Callable[[Page], None],
    screenshot: Callable[..., Any],
) -> None:  # fmt: skip
    page = open_page("desk")
    give_authenticator(page)
    address = live_server.url
    page.goto(f"{address}/login/")
    accessible(page)
    screenshot(page, "sign-in")
    sign_in_by_password(page, address, "aoyama@example.jp")
    page.goto(f"{address}/2fa/")
    accessible(page)
    page.get_by_role("link", name="パスキーを追加").click()
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="確認する").click()
    page.get_by_label("名前").fill("会社のパソコン")
    accessible(page)
    page.get_by_role("button", name="パスキーを追加").click()
    page.wait_for_url("**/2fa/recovery-codes/")
    accessible(page)
    page.goto(f"{address}/2fa/webauthn/")
    assert page.get_by_text("会社のパソコン").is_visible()

    page.goto(f"{address}/logout/")
    page.get_by_role("button", name="ログアウト", exact=True).last.click()
    page.wait_for_url("**/login/**")
    page.get_by_role("button", name="パスキーでログイン").click()
    page.wait_for_url(f"{address}/")
    line = Event.objects.filter(kind="person.signed_in").latest("id")
    assert line.data["means"] == ["webauthn"]

    page.goto(f"{address}/logout/")
    page.get_by_role("button", name="ログアウト", exact=True).last.click()
    page.get_by_label("メールアドレス").fill("aoyama@example.jp")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="ログイン", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/")
    accessible(page)
    page.get_by_role("button", name="パスキーを使う").click()
    page.wait_for_url(f"{address}/")


PAGES = [
    "/settings/people/", "/settings/invitations/", "/settings/teams/", "/settings/roles/", "/settings/company/",
    "/account/profile/", "/account/appearance/", "/account/absence/", "/account/devices/", "/2fa/", "/why/",
    "/password/change/",
]  # fmt: skip


def test_the_pages_about_people_can_be_used_by_everybody(
    firm: None, live_server: Any, browser_page: Page, accessible: Callable[[Page], None],
    screenshot: Callable[..., Any],
) -> None:  # fmt: skip
    from daifuku.staff.models import Person, Role, Team

    page, address = browser_page, live_server.url
    sign_in_by_password(page, address, "mizuno@example.jp")
    person = Person.objects.get(email="aoyama@example.jp")
    more = [
        f"/settings/people/{person.uid}/",
        f"/settings/teams/{Team.objects.get(name='営業一課').pk}/",
        f"/settings/roles/{Role.objects.get(key='rep').pk}/",
    ]
    for number, path in enumerate(PAGES + more):
        page.goto(f"{address}{path}")
        words = path.strip("/").split("/")
        name = f"staff-{words[-1]}" if number < len(PAGES) else f"staff-one-of-{words[1]}"
        screenshot(page, name, full_page=True)
        accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px too wide"
