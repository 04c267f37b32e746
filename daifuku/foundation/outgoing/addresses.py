"""Reads an address as strictly as can be, and says of a number in the network whether it lies in the open world."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_network
from urllib.parse import quote, urlsplit

from daifuku.foundation.outgoing.allowed import Address, Allowed
from daifuku.foundation.outgoing.troubles import CallFailed

LONGEST = 2000
PORTS = {"http": 80, "https": 443}
# Where something else than HTTP listens: mail, shells, name and file servers, databases.
NO_HTTP = frozenset(
    {
        1, 7, 9, 19, 20, 21, 22, 23, 25, 53, 69, 110, 111, 119, 123, 135, 137, 138, 139, 143, 161, 179, 389, 445, 465,
        514, 515, 563, 587, 636, 993, 995, 1433, 1521, 2049, 3306, 3389, 5060, 5061, 5432, 6379, 6667, 11211, 27017,
    }
)  # fmt: skip
NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*", re.ASCII)
NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)", re.ASCII)
UNREADABLE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ufeff]")

# The registries of special addresses (IANA), and 168.63.129.16, under which a cloud's own server hides.
CLOSED_V4 = [
    ip_network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
    )
]  # fmt: skip
# Of IPv6 only 2000::/3 is the open world; in it lie Teredo and other experiments, 6to4, and what documents use. Mapped
# IPv4 (::ffff:0:0/96) and NAT64 (64:ff9b::/96) lie outside of it.
WORLD_V6 = ip_network("2000::/3")
CLOSED_V6 = [ip_network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]


@dataclass(frozen=True)
class Target:
    """An address, read: `host` is a name in ASCII or a number in its one right form."""

    scheme: str
    host: str
    port: int
    path: str
    number: Address | None

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if isinstance(self.number, IPv6Address) else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def in_the_open_world(address: Address) -> bool:
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in CLOSED_V4)
    return address in WORLD_V6 and not any(address in network for network in CLOSED_V6)


def read(url: str) -> Target:
    """Raises CallFailed where a browser, a library and the operating system could each read something else."""
    url = url.strip()
    if not url or len(url) > LONGEST or UNREADABLE.search(url):
        raise CallFailed("address")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise CallFailed("address") from error
    if parts.scheme not in PORTS:
        raise CallFailed("scheme" if parts.scheme else "address")
    if "@" in parts.netloc or not parts.hostname or parts.netloc.endswith(":"):
        raise CallFailed("address")
    host, number = _host(parts.hostname, in_brackets=parts.netloc.startswith("["))
    port = PORTS[parts.scheme] if port is None else port
    if port == 0 or port in NO_HTTP:
        raise CallFailed("port")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return Target(parts.scheme, host, port, f"{path}?{query}" if query else path, number)


def _host(given: str, *, in_brackets: bool) -> tuple[str, Address | None]:
    if in_brackets:
        try:
            six = IPv6Address(given)
        except ValueError as error:
            raise CallFailed("address") from error
        if six.scope_id:
            raise CallFailed("address")
        return six.compressed, six
    try:
        name = given.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise CallFailed("address") from error
    if not NAME.fullmatch(name) or len(name) > 253:
        raise CallFailed("address")
    if not NUMBER.fullmatch(name.rsplit(".", 1)[-1]):
        return name, None
    try:
        return name, IPv4Address(name)
    except ValueError as error:
        raise CallFailed("address") from error


def check(target: Target, addresses: list[Address], allowed: Allowed) -> None:
    """One address inside is enough to refuse all: whoever mixes them means nothing good."""
    inside = all(allowed.covers(target.host, address, target.port) for address in addresses)
    if inside:
        return
    for address in addresses:
        if not in_the_open_world(address) and not allowed.covers(target.host, address, target.port):
            raise CallFailed("closed", str(address))
    if target.scheme == "http":
        raise CallFailed("plain")


def check_before(url: str, allowed: Allowed) -> Target:
    """What can be said of an address without asking the network; for whoever types one."""
    target = read(url)
    if target.number is not None:
        check(target, [target.number], allowed)
    elif target.host == "localhost" or target.host.endswith(".localhost"):
        if not allowed.might_cover(target.host, target.port):
            raise CallFailed("closed", target.host)
    elif target.scheme == "http" and not allowed.might_cover(target.host, target.port):
        raise CallFailed("plain")
    return target
