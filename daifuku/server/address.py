"""Where the program listens and by which address people reach it: this machine alone, or others too, then by HTTPS."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from pathlib import Path

from daifuku.server.words import gettext as _


class Refusal(Exception):
    """The start is refused; the sentence says what to do instead."""


@dataclass(frozen=True)
class Certificate:
    """A certificate with its chain and its private key, as files."""

    chain: Path
    key: Path


@dataclass(frozen=True)
class Address:
    """What the server binds (`listen`, `port`), and the name that people type."""

    listen: str
    port: int
    name: str
    https: bool = False

    @property
    def url(self) -> str:
        scheme, usual = ("https", 443) if self.https else ("http", 80)
        name = f"[{self.name}]" if ":" in self.name else self.name
        return f"{scheme}://{name}" + ("" if self.port == usual else f":{self.port}")

    @property
    def hosts(self) -> list[str]:
        """Every name by which a browser may call this machine; others are answered with 400."""
        machine = socket.gethostname()
        own = {self.name, machine, f"{machine}.local", "localhost", "127.0.0.1", "::1"}
        return sorted(own | set(machine_addresses() if is_wildcard(self.listen) else [self.listen]))


def is_wildcard(listen: str) -> bool:
    return listen in {"0.0.0.0", "::"}  # noqa: S104 compared, not bound


def is_loopback(listen: str) -> bool:
    if listen == "localhost":
        return True
    try:
        return ipaddress.ip_address(listen).is_loopback
    except ValueError:
        return False


def choose(listen: str, port: int, name: str, *, https: bool) -> Address:
    """Refuses to speak plain HTTP to other machines: passwords and customers would cross the network readable."""
    if not is_loopback(listen) and not https:
        raise Refusal(
            _(
                "暗号化なしでは、ほかの機器からの接続を受け付けません。証明書をお持ちなら --cert と --key を、"
                "お持ちでなければ --own-ca を付けて起動してください。"
            )
        )
    listen = "127.0.0.1" if listen == "localhost" else listen
    return Address(listen, port, name or _name_of_machine(listen), https)


def _name_of_machine(listen: str) -> str:
    if listen in {"127.0.0.1", "::1"}:
        return "localhost"
    if not is_wildcard(listen):
        return listen
    return next(iter(machine_addresses()), socket.gethostname())


def machine_addresses() -> list[str]:
    """The machine's address in its own network. Connecting a UDP socket sends nothing; it only picks the way out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return []
        return [str(probe.getsockname()[0])]


def must_be_free(address: Address) -> None:
    """Two servers could share a port unnoticed, because web processes share theirs; so the port is tried first."""
    family = socket.AF_INET6 if ":" in address.listen else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.listen, address.port))
        except PermissionError as error:
            sentence = _(
                "ポート %(port)s は管理者権限が必要です。--port で 1024 以上の番号を指定してください。"
            )
            raise Refusal(sentence % {"port": address.port}) from error
        except OSError as error:
            sentence = _(
                "%(listen)s のポート %(port)s は使えません(%(reason)s)。"
                "すでに起動していないか確かめるか、--port で別の番号を指定してください。"
            )
            details = {"listen": address.listen, "port": address.port, "reason": error.strerror}
            raise Refusal(sentence % details) from error
