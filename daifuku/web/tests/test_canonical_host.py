"""127.0.0.1 is led to localhost; everything else is left alone."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings as SettingsWrapper

from daifuku.web.canonical_host import canonical_host


def passed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


@pytest.mark.parametrize(
    ("host", "path", "location"),
    [
        ("127.0.0.1:8000", "/accounts/?q=a%20b", "http://localhost:8000/accounts/?q=a%20b"),
        ("127.0.0.1", "/", "http://localhost/"),
        ("[::1]:9000", "/", "http://localhost:9000/"),
        ("localhost:8000", "/", None),
        ("127.0.0.1:8000", "/healthz", None),
        ("127.0.0.1:8000", "/api/v1/accounts", None),
    ],
)
def test_a_number_is_led_to_the_name(
    settings: SettingsWrapper, host: str, path: str, location: str | None
) -> None:
    settings.BASE_URL = "http://localhost:8000"
    answer = canonical_host(passed)(RequestFactory().get(path, headers={"host": host}))
    assert answer.get("Location") == location


def test_a_firm_with_another_name_is_not_led_anywhere(settings: SettingsWrapper) -> None:
    settings.BASE_URL = "https://192.168.1.20:8443"
    assert canonical_host(passed)(RequestFactory().get("/", headers={"host": "127.0.0.1"})).content == b"page"


def test_what_was_sent_is_not_lost_by_a_redirect(settings: SettingsWrapper) -> None:
    settings.BASE_URL = "http://localhost:8000"
    assert (
        canonical_host(passed)(RequestFactory().post("/", headers={"host": "127.0.0.1"})).content == b"page"
    )
