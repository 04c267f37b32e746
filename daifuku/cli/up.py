"""`daifuku up`: one command that prepares the database and runs web and worker until it is told to stop."""

from __future__ import annotations

import argparse
import fcntl
import http.client
import json
import logging
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from daifuku.foundation import settings as read
from daifuku.server import certificates, gate
from daifuku.server.address import Address, Certificate, Refusal, choose, must_be_free
from daifuku.server.supervisor import Child, Supervisor
from daifuku.server.words import gettext as _

CHECKOUT = Path(__file__).resolve().parents[2]


def up(arguments: list[str]) -> int:
    chosen = _parser().parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level="INFO")
    home = read.home(CHECKOUT)
    if chosen.demo:
        home = home / "demo"
        home.mkdir(exist_ok=True, mode=0o700)
    try:
        with _alone(home):
            return _serve(chosen, home)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="daifuku up", description="Starts web and worker; Ctrl-C stops them."
    )
    parser.add_argument(
        "--demo", action="store_true", help="an invented firm to try things with, in a home of its own"
    )
    parser.add_argument("--port", type=int, help="default 8000, with HTTPS 8443")
    parser.add_argument(
        "--listen", default="127.0.0.1", metavar="ADDR", help="0.0.0.0 for the whole network (HTTPS only)"
    )
    parser.add_argument(
        "--name", default="", metavar="HOST", help="the name that people type, where it is not ADDR"
    )
    parser.add_argument("--cert", type=Path, metavar="FILE", help="certificate with its chain, PEM")
    parser.add_argument("--key", type=Path, metavar="FILE", help="its private key, PEM")
    parser.add_argument(
        "--own-ca", action="store_true", help="make the certificate here; phones get it from /own-ca"
    )
    return parser


def _serve(chosen: argparse.Namespace, home: Path) -> int:
    if bool(chosen.cert) != bool(chosen.key) or (chosen.cert and chosen.own_ca):
        raise Refusal(_("--cert と --key は一緒に指定してください。--own-ca とは併用できません。"))
    https = bool(chosen.cert or chosen.own_ca)
    address = choose(chosen.listen, chosen.port or (8443 if https else 8000), chosen.name, https=https)
    certificate = _certificate(chosen, address, home)
    must_be_free(address)
    _set_environment(address, home)
    web = Child("web", _web_command(address, certificate))
    worker = Child("worker", _command("daifuku.cli", "worker"))
    children = [web, worker]
    if read.text("DAIFUKU_BACKUP_COPY"):
        children.append(Child("copy", _command("daifuku.backups.following.process")))
    with gate.closed(home):
        web.start()
        try:
            notes = _prepare(demo=chosen.demo)
        except BaseException:
            web.stop(0)
            raise

    def greet() -> None:
        seconds = _wait_for_answer(address)
        _greet(address, home, notes, own_ca=chosen.own_ca, seconds=seconds)

    Supervisor(children, hourly=lambda: _renewed(chosen, address, certificate, home)).run(greet)
    print(_("終了しました。"))
    return 0


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One server a home: a second one would run every job of the first once more beside it."""
    with (home / "up.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            sentence = _("%(home)s のデータで、すでに起動しています。先にそちらを終了してください。")
            raise Refusal(sentence % {"home": home}) from error
        yield


def _certificate(chosen: argparse.Namespace, address: Address, home: Path) -> Certificate | None:
    if chosen.own_ca:
        return certificates.own(address.hosts, home / "tls")
    if chosen.cert:
        return certificates.given(chosen.cert, chosen.key, home / "tls")
    return None


def _renewed(chosen: argparse.Namespace, address: Address, current: Certificate | None, home: Path) -> bool:
    """Whether the certificate's file is younger than the last look, also because it was just made anew."""
    if current is None:
        return False
    try:
        _certificate(chosen, address, home)
    except Refusal as refusal:
        logging.getLogger("daifuku.server").error("%s", refusal)
        return False
    return time.time() - current.chain.stat().st_mtime < 3700


def _set_environment(address: Address, home: Path) -> None:
    """What the person said here reaches the settings of all processes; what she set herself in DAIFUKU_URL holds."""
    os.environ["DAIFUKU_HOME"] = str(home)
    os.environ.setdefault("DAIFUKU_URL", address.url)
    given = os.environ.get("DAIFUKU_HOSTS", "")
    hosts = [f"[{host}]" if ":" in host else host for host in address.hosts]
    os.environ["DAIFUKU_HOSTS"] = ",".join([*filter(None, given.split(",")), *hosts])


def _command(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def _web_command(address: Address, certificate: Certificate | None) -> list[str]:
    processes = read.whole_number("DAIFUKU_WEB_PROCESSES", 2, least=1)
    command = _command("daifuku.server.web", "--listen", address.listen, "--port", str(address.port))
    command += ["--processes", str(processes)]
    if certificate:
        command += ["--cert", str(certificate.chain), "--key", str(certificate.key)]
    return command


def _prepare(*, demo: bool) -> dict[str, str | None]:
    command = _command("daifuku.server.prepare", *(["--demo"] if demo else []))
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603 our own
    if result.returncode:
        raise Refusal(
            _("準備の途中で止まりました。上に表示された理由を取り除いて、もう一度起動してください。")
        )
    *shown, last = result.stdout.strip().split("\n")
    print("\n".join(shown), end="\n" if shown else "")
    notes: dict[str, str | None] = json.loads(last)
    return notes


def _wait_for_answer(address: Address) -> float | None:
    started = time.monotonic()
    while time.monotonic() - started < 60:
        if _is_healthy(address):
            return time.monotonic() - started
        time.sleep(0.05)
    return None


def _is_healthy(address: Address) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.listen, address.listen)  # noqa: S104 compared
    connection = http.client.HTTPConnection(host, address.port, timeout=5)
    if address.https:
        # Only whether the own process answers; nothing is sent that a stranger could use.
        context = ssl._create_unverified_context()  # noqa: S323
        connection = http.client.HTTPSConnection(host, address.port, timeout=5, context=context)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _greet(
    address: Address, home: Path, notes: dict[str, str | None], *, own_ca: bool, seconds: float | None
) -> None:
    url = os.environ["DAIFUKU_URL"]
    if seconds is None:
        print(
            _("まだ応答がありません。上のメッセージと %(url)s/healthz をご確認ください。") % {"url": url},
            flush=True,
        )
        return
    print(_("大福帳が開きました: %(url)s  (終了は Ctrl-C)") % {"url": url})
    if notes.get("setup_link"):
        sentence = _("はじめに、この一度だけ使えるリンクから会社と最初の方を登録してください:\n  %(link)s")
        print(sentence % {"link": notes["setup_link"]})
    if own_ca:
        sentence = _(
            "スマートフォンでは先に %(url)s/own-ca を開いて証明書を入れてください。指紋(SHA-256):\n  %(print)s"
        )
        print(sentence % {"url": url, "print": certificates.fingerprint(home / "tls")})
    sys.stdout.flush()
