"""What allauth has and this program does not use answers like an address that does not exist."""

from __future__ import annotations

import pytest
from django.test import Client

from daifuku.staff.testing import PASSWORD, Cast

pytestmark = pytest.mark.django_db
CLOSED = [
    "/signup/", "/inactive/", "/email/", "/confirm-email/", "/confirm-email/abc/", "/password/set/",
    "/login/code/confirm/", "/sessions/",
]  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_closed_pages_look_like_unknown_ones(cast: Cast, address: str, method: str) -> None:
    client = Client()
    assert getattr(client, method)(address).headers["Location"].startswith("/login/")
    client.force_login(cast.mizuno)
    closed, unknown = getattr(client, method)(address), getattr(client, method)("/there/is/no/such/page/")
    assert closed.status_code == unknown.status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/login/", "/logout/", "/password/reset/", "/password/reset/done/", "/password/reset/key/x-y/",
        "/password/reset/key/done/",
    ],
)  # fmt: skip
def test_pages_before_the_sign_in_are_ours_and_japanese(cast: Cast, address: str) -> None:
    page = Client().get(address, follow=True)
    assert page.status_code == 200
    assert any(template.name == "web/plain.html" for template in page.templates)
    assert "Sign" not in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/password/change/", "/2fa/", "/2fa/totp/activate/", "/2fa/webauthn/", "/2fa/webauthn/add/",
        "/2fa/recovery-codes/generate/", "/reauthenticate/", "/account/profile/", "/account/appearance/",
        "/account/absence/", "/account/devices/",
    ],
)  # fmt: skip
def test_pages_of_ones_own_are_ours_and_japanese(cast: Cast, address: str) -> None:
    client = Client()
    client.post("/login/", {"login": "aoyama@example.jp", "password": PASSWORD})
    client.post("/reauthenticate/", {"password": PASSWORD})
    page = client.get(address)
    assert page.status_code == 200
    assert any(template.name == "web/skeleton.html" for template in page.templates)
    assert not any(word in page.content.decode() for word in ("Sign", "Authenticator app", "Password:"))
