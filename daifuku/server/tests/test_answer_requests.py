"""What reaches the application of a request, and what reaches the browser of an answer."""

from __future__ import annotations

import json
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from daifuku.server import certificates
from daifuku.server.tests import tiny as tiny_application
from daifuku.server.tests.conftest import Tiny, tiny_server


@pytest.fixture(scope="module")
def tiny() -> Iterator[Tiny]:
    """One for all of the file: nothing here hurts it."""
    with tiny_server() as server:
        server.wait_until_it_answers()
        yield server


def test_the_application_sees_path_query_and_headers_as_wsgi_says(tiny: Tiny) -> None:
    request = (
        b"GET /environ?q=%E6%97%A5&n=1 HTTP/1.1\r\nHost: localhost\r\nX-Two: 1\r\nX-Two: 2\r\n"
        b"Cookie: a=1\r\nCookie: b=2\r\nConnection: close\r\n\r\n"
    )
    seen = json.loads(tiny.exchange(request).split(b"\r\n\r\n", 1)[1])
    assert seen["PATH_INFO"] == "/environ"
    assert seen["QUERY_STRING"] == "q=%E6%97%A5&n=1"
    assert seen["HTTP_HOST"] == "localhost"
    assert seen["HTTP_X_TWO"] == "1,2"
    assert seen["HTTP_COOKIE"] == "a=1; b=2"
    assert seen["REMOTE_ADDR"] == "127.0.0.1"
    assert seen["wsgi.url_scheme"] == "http"


def test_a_header_with_an_underscore_cannot_pose_as_another(tiny: Tiny) -> None:
    request = (
        b"GET /environ HTTP/1.1\r\nHost: localhost\r\nX_Forwarded_For: 10.0.0.1\r\nConnection: close\r\n\r\n"
    )
    assert b"HTTP_X_FORWARDED_FOR" not in tiny.exchange(request)


def test_a_body_arrives_whole_whether_its_length_is_announced_or_not(tiny: Tiny) -> None:
    assert tiny.ask("/", method="POST", body=b"x" * 2_500_000) == (200, b"x" * 2_500_000)
    chunked = (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
    )
    assert tiny.exchange(chunked).endswith(b"hello world")


def test_a_body_over_the_limit_is_refused_by_its_announcement_and_by_its_size(tiny: Tiny) -> None:
    announced = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000001\r\nConnection: close\r\n\r\nx"
    assert tiny.exchange(announced).startswith(b"HTTP/1.1 413 ")
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    with tiny.send(head) as connection:
        try:
            for _number in range(40):
                connection.sendall(b"186a0\r\n" + b"x" * 100_000 + b"\r\n")
        except OSError:
            pass  # the server said 413 and closed before everything was sent
        assert tiny.ask("/")[0] == 200


def test_two_lengths_are_refused(tiny: Tiny) -> None:
    request = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nhello"
    assert tiny.exchange(request).startswith(b"HTTP/1.1 400 ")


def test_cookies_stay_separate_headers(tiny: Tiny) -> None:
    head = tiny.exchange(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert head.count(b"set-cookie: ") == 2


def test_a_file_and_a_large_answer_arrive_whole(tiny: Tiny) -> None:
    assert tiny.ask("/file")[1] == Path(tiny_application.__file__).read_bytes()
    assert tiny.ask("/large")[1] == b"x" * 5_000_000


@pytest.mark.parametrize("path", ["/", "/file", "/large"])
def test_an_answer_to_head_has_no_body(tiny: Tiny, path: str) -> None:
    request = f"HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = tiny.exchange(request.encode())
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"\r\n\r\n")


def test_head_works_over_http2(tmp_path: Path) -> None:
    """A body there is an error of the protocol, not merely too much."""
    certificate = certificates.own(["127.0.0.1"], tmp_path)
    with tiny_server("--cert", str(certificate.chain), "--key", str(certificate.key)) as server:
        server.tls = ssl.create_default_context(cafile=str(tmp_path / "ca.crt"))
        server.wait_until_it_answers()
        command = ["curl", "-sS", "-I", "--http2", "--cacert", str(tmp_path / "ca.crt")]
        result = subprocess.run(
            [*command, f"https://127.0.0.1:{server.port}/environ"], capture_output=True, check=False
        )
        assert result.returncode == 0, result.stderr
        assert result.stdout.startswith(b"HTTP/2 200")


def test_a_broken_application_answers_500_and_the_next_request_works(tiny: Tiny) -> None:
    assert tiny.ask("/broken")[0] == 500
    assert tiny.ask("/")[0] == 200


def test_too_many_at_once_are_told_so_quickly(tiny: Tiny) -> None:
    """Two processes with two threads and six places to wait each: of forty that take a second, most are refused."""
    answers: list[tuple[int, float]] = []

    def ask() -> None:
        started = time.monotonic()
        status, _body = tiny.ask("/slow", timeout=20)
        answers.append((status, time.monotonic() - started))

    threads = [threading.Thread(target=ask) for _number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [seconds for status, seconds in answers if status == 503]
    assert {status for status, _seconds in answers} == {200, 503}
    assert len(refused) >= 24
    assert max(refused) < 1
