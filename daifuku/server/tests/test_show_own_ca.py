"""The page and the file that put the own certificate authority on phones."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from django.test import Client
from pytest_django.fixtures import Settings as SettingsWrapper

from daifuku.server import certificates


@pytest.fixture
def home(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_the_page_shows_the_fingerprint_that_the_terminal_shows(client: Client, home: Path) -> None:
    certificates.own(["localhost"], home / "tls")
    page = client.get("/own-ca").content.decode()
    assert certificates.fingerprint(home / "tls") in page
    assert 'href="/own-ca.crt"' in page


def test_the_file_is_the_authority_and_nothing_else(client: Client, home: Path) -> None:
    certificates.own(["localhost"], home / "tls")
    answer = client.get("/own-ca.crt")
    assert answer["Content-Type"] == "application/x-x509-ca-cert"
    served = x509.load_der_x509_certificate(answer.content)
    assert served == x509.load_pem_x509_certificate((home / "tls" / "ca.crt").read_bytes())


@pytest.mark.parametrize("path", ["/own-ca", "/own-ca.crt"])
def test_a_firm_with_a_bought_certificate_has_no_such_page(client: Client, home: Path, path: str) -> None:
    assert client.get(path).status_code == 404
