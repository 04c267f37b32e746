"""The web processes: Granian with the buffering application, as `daifuku up` starts it.

The program is loaded once, before Granian forks: all web processes share that memory, and one that died is back in a
moment.
"""

from __future__ import annotations

import argparse
import ctypes
import importlib
import os
import signal
from pathlib import Path

import django
from granian.constants import Interfaces, SSLProtocols
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from daifuku.foundation.garbage import set_program_aside
from daifuku.server import gate

LIBRARY = ctypes.CDLL(None)
APPLICATION = "daifuku.server.application:rsgi"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m daifuku.server.web")
    parser.add_argument("--listen", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--processes", type=int, required=True)
    parser.add_argument("--cert", type=Path)
    parser.add_argument("--key", type=Path)
    chosen = parser.parse_args()
    _load(Path(os.environ["DAIFUKU_HOME"]))
    os.register_at_fork(after_in_child=_end_with_parent)
    Server(
        APPLICATION,
        address=chosen.listen,
        port=chosen.port,
        interface=Interfaces.RSGI,
        workers=chosen.processes,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        log_level=LogLevels.error,
        ssl_cert=chosen.cert,
        ssl_key=chosen.key,
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=15,
    ).serve()


def _load(home: Path) -> None:
    """All that the web processes will need; no connection and no thread, for neither may be forked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daifuku.settings")
    django.setup()
    importlib.import_module("daifuku.urls")
    importlib.import_module("daifuku.api.urls_of_operations")
    gate.wait(home)
    # This looks for the files for browsers, which are laid out while the gate is closed.
    importlib.import_module("daifuku.wsgi")
    importlib.import_module("daifuku.server.buffered")
    set_program_aside()


def _end_with_parent() -> None:
    """A web process ends with the one that started it (Linux, PR_SET_PDEATHSIG), else it would keep serving old code.

    It is born with the handler of its parent, which would swallow a stop until it has one of its own.
    """
    LIBRARY.prctl(1, signal.SIGTERM)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


if __name__ == "__main__":
    main()
