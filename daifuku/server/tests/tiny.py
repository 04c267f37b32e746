"""A web application of a few lines behind the real server, to see what the server alone does."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from daifuku.server.buffered import Buffered


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    headers = [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")]
    path = environ["PATH_INFO"].encode("latin-1").decode()
    if path == "/broken":
        raise RuntimeError("broken")
    start_response("200 OK", headers)
    if path == "/file":
        return environ["wsgi.file_wrapper"](Path(__file__).open("rb"))
    return [answer(path, environ)]


def answer(path: str, environ: dict[str, Any]) -> bytes:
    if path == "/environ":
        return json.dumps({key: value for key, value in environ.items() if isinstance(value, str)}).encode()
    if path == "/large":
        return b"x" * 5_000_000
    if path == "/pid":
        return str(os.getpid()).encode()
    if path == "/slow":
        time.sleep(1)
        return b"done"
    return environ["wsgi.input"].read()


rsgi = Buffered(application, threads=2, queue=6, body_limit=3_000_000)
