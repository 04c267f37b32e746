"""The API put together: its operations, who may come in, and every exception as a problem."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, InterfaceError
from django.http import Http404, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from daifuku.api import operations, problems
from daifuku.api.auth import Bearer, Session
from daifuku.api.door import door
from daifuku.api.parsing import StrictParser
from daifuku.api.routing import fixed, records, singles
from daifuku.foundation.errors import DomainError

VERSION = "1"
PREFIX = "/api/v1/"
FAMILIES = (
    DomainError, HttpError, ValidationError, Http404, PermissionDenied, SuspiciousOperation, MultiPartParserError,
    UnreadablePostError, DatabaseError, InterfaceError, Exception,
)  # fmt: skip


def assemble() -> NinjaAPI:
    api = NinjaAPI(
        title="Daifuku API", version=VERSION, urls_namespace="api-1", parser=StrictParser(), openapi_url=None,
        docs_url=None, auth=[Bearer(), Session()],
    )  # fmt: skip
    for family in FAMILIES:
        api.add_exception_handler(family, problems.answer)
    for router in (fixed, records, singles):
        api.add_router("", router)
    return api


api = assemble()


def patterns() -> Iterator[URLPattern]:
    """Ninja's addresses without its front page, each behind the door."""
    assert operations.__all__
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = door(pattern.callback)
            yield pattern
