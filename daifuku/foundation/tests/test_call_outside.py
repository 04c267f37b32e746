"""The program calls into the open world only: a canary on this machine must hear nothing, whatever the address says."""

from __future__ import annotations

import ast
import datetime
import ssl
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from daifuku.foundation import outgoing
from daifuku.foundation.outgoing import addresses, allowed
from daifuku.foundation.outgoing.troubles import CallFailed
from daifuku.foundation.settings import SettingError
from tests.support.receiver import Receiver, drip, endless, receiving
from tests.support.sources import ROOT


@pytest.fixture
def canary() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def refused(url: str, **options: Any) -> CallFailed:
    with pytest.raises(CallFailed) as failure:
        outgoing.call(url, **{"connect_seconds": 1, "whole_seconds": 2, **options})
    return failure.value


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.0.0.1.", "localhost", "LOCALHOST", "localhost.", "x.localhost", "0.0.0.0", "0", "[::1]",
        "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "[2001:0:7f00:1::]", "0177.0.0.1", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "127.1", "127.0.1",
        "127.00.0.1", "1２７.0.0.1", "127。0。0。1", "①②⑦.0.0.1", "127.0.0.1%00", "127.0.0.1\\@example.com",
        "example.com@127.0.0.1", "user:word@127.0.0.1", "[::1%25lo]", "127%2e0.0.1", "loc\talhost", "127.0.0.1 ",
        "169.254.169.254", "[fd00:ec2::254]", "[fe80::a9fe:a9fe]", "100.100.100.200", "168.63.129.16", "10.0.0.1",
        "192.168.0.1", "172.31.255.255", "100.64.0.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1",
        "192.0.0.192", "[fc00::1]", "[ff02::1]", "[::ffff:10.0.0.1]", "[2001:db8::1]", "[fec0::1]",
    ],
)  # fmt: skip
def test_no_way_of_writing_it_leads_inside(host: str, canary: Receiver) -> None:
    for scheme in ("http", "https"):
        failure = refused(f"{scheme}://{host}:{canary.port}/")
        assert failure.code in {"address", "closed", "name"}, (failure.code, failure.detail)
    assert canary.connections == 0


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "scheme"), ("gopher://127.0.0.1:70/", "scheme"), ("ftp://example.com/", "scheme"),
        ("javascript:alert(1)", "scheme"), ("example.com/hook", "address"), ("", "address"),
        ("//example.com", "address"), ("https://", "address"), ("https:///hook", "address"),
        ("https://example.com:99999/", "address"),
        ("https://example.com:/", "address"), ("https://example.com:0/", "port"), ("https://example.com:25/", "port"),
        ("https://example.com:6379/", "port"), ("https://exa mple.com/", "address"),
        ("https://example.com/\r\nX: y", "address"), ("https://-x.example/", "address"), ("https://a..b/", "address"),
        ("https://" + "a" * 64 + ".jp/", "address"), ("https://example.com/" + "a" * 2000, "address"),
        ("https://[1.2.3.4]/", "address"), ("https://1.2.3/", "address"), ("https://1.2.3.4.5/", "address"),
        ("https://256.1.1.1/", "address"), ("https://a.0x1/", "address"), ("http://example.com/", "plain"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(url: str, code: str) -> None:
    with pytest.raises(CallFailed) as failure:
        outgoing.check_before(url)
    assert failure.value.code == code
    assert failure.value.sentence


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("https://example.co.jp", "example.co.jp", "/"),
        ("https://EXAMPLE.co.jp./a?b=c#d", "example.co.jp", "/a?b=c"),
        ("https://example.co.jp:8443/あ い".replace(" ", ""), "example.co.jp:8443", "/%E3%81%82%E3%81%84"),
        ("https://大福帳.jp/", "xn--pss60jl71a.jp", "/"),
        ("https://8.8.8.8:443/", "8.8.8.8", "/"),
        ("https://[2606:4700:0:0::1111]:8443/x", "[2606:4700::1111]:8443", "/x"),
    ],
)
def test_what_is_an_address_is_read_in_its_one_form(url: str, authority: str, path: str) -> None:
    target = outgoing.check_before(url)
    assert (target.authority, target.path) == (authority, path)


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "1.1.1.1", "203.0.112.1", "2606:4700::1111", "2400:4050::1", "2001:4860:4860::8888"]
)
def test_the_open_world_is_open(number: str) -> None:
    assert addresses.in_the_open_world(ip_address(number))


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["8.8.8.8", "127.0.0.1"],
        ["::1"],
        ["::ffff:127.0.0.1"],
        ["169.254.169.254"],
        ["fe80::1%lo"],
    ],
)
def test_a_name_that_leads_inside_is_refused(answers: list[str], canary: Receiver) -> None:
    failure = refused(f"https://hook.example.jp:{canary.port}/", resolver=lambda host, port: answers)
    assert (failure.code, canary.connections) == ("closed", 0)


