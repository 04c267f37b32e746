"""What the firm allows the program to call although it lies inside: its own servers, named by whoever runs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from daifuku.foundation.settings import SettingError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
SETTING = "DAIFUKU_CALLS_ALLOWED"


@dataclass(frozen=True)
class Allowed:
    """Names and networks, each with the one port that is meant, or None for all.

    A name opens private addresses only; link-local ones, where clouds keep their secrets, must be named as a network.
    """

    names: tuple[tuple[str, int | None], ...] = ()
    networks: tuple[tuple[Network, int | None], ...] = ()

    def covers(self, host: str, address: Address, port: int) -> bool:
        if any(address in network and only in {None, port} for network, only in self.networks):
            return True
        return self.names_it(host, port) and not _never_by_name(address)

    def names_it(self, host: str, port: int) -> bool:
        return any(host == name and only in {None, port} for name, only in self.names)

    def might_cover(self, host: str, port: int) -> bool:
        """Before the name is looked up: nothing that is certain to be refused."""
        return self.names_it(host, port) or any(only in {None, port} for _network, only in self.networks)


def _never_by_name(address: Address) -> bool:
    return address.is_link_local or address.is_multicast or address.is_unspecified


def read(entries: Iterable[str]) -> Allowed:
    """`erp.example.lan`, `erp.example.lan:8443`, `192.168.10.0/24`, `10.0.0.5:8080`, `[fd00::5]:8080`."""
    names, networks = [], []
    for entry in entries:
        host, port = _parted(entry)
        try:
            networks.append((ip_network(host), port))
        except ValueError:
            if "/" in host or not host.replace(".", "").replace("-", "").isalnum() or not host.isascii():
                raise SettingError(
                    f"{SETTING}: {entry!r} is neither a name nor a network; write erp.example.lan, "
                    "10.0.0.5:8080 or 192.168.10.0/24"
                ) from None
            names.append((host.lower().rstrip("."), port))
    return Allowed(tuple(names), tuple(networks))


def _parted(entry: str) -> tuple[str, int | None]:
    """Host and port; the colons of a bare IPv6 address are its own."""
    if entry.startswith("[") and "]" in entry:
        host, _, rest = entry[1:].partition("]")
        return host, _port(entry, rest.removeprefix(":"))
    if entry.count(":") == 1:
        host, _, number = entry.partition(":")
        return host, _port(entry, number)
    return entry, None


def _port(entry: str, number: str) -> int | None:
    if not number:
        return None
    if not (number.isascii() and number.isdigit() and 0 < int(number) < 65536):
        raise SettingError(f"{SETTING}: {entry!r} has no port that can be")
    return int(number)


def literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
