"""The authority that this machine makes for itself, and the firm's own certificates."""

from __future__ import annotations

import datetime
import ssl
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from daifuku.server import certificates
from daifuku.server.address import Refusal
from daifuku.server.tests.conftest import tiny_server

HOSTS = ["localhost", "127.0.0.1", "192.168.1.20", "crm.local"]


def leaf(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificates(path.read_bytes())[0]


def test_a_phone_that_trusts_the_authority_trusts_the_server(tmp_path: Path) -> None:
    certificate = certificates.own(HOSTS, tmp_path)
    options = ["--cert", str(certificate.chain), "--key", str(certificate.key)]
    with tiny_server(*options) as server:
        trusting = ssl.create_default_context(cafile=str(tmp_path / "ca.crt"))
        server.tls = trusting
        server.wait_until_it_answers()
        assert server.ask("/")[0] == 200
        server.tls = ssl.create_default_context()
        with pytest.raises(ssl.SSLCertVerificationError):
            server.ask("/")


def test_the_chain_is_right_in_the_eyes_of_openssl(tmp_path: Path) -> None:
    certificate = certificates.own(HOSTS, tmp_path)
    command = [
        "openssl",
        "verify",
        "-x509_strict",
        "-CAfile",
        str(tmp_path / "ca.crt"),
        str(certificate.chain),
    ]
    for extra in (["-verify_ip", "192.168.1.20"], ["-verify_hostname", "crm.local"]):
        result = subprocess.run(
            [*command[:2], *extra, *command[2:]], capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr


def test_keys_can_be_read_by_their_owner_alone(tmp_path: Path) -> None:
    certificates.own(HOSTS, tmp_path)
    assert {oct((tmp_path / name).stat().st_mode & 0o777) for name in ("ca.key", "server.key")} == {"0o600"}


def test_the_authority_stays_while_the_servers_certificate_follows_its_names(tmp_path: Path) -> None:
    first = certificates.own(HOSTS, tmp_path)
    authority, served = (tmp_path / "ca.crt").read_bytes(), first.chain.read_bytes()
    assert certificates.own(HOSTS, tmp_path).chain.read_bytes() == served
    certificates.own([*HOSTS, "10.0.0.7"], tmp_path)
    assert first.chain.read_bytes() != served
    assert (tmp_path / "ca.crt").read_bytes() == authority


def test_the_authority_cannot_vouch_for_the_rest_of_the_world(tmp_path: Path) -> None:
    certificates.own(HOSTS, tmp_path)
    for foreign in ("bank.example.com", "8.8.8.8", "evillocal", "localhost.example.com"):
        with pytest.raises(Refusal, match=foreign):
            certificates.own([*HOSTS, foreign], tmp_path)
    constraints = leaf(tmp_path / "ca.crt").extensions.get_extension_for_class(x509.NameConstraints)
    assert constraints.critical


def test_a_name_of_its_own_is_allowed_when_the_authority_is_made_for_it(tmp_path: Path) -> None:
    certificate = certificates.own(["crm.example.co.jp"], tmp_path)
    names = leaf(certificate.chain).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["crm.example.co.jp"]


def self_signed(folder: Path, *, days: int = 90, form: serialization.PrivateFormat) -> tuple[Path, Path]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=100)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=100 + days))
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True)
    (folder / "a.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    encoded = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    (folder / "a.key").write_bytes(encoded)
    return folder / "a.crt", folder / "a.key"


@pytest.mark.parametrize(
    "form", [serialization.PrivateFormat.PKCS8, serialization.PrivateFormat.TraditionalOpenSSL]
)
def test_the_firms_own_certificate_serves_whatever_the_form_of_its_key(
    tmp_path: Path, form: serialization.PrivateFormat
) -> None:
    certificate = certificates.given(*self_signed(tmp_path / "given", form=form), tmp_path / "tls")
    with tiny_server("--cert", str(certificate.chain), "--key", str(certificate.key)) as server:
        server.tls = ssl._create_unverified_context()
        server.wait_until_it_answers()
        assert server.ask("/")[0] == 200


def test_files_that_cannot_work_are_refused_with_the_reason(tmp_path: Path) -> None:
    pkcs8 = serialization.PrivateFormat.PKCS8
    good, other = self_signed(tmp_path / "a", form=pkcs8), self_signed(tmp_path / "b", form=pkcs8)
    expired = self_signed(tmp_path / "c", days=-1, form=pkcs8)
    (tmp_path / "text").write_text("これは証明書ではありません")
    cases = [
        (good[0], other[1], "対になっていません"),
        (*expired, "期限"),
        (tmp_path / "text", good[1], "PEM"),
        (good[0], tmp_path / "nothing", "読めません"),
    ]
    for chain, key, reason in cases:
        with pytest.raises(Refusal, match=reason):
            certificates.given(chain, key, tmp_path / "tls")
