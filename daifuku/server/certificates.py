"""Certificates for HTTPS: the firm's own, or one signed by an authority that this machine makes for itself."""

from __future__ import annotations

import datetime
import ipaddress
import os
import socket
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from daifuku.server.address import Certificate, Refusal
from daifuku.server.words import gettext as _

AUTHORITY_YEARS = 10
SERVER_DAYS = 397
RENEW_DAYS = 60
# The authority is trusted by the firm's phones, so it is made unable to vouch for anything but private networks.
PRIVATE_NAMES = ["localhost", "local", "lan", "internal", "home.arpa"]
PRIVATE_NETWORKS = ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"]
KEY_USAGES = [
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement"),
    *("key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
]


def given(chain: Path, key: Path, folder: Path) -> Certificate:
    """The firm's own files, checked first; the key is rewritten where the server cannot read its form."""
    try:
        leaf = x509.load_pem_x509_certificates(chain.read_bytes())[0]
        private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    except OSError as error:
        sentence = _("%(file)s を読めません(%(reason)s)。パスと権限を確かめてください。")
        raise Refusal(sentence % {"file": error.filename, "reason": error.strerror}) from error
    except (ValueError, TypeError) as error:
        raise Refusal(_("証明書または鍵が PEM 形式ではないか、鍵にパスワードが付いています。")) from error
    if leaf.public_key() != private.public_key():
        raise Refusal(_("証明書と鍵が対になっていません。--cert と --key の組み合わせを確かめてください。"))
    if leaf.not_valid_after_utc < _now():
        sentence = _("証明書の期限が %(day)s に切れています。新しい証明書を指定してください。")
        raise Refusal(sentence % {"day": leaf.not_valid_after_utc.date().isoformat()})
    if b"-----BEGIN PRIVATE KEY-----" in key.read_bytes():
        return Certificate(chain, key)
    _write(folder / "given.key", _key_bytes(private), secret=True)
    return Certificate(chain, folder / "given.key")


def own(hosts: list[str], folder: Path) -> Certificate:
    """A certificate for these names, signed by this machine's authority; made anew when names change or it ages."""
    authority, authority_key = _authority(hosts, folder)
    chain, key = folder / "server.crt", folder / "server.key"
    if not _still_good(chain, key, hosts, authority):
        private = ec.generate_private_key(ec.SECP256R1())
        leaf = _sign_server(hosts, private.public_key(), authority, authority_key)
        _write(key, _key_bytes(private), secret=True)
        _write(chain, b"".join(part.public_bytes(serialization.Encoding.PEM) for part in (leaf, authority)))
    return Certificate(chain, key)


def fingerprint(folder: Path) -> str:
    """What the person at the phone compares with the terminal before trusting the authority."""
    digest = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes()).fingerprint(hashes.SHA256())
    return digest.hex(" ").upper()


def _authority(hosts: list[str], folder: Path) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    certificate, key = folder / "ca.crt", folder / "ca.key"
    if not (certificate.exists() and key.exists()):
        private = ec.generate_private_key(ec.SECP256R1())
        _write(key, _key_bytes(private), secret=True)
        _write(certificate, _sign_authority(hosts, private).public_bytes(serialization.Encoding.PEM))
    authority = x509.load_pem_x509_certificate(certificate.read_bytes())
    outside = [host for host in hosts if not _may_sign(authority, host)]
    if outside:
        sentence = _(
            "%(hosts)s はこれまでの認証局では証明できません。%(folder)s の ca.crt と ca.key を別の場所へ移して"
            "起動し直し、スマートフォンに新しい証明書を入れ直してください。"
        )
        raise Refusal(sentence % {"hosts": ", ".join(outside), "folder": folder})
    loaded = serialization.load_pem_private_key(key.read_bytes(), password=None)
    assert isinstance(loaded, ec.EllipticCurvePrivateKey)
    return authority, loaded


def _sign_authority(hosts: list[str], private: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, f"Daifuku {socket.gethostname()[:40]} {_now():%Y-%m-%d}")]
    )
    permitted: list[x509.GeneralName] = [x509.DNSName(private_name) for private_name in PRIVATE_NAMES]
    permitted += [x509.IPAddress(ipaddress.ip_network(network)) for network in PRIVATE_NETWORKS]
    permitted += [_as_constraint(host) for host in hosts]
    usage = {name: name in {"key_cert_sign", "crl_sign"} for name in KEY_USAGES}
    return (
        _builder(name, name, private.public_key(), days=AUTHORITY_YEARS * 365)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )


def _sign_server(
    hosts: list[str],
    public: ec.EllipticCurvePublicKey,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    # Not a host's name: where only addresses are certified, OpenSSL would hold one here against the constraints.
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Daifuku server")])
    usage = {name: name == "digital_signature" for name in KEY_USAGES}
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    return (
        _builder(name, authority.subject, public, days=SERVER_DAYS)
        .add_extension(x509.SubjectAlternativeName([_as_name(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(issuer, critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, public: ec.EllipticCurvePublicKey, *, days: int
) -> x509.CertificateBuilder:
    """Valid from yesterday on, because a phone's clock may be behind."""
    start = _now() - datetime.timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=days))
    )


def _still_good(chain: Path, key: Path, hosts: list[str], authority: x509.Certificate) -> bool:
    if not (chain.exists() and key.exists()):
        return False
    leaf = x509.load_pem_x509_certificates(chain.read_bytes())[0]
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return (
        set(names) == {_as_name(host) for host in hosts}
        and leaf.issuer == authority.subject
        and leaf.not_valid_after_utc - _now() > datetime.timedelta(days=RENEW_DAYS)
    )


def _may_sign(authority: x509.Certificate, host: str) -> bool:
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    return any(_covers(permitted, _as_name(host)) for permitted in constraints.permitted_subtrees or [])


def _covers(permitted: x509.GeneralName, name: x509.GeneralName) -> bool:
    if isinstance(permitted, x509.DNSName) and isinstance(name, x509.DNSName):
        return f".{name.value}".endswith(f".{permitted.value}")
    if isinstance(permitted, x509.IPAddress) and isinstance(name, x509.IPAddress):
        network = ipaddress.ip_network(str(permitted.value))
        return ipaddress.ip_address(str(name.value)) in network
    return False


def _as_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _as_constraint(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_network(host))
    except ValueError:
        return x509.DNSName(host)


def _key_bytes(private: PrivateKeyTypes) -> bytes:
    """PKCS#8, the only form of a key that the server reads."""
    form = serialization.PrivateFormat.PKCS8
    return private.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def _write(path: Path, content: bytes, *, secret: bool = False) -> None:
    """Written beside and renamed, so that a server that starts meanwhile never reads half a file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    fresh.replace(path)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
