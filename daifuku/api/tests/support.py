"""A small program that uses the API as outsiders do: over HTTP, with a token."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from daifuku.api.actions import create_token
from daifuku.staff.models import Person


class Program:
    def __init__(self, person: Person, scopes: Sequence[str] = ("read", "write")) -> None:
        self.person = person
        self.token, self.secret = create_token(by=person, name="連携", scopes=scopes)
        self.client = Client(raise_request_exception=False)

    def ask(
        self, method: str, path: str, data: Any = None, *, kind: str = "application/json", **headers: str
    ) -> HttpResponse:
        """`headers` are written with underscores: `If_Match='"1"'`."""
        body = data if isinstance(data, bytes | str) else b"" if data is None else json.dumps(data)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("Authorization", f"Bearer {self.secret}")
        return self.client.generic(method, f"/api/v1{path}", body, kind, headers=named)  # type: ignore[return-value]

    def send_file(
        self, path: str, data: bytes, name: str = "取引先.csv", fields: dict[str, str] | None = None, **headers: str
    ) -> HttpResponse:  # fmt: skip
        named = {each.replace("_", "-"): value for each, value in headers.items()}
        return self.client.post(  # type: ignore[return-value]
            f"/api/v1{path}", {"file": SimpleUploadedFile(name, data), **(fields or {})},
            headers={"Authorization": f"Bearer {self.secret}", **named},
        )  # fmt: skip

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("GET", path, **headers)

    def post(self, path: str, data: Any = None, **headers: str) -> HttpResponse:
        return self.ask("POST", path, data, **headers)

    def patch(self, path: str, data: Any = None, **headers: str) -> HttpResponse:
        return self.ask("PATCH", path, data, **headers)

    def put(self, path: str, data: Any = None, **headers: str) -> HttpResponse:
        return self.ask("PUT", path, data, **headers)

    def delete(self, path: str, **headers: str) -> HttpResponse:
        return self.ask("DELETE", path, **headers)


def problem(response: Any) -> dict[str, Any]:
    """The problem of a refusal, of which every one has the same shape."""
    assert response["Content-Type"] == "application/problem+json", response.content
    body: dict[str, Any] = json.loads(response.content)
    assert {"type", "title", "status", "code", "detail"} <= set(body)
    assert body["status"] == response.status_code
    return body


def said(response: Any) -> Any:
    assert response.status_code < 300, response.content.decode()
    return json.loads(response.content)
