"""Whatever is sent: a clear problem with the right status, never a 500, nothing half done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import problem, said
from daifuku.customers.models import Account

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program

pytestmark = pytest.mark.django_db

BODIES = [
    (b"", 422, "invalid"),
    (b"{", 400, "json"),
    (b"null", 422, "invalid"),
    (b"[]", 422, "invalid"),
    (b'"text"', 422, "invalid"),
    (b"\xff\xfe", 400, "encoding"),
    ("あ".encode("cp932"), 400, "encoding"),
    (b'{"name": NaN}', 400, "number"),
    (b'{"employees": Infinity}', 400, "number"),
    (b'{"employees": 1e999}', 400, "number"),
    (b'{"employees": 1' + b"0" * 5000 + b"}", 400, "number"),
    (b'{"name": "A", "employees": 100000000000000000000}', 422, "invalid"),
    (b'{"name": "A", "name": "B"}', 400, "duplicate_name"),
    (b'{"name": "\\ud800"}', 400, "encoding"),
    (b'{"name": "a\\u0000b"}', 400, "nul"),
    (b'{"\\u0000": "a"}', 400, "nul"),
    (b'{"name": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", 400, "too_deep"),
    (b'{"name": ' + b"[" * 40 + b"]" * 40 + b"}", 400, "too_deep"),
    (b'{"name": "' + b"a" * (6 * 1024 * 1024) + b'"}', 413, "too_large"),
]


@pytest.mark.parametrize(
    ("body", "status", "code"), BODIES, ids=[body[:24].decode("latin1") for body, *_ in BODIES]
)
def test_a_body_that_cannot_be_is_refused(aoyama: Program, body: bytes, status: int, code: str) -> None:
    refused = aoyama.post("/accounts", body)
    assert (refused.status_code, problem(refused)["code"]) == (status, code)
    assert problem(refused)["detail"]
    assert not Account.plain.exists()


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_another_kind_of_body_is_refused(aoyama: Program, kind: str) -> None:
    refused = aoyama.ask("POST", "/accounts", b'{"name": "A"}', kind=kind)
    assert (refused.status_code, problem(refused)["code"]) == (415, "unsupported_media_type")


def test_a_method_that_is_not_there_is_refused_with_those_that_are(aoyama: Program) -> None:
    refused = aoyama.ask("PUT", "/accounts", {})
    assert (refused.status_code, problem(refused)["code"]) == (405, "method_not_allowed")
    assert refused["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert aoyama.ask("TRACE", "/me").status_code == 405


def test_head_and_options_answer(aoyama: Program) -> None:
    head, get = aoyama.ask("HEAD", "/me"), aoyama.get("/me")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(get.content))
    options = aoyama.ask("OPTIONS", "/accounts")
    assert (options.status_code, options["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")


@pytest.mark.parametrize(
    "query",
    [
        "owner__password__startswith=a", "order_by=owner__email", "sizes=1", "created_by__password__regex=^a",
        'x"=1', "a.b=1",
    ],
)  # fmt: skip
def test_a_parameter_that_is_not_there_is_refused(aoyama: Program, query: str) -> None:
    refused = aoyama.get(f"/accounts?{query}")
    assert (refused.status_code, problem(refused)["code"]) == (400, "unknown_parameter")


@pytest.mark.parametrize(
    ("query", "status"),
    [("size=0", 422), ("size=201", 422), ("size=x", 422), ("q=%00", 400), ("q=" + "a" * 201, 422)],
)
def test_a_parameter_out_of_range_is_refused(aoyama: Program, query: str, status: int) -> None:
    refused = aoyama.get(f"/accounts?{query}")
    assert refused.status_code == status
    assert problem(refused)["detail"]


def test_the_language_of_the_sentences_is_asked_for(aoyama: Program) -> None:
    assert aoyama.get("/none")["Content-Language"] == "ja"
    english = aoyama.get("/none", Accept_Language="en-GB,en;q=0.9")
    assert english["Content-Language"] == "en"
    assert aoyama.get("/none", Accept_Language="fr,*;q=0.1")["Content-Language"] == "ja"


def test_nothing_is_kept_by_caches_and_nothing_runs(aoyama: Program) -> None:
    answer = aoyama.get("/me")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/json"


def test_a_script_in_every_text_stays_a_text(aoyama: Program) -> None:
    text = "<script>alert(1)</script>'\";--"
    made = aoyama.post("/accounts", {"name": text, "note": text})
    assert said(made)["name"] == text
    assert json.loads(made.content)["label"] == text
