"""What an operation gives back: a status, a JSON body, headers; kept as it is for whoever asks the same again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse


@dataclass
class Answer:
    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    def kept(self) -> Kept:
        return Kept(self.status, dump(self.body).decode(), self.headers)

    def response(self) -> HttpResponse:
        return self.kept().response()


@dataclass
class Kept:
    """The answer as the bytes that were or will be sent: a database may turn the names of JSON around."""

    status: int
    text: str
    headers: dict[str, str]
    again: bool = False

    def response(self) -> HttpResponse:
        if self.status == 204:
            response = HttpResponse(status=204, headers=self.headers)
            del response.headers["Content-Type"]
        else:
            response = HttpResponse(
                self.text, status=self.status, content_type="application/json", headers=self.headers
            )
        if self.again:
            response["Idempotent-Replayed"] = "true"
        return response


def named(thing: Any) -> dict[str, str]:
    """How an answer names a person or a record."""
    return {"uid": str(thing.uid), "label": str(thing)}


def paged(rows: QuerySet[Any], size: int) -> tuple[list[Any], str | None]:
    """The page that begins these rows, and the uid behind which the next one begins."""
    found = list(rows[: size + 1])
    return found[:size], str(found[size - 1].uid) if len(found) > size else None


def dump(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _plain(value: Any) -> str:
    """Days, instants and UUIDs; sentences that wait for their language."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
