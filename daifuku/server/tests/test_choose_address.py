"""Where the program may listen, and the name that people type."""

from __future__ import annotations

import socket

import pytest

from daifuku.server.address import Address, Refusal, choose, is_loopback, must_be_free


@pytest.mark.parametrize(
    ("listen", "port", "name", "https", "url"),
    [
        ("127.0.0.1", 8000, "", False, "http://localhost:8000"),
        ("localhost", 8000, "", False, "http://localhost:8000"),
        ("::1", 80, "", False, "http://localhost"),
        ("127.0.0.1", 8443, "", True, "https://localhost:8443"),
        ("127.0.0.2", 8000, "", False, "http://127.0.0.2:8000"),
        ("192.168.1.20", 8443, "", True, "https://192.168.1.20:8443"),
        ("192.168.1.20", 443, "crm.local", True, "https://crm.local"),
        ("fd00::5", 8443, "", True, "https://[fd00::5]:8443"),
    ],
)
def test_the_address_that_people_type(listen: str, port: int, name: str, https: bool, url: str) -> None:
    assert choose(listen, port, name, https=https).url == url


@pytest.mark.parametrize("listen", ["0.0.0.0", "::", "192.168.1.20", "10.0.0.1", "crm.local", "169.254.1.1"])
def test_other_machines_are_not_spoken_to_without_encryption(listen: str) -> None:
    with pytest.raises(Refusal, match="--own-ca"):
        choose(listen, 8000, "", https=False)
    assert choose(listen, 8443, "", https=True).listen == listen


def test_the_whole_network_hears_under_the_address_of_this_machine() -> None:
    address = choose("0.0.0.0", 8443, "", https=True)
    assert address.name not in {"0.0.0.0", ""}
    assert address.name in address.hosts


def test_what_is_loopback() -> None:
    assert all(map(is_loopback, ["127.0.0.1", "127.8.8.8", "::1", "localhost"]))
    assert not any(map(is_loopback, ["0.0.0.0", "::", "example.com", "", "127.0.0.1.example.com"]))


def test_a_port_that_somebody_uses_is_refused_even_when_he_would_share_it() -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Refusal, match="--port"):
            must_be_free(Address("127.0.0.1", other.getsockname()[1], "localhost"))