def test_a_name_that_changes_its_answer_is_asked_once_a_call(canary: Receiver, settings: Any) -> None:
    """First it names an allowed server, so that it passes; had it been asked again it would have named the canary."""
    with receiving("127.0.0.2") as good:
        settings.CALLS_ALLOWED = allowed.read([f"127.0.0.2:{good.port}"])
        asked = []

        def changing(host: str, port: int) -> list[str]:
            asked.append(host)
            return ["127.0.0.2"] if len(asked) == 1 else ["127.0.0.1"]

        url = f"http://hook.example.jp:{good.port}/"
        assert outgoing.call(url, resolver=changing).status == 200
        assert asked == ["hook.example.jp"]
        assert good.got[0].headers["Host"] == f"hook.example.jp:{good.port}"
        assert refused(url, resolver=changing).code == "closed"
        assert (good.connections, canary.connections) == (1, 0)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_failure_that_says_so(status: int, canary: Receiver, settings: Any) -> None:
    with receiving() as sly:
        settings.CALLS_ALLOWED = allowed.read([sly.place])
        sly.status, sly.headers = status, {"Location": canary.url}
        failure = refused(sly.url)
        assert (failure.code, failure.detail, failure.status) == ("redirect", canary.url, status)
    assert canary.connections == 0


def test_only_the_named_port_is_open(canary: Receiver, settings: Any) -> None:
    settings.CALLS_ALLOWED = allowed.read(["127.0.0.1:1", "192.168.0.0/16", "other.example.lan"])
    assert refused(canary.url).code == "closed"
    assert canary.connections == 0
    settings.CALLS_ALLOWED = allowed.read(["127.0.0.0/8"])
    assert outgoing.call(canary.url).good


def test_a_name_opens_private_addresses_but_not_those_of_clouds(canary: Receiver, settings: Any) -> None:
    settings.CALLS_ALLOWED = allowed.read(["erp.example.lan"])
    url = f"http://erp.example.lan:{canary.port}/"
    assert outgoing.call(url, resolver=lambda host, port: ["127.0.0.1"]).good
    assert refused(url, resolver=lambda host, port: ["169.254.169.254"]).code == "closed"


@pytest.mark.parametrize(
    "entry", ["http://x", "a b", "10.0.0.0/33", "10.0.0.1/8", "x:port", "あ", "x:0", "x:70000"]
)
def test_a_setting_that_means_nothing_stops_the_start(entry: str) -> None:
    with pytest.raises(SettingError, match="DAIFUKU_CALLS_ALLOWED"):
        allowed.read([entry])


