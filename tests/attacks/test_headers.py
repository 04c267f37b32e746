"""What each answer tells the browser to allow: a snapshot in headers.json, kept on purpose or changed on purpose.

After a wanted change: `RENEW_SNAPSHOTS=1 pytest tests/attacks/test_headers.py`; read the difference before committing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from daifuku.staff.testing import PASSWORD
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
SNAPSHOT = Path(__file__).with_name("headers.json")
WATCHED = (
    "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Cache-Control", "Content-Type",
    "Content-Disposition",
    "Strict-Transport-Security", "Access-Control-Allow-Origin", "Server", "X-Powered-By",
)  # fmt: skip


def requests(world: World) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Kinds of answers: who asks, what, and with which further settings of the request."""
    account = world.records["account open"]
    file = world.places["file version"].open
    version = f"{account.get_absolute_url()}files/{file['file']}/1/"
    return {
        "a list": ("rep", "/accounts/", {}),
        "a record": ("rep", account.get_absolute_url(), {}),
        "a part of a page": (
            "rep",
            f"{account.get_absolute_url()}history/",
            {"headers": {"HX-Request": "true"}},
        ),
        "the sign-in": ("anonymous", "/login/", {}),
        "a way to the sign-in": ("anonymous", "/accounts/", {}),
        "nothing": ("rep", "/accounts/x/y/", {}),
        "refused": ("reader", "/accounts/new/", {}),
        "a download": ("rep", version, {}),
        "a file that is looked at": ("rep", f"{version}?view", {}),
        "an export": ("rep", f"/exports/{world.records['export'].uid}/", {}),
        "the health": ("anonymous", "/healthz", {}),
        "the manifest": ("anonymous", "/manifest.webmanifest", {}),
        "the API": ("rep", "/api/v1/me", {}),
        "the API to strangers": ("anonymous", "/api/v1/me", {}),
        "a file of the API": ("rep", f"/api/v1/accounts/{account.uid}/files/{file['file']}", {}),
        "a join of strings": ("rep", "/address/by-code/?code=1000001", {}),
    }


def seen(world: World, *, secure: bool = False) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, (visitor, address, options) in requests(world).items():
        answer = world.client(visitor).get(address, secure=secure, **options)
        told = {header: answer[header] for header in WATCHED if header in answer}
        found[name] = {"status": str(answer.status_code), **told}
    return found


def test_every_kind_of_answer_has_the_headers_of_the_snapshot(world: World) -> None:
    told = seen(world)
    if os.environ.get("RENEW_SNAPSHOTS"):
        SNAPSHOT.write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    assert told == json.loads(SNAPSHOT.read_text()), "wanted? then renew it, see above"


def test_no_answer_is_without_the_headers_that_keep_strangers_out(world: World) -> None:
    """What holds for all of them, whatever the snapshot says."""
    for name, told in seen(world).items():
        policy = told["Content-Security-Policy"]
        assert "default-src 'none'" in policy, name
        assert "frame-ancestors 'none'" in policy or "sandbox" in policy, name
        assert not any(
            word in policy for word in ("unsafe-eval", "http:", "https:", "*", "script-src 'unsafe")
        ), name
        assert told["X-Content-Type-Options"] == "nosniff", name
        assert told["Referrer-Policy"] == "same-origin", name
        assert "no-store" in told["Cache-Control"] or name == "the manifest", name
        assert "Access-Control-Allow-Origin" not in told, name


@override_settings(SECURE_HSTS_SECONDS=31_536_000)
def test_over_https_browsers_are_told_to_stay_there(world: World) -> None:
    """Under https:// these settings follow from DAIFUKU_URL (test_cookies_under_https)."""
    for name, told in seen(world, secure=True).items():
        assert told["Strict-Transport-Security"].startswith("max-age=31536000"), name


def test_cookies_are_not_for_scripts_and_not_for_other_sites(world: World) -> None:
    client = Client()
    client.get("/login/")
    client.post("/login/", {"login": "aoyama@example.jp", "password": PASSWORD})
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] in {"Lax", "Strict"}, cookie.key
        assert cookie["path"] == "/", cookie.key
        assert not cookie["domain"], cookie.key


def test_under_https_cookies_are_bound_to_this_very_host(tmp_path: Path) -> None:
    """The settings as a firm has them that answers under https."""
    program = (
        "from daifuku import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        "s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS >= 31536000, s.DEBUG)"
    )
    environment = {**os.environ, "DAIFUKU_URL": "https://crm.example.jp", "DAIFUKU_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True", "True", "False"]


def test_the_session_has_a_new_number_after_the_sign_in(world: World) -> None:
    client = Client()
    client.cookies["sessionid"] = "chosenbyanattacker"
    client.get("/login/")
    client.post("/login/", {"login": "aoyama@example.jp", "password": PASSWORD})
    assert client.cookies["sessionid"].value != "chosenbyanattacker"
    assert client.get("/accounts/").status_code == 200


def test_signing_out_ends_the_session_on_the_server(world: World) -> None:
    client = Client()
    client.post("/login/", {"login": "aoyama@example.jp", "password": PASSWORD})
    kept = client.cookies["sessionid"].value
    client.post("/logout/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/accounts/")["Location"].startswith("/login/")
