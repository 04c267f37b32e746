"""Ways in from the side: redirects that lead away, a false host, forwarded headers, file names that lead elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from daifuku.messages.models import Mail
from daifuku.records.models import Attachment
from daifuku.staff.testing import PASSWORD
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ELSEWHERE = [
    "//evil.example", "///evil.example", "https://evil.example", "https:evil.example", "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)", "/%09/evil.example", "\t//evil.example", "//evil.example/%2f..", "http:///evil.example",
    "/x\r\nSet-Cookie: a=b", "https://localhost@evil.example", "//localhost.evil.example",
]  # fmt: skip
NAMES = {
    "../../etc/passwd": "passwd", "..\\..\\windows\\win.ini": "win.ini", "/etc/passwd": "passwd",
    "C:\\x\\見積.csv": "見積.csv",
    "a\0b.csv": None, "x\r\nSet-Cookie: a=b.csv": None, 'a"b;filename=x.html': None, "‮gpj.exe": None,
    ".htaccess": None,
    "..": None, "a" * 300 + ".csv": None, "あ" * 200 + ".csv": None, "x.svg": "x.svg", "x.html": "x.html",
    "x.pHaR": "x.pHaR",
}  # fmt: skip


@pytest.mark.parametrize("away", ELSEWHERE)
def test_no_sign_in_leads_away_from_here(world: World, away: str) -> None:
    client = Client()
    answer = client.post("/login/", {"login": "aoyama@example.jp", "password": PASSWORD, "next": away})
    assert _stays(answer), answer["Location"]
    again = world.client("rep").get("/login/", {"next": away})
    assert _stays(again), again["Location"]
    out = world.client("rep").post("/logout/", {"next": away})
    assert _stays(out), out["Location"]


@pytest.mark.parametrize("away", ELSEWHERE)
def test_no_page_leads_back_to_where_somebody_says_he_came_from(world: World, away: str) -> None:
    line = world.records["event open"]
    headers = {"Referer": away.replace("\r\n", "")}
    answer = world.client("rep").post(f"/events/{line.pk}/undo/", {"next": away}, headers=headers)
    assert _stays(answer), answer["Location"]
    again = world.client("rep").post(
        f"/accounts/{world.records['account open'].uid}/follow/", {"next": away}, headers=headers
    )
    assert _stays(again), again.get("Location")


def _stays(answer: Any) -> bool:
    location = answer.get("Location", "/")
    return (
        location.startswith("/")
        and location[1:2] not in {"/", "\\"}
        and "\n" not in location
        and "\t" not in location
    )


def test_a_false_host_is_refused(world: World) -> None:
    for host in (
        "evil.example",
        "localhost.evil.example",
        "localhost:80@evil.example",
        "localhost evil",
        "[::1",
    ):
        for address in ("/login/", "/accounts/", "/api/v1/me", "/password/reset/"):
            assert world.client("rep").get(address, headers={"Host": host}).status_code == 400, (
                host,
                address,
            )


def test_mailed_links_bear_the_name_that_was_set_and_no_other(world: World, settings: Any) -> None:
    """Neither Host nor X-Forwarded-Host of whoever asks for a new password gets into somebody else's mail."""
    settings.EMAIL_HOST = "mail.example.jp"
    headers = {"X-Forwarded-Host": "evil.example", "X-Host": "evil.example", "Forwarded": "host=evil.example"}
    Client().post("/password/reset/", {"email": "aoyama@example.jp"}, headers=headers)
    texts = [each.text for each in Mail.objects.all()] + [each.body for each in mail.outbox]
    assert any("/password/reset/key/" in text for text in texts), "the mail with the link was written"
    assert not any("evil" in text for text in texts)


def test_forwarded_headers_change_nothing_without_a_proxy(world: World) -> None:
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1", "X-Real-Ip": "10.0.0.1"}
    answer = world.client("rep").get("/accounts/", headers=forged)
    assert not answer.wsgi_request.is_secure()
    for path in ("X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override"):
        assert world.client("stranger").get("/", headers={path: "/settings/people/"}).wsgi_request.path == "/"


def test_a_method_in_a_header_or_a_field_is_not_believed(world: World) -> None:
    account = world.records["account open"]
    for headers, body in (({"X-HTTP-Method-Override": "DELETE"}, {}), ({}, {"_method": "DELETE"})):
        world.client("rep").post(f"{account.get_absolute_url()}edit/", body, headers=headers)
        account.refresh_from_db()
        assert account.trashed_at is None


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_leads_nowhere(world: World, name: str) -> None:
    """The name is shown, never used as a path; the file is handed out as a download under a harmless name."""
    account, client = world.records["account open"], world.client("rep")
    known = set(Attachment.objects.values_list("pk", flat=True))
    upload = SimpleUploadedFile("x", b"<svg onload=alert(1)>", "image/svg+xml")
    upload._name = name  # type: ignore[attr-defined]
    answer = client.post(f"{account.get_absolute_url()}files/", {"file": upload})
    assert answer.status_code < 500
    for attachment in Attachment.objects.exclude(pk__in=known):
        version = attachment.versions.get()
        assert not set(version.name) & set("/\\\0\r\n\u202e"), version.name
        assert len(version.name) <= 255
        assert ".." not in version.stored
        assert NAMES[name] in {None, version.name}
        sent = client.get(f"{account.get_absolute_url()}files/{attachment.uid}/1/?view")
        assert sent["Content-Type"] == "application/octet-stream"
        assert sent["Content-Disposition"].startswith("attachment")
        assert "\n" not in sent["Content-Disposition"]
        assert "sandbox" in sent["Content-Security-Policy"]


def test_a_path_that_climbs_finds_nothing(world: World) -> None:
    for path in (
        "/static/../settings.py",
        "/static/..%2f..%2fsettings.py",
        "/.git/config",
        "/accounts/..%2f..%2fetc/",
        "/static/%00",
    ):
        answer = world.client("rep").get(path)
        assert answer.status_code in {400, 404}, path