def test_what_is_sent_arrives_and_what_is_answered_comes_back(canary: Receiver, settings: Any) -> None:
    settings.CALLS_ALLOWED = allowed.read([canary.place])
    canary.status, canary.text, canary.headers = 202, "受け取りました", {"Set-Cookie": "a=b"}
    answer = outgoing.call(canary.url, body="大福".encode(), headers={"X-One": "1", "Host": "other"})
    assert (answer.status, answer.body.decode(), answer.cut) == (202, "受け取りました", False)
    assert outgoing.call(canary.url).good
    first, second = canary.got
    assert (first.body.decode(), first.headers["X-One"]) == ("大福", "1")
    assert first.headers["Host"] == canary.place
    assert "Cookie" not in second.headers


def test_proxies_of_the_environment_are_not_asked(
    canary: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with receiving() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, proxy.url)
        settings.CALLS_ALLOWED = allowed.read([canary.place])
        assert outgoing.call(canary.url).good
        assert proxy.connections == 0


def test_an_endless_answer_is_read_to_64_kilobytes(canary: Receiver, settings: Any) -> None:
    settings.CALLS_ALLOWED = allowed.read([canary.place])
    canary.act = endless
    answer = outgoing.call(canary.url)
    assert (len(answer.body), answer.cut) == (64 * 1024, True)


def test_a_dripping_answer_ends_with_its_time(canary: Receiver, settings: Any) -> None:
    settings.CALLS_ALLOWED = allowed.read([canary.place])
    canary.act = drip
    began = time.monotonic()
    assert refused(canary.url, whole_seconds=0.6).code == "slow"
    assert time.monotonic() - began < 1.5


def test_what_is_no_http_is_told(canary: Receiver, settings: Any) -> None:
    settings.CALLS_ALLOWED = allowed.read([canary.place])
    canary.act = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n")  # type: ignore[assignment, return-value]
    assert refused(canary.url).code == "broken"


def test_nobody_listens(canary: Receiver, settings: Any) -> None:
    settings.CALLS_ALLOWED = allowed.read([canary.place])
    canary.close()
    assert refused(canary.url).code == "refused"


def test_a_name_that_nobody_knows_and_one_that_nobody_answers() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("Name or service not known")

    def silent(host: str, port: int) -> list[str]:
        time.sleep(1)
        return []

    assert refused("https://nothing.example/", resolver=unknown).code == "name"
    assert refused("https://nothing.example/", resolver=silent, connect_seconds=0.1).code == "no_connection"


@pytest.fixture
def certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's certificate for hook.example.jp, of an authority that the program trusts."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hook.example.jp")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "server.pem").write_bytes(made.public_bytes(pem) + secret)
    (tmp_path / "authority.pem").write_bytes(made.public_bytes(pem))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    return context


def test_the_certificate_is_checked_for_the_name_and_not_for_the_address(
    certificates: ssl.SSLContext, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = lambda host, port: ["127.0.0.1"]  # noqa: E731
    with receiving(tls=certificates) as secure:
        settings.CALLS_ALLOWED = allowed.read([secure.place])
        assert outgoing.call(f"https://hook.example.jp:{secure.port}/", resolver=here).good
        assert refused(f"https://other.example.jp:{secure.port}/", resolver=here).code == "certificate"
        assert refused(f"https://127.0.0.1:{secure.port}/").code == "certificate"
        monkeypatch.delenv("SSL_CERT_FILE")
        assert refused(f"https://hook.example.jp:{secure.port}/", resolver=here).code == "certificate"
        assert len(secure.got) == 1


def test_a_server_without_tls_is_told(canary: Receiver, settings: Any) -> None:
    settings.CALLS_ALLOWED = allowed.read([canary.place])
    assert refused(canary.url.replace("http:", "https:")).code in {"tls", "slow"}


OUTSIDE = frozenset({"http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib"})


def test_nothing_else_in_the_program_calls_other_servers() -> None:
    """The commands of the terminal (`cli`) ask our own web process; mail goes by the mail server of the settings."""
    found = set()
    for path in (ROOT / "daifuku").rglob("*.py"):
        if {"tests", "cli"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if OUTSIDE & set(names):
                found.add(str(path.relative_to(ROOT)))
    assert found == {"daifuku/foundation/outgoing/__init__.py"}
