"""Every refusal as a problem after RFC 9457, from whichever family of errors it comes."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from daifuku.api.answers import dump
from daifuku.api.errors import InFlight, TooLarge, TooMany, Unauthorized, Unreadable
from daifuku.foundation.errors import Conflict, DomainError, FieldProblem, Forbidden, NotFound, Unavailable
from daifuku.foundation.sql.trouble import told

logger = logging.getLogger(__name__)
TYPE = "application/problem+json"
RETRY = {InFlight: "1", Unavailable: "5"}


def answer(request: HttpRequest, exception: Exception | type[Exception]) -> HttpResponse:
    """The problem that this exception is; what nobody foresaw is logged and says nothing about the inside."""
    error = _as_domain_error(exception)
    if error is None:
        logger.error("%s %r failed", request.method, request.path, exc_info=True)
        sentence = _("サーバーで予期しない問題が起きました。しばらくしてからもう一度お試しください。")
        return response(500, "internal", sentence)
    extra = {name: _json(value) for name, value in error.context.items()}
    problems = [_field(problem) for problem in error.problems]
    made = response(
        error.status, error.code, error.message, field=error.field, problems=problems, extra=extra
    )
    for name, value in _headers(error).items():
        made[name] = value
    return made


def response(
    status: int,
    code: str,
    detail: str,
    *,
    field: str | None = None,
    problems: Sequence[dict[str, Any]] = (),
    extra: Mapping[str, Any] | None = None,
) -> HttpResponse:
    body = document(status, code, detail, field=field, problems=problems, extra=extra)
    return HttpResponse(dump(body), status=status, content_type=TYPE)


def document(
    status: int,
    code: str,
    detail: str,
    *,
    field: str | None = None,
    problems: Sequence[dict[str, Any]] = (),
    extra: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "type": f"/api/#status-{status}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    if field:
        body["field"] = field
    if problems:
        body["problems"] = list(problems)
    return {**(extra or {}), **body}


def of(error: DomainError) -> dict[str, Any]:
    """The problem as a part of a larger answer: the row of a bulk request."""
    problems = [_field(problem) for problem in error.problems]
    extra = {name: _json(value) for name, value in error.context.items()}
    return document(
        error.status, error.code, error.message, field=error.field, problems=problems, extra=extra
    )


def _as_domain_error(exception: Exception | type[Exception]) -> DomainError | None:
    cause = exception.__cause__ if isinstance(exception, HttpError) else None
    if isinstance(cause, DomainError):
        return cause
    match exception:
        case DomainError():
            return exception
        case ValidationError():
            return _of_parameters(exception)
        case AuthenticationError():
            return Unauthorized()
        case Http404():
            return NotFound()
        case PermissionDenied():
            return Forbidden()
        case RequestDataTooBig():
            return TooLarge()
        case (
            HttpError(status_code=400)
            | SuspiciousOperation()
            | MultiPartParserError()
            | UnreadablePostError()
        ):
            return Unreadable(_("送られた内容を読み取れません。形式を確かめてください。"))
        case IntegrityError():
            logger.warning("a constraint refused a write: %s", exception)
            return Conflict(
                _("同時に行われた別の変更とぶつかりました。もう一度お試しください。"), code="race"
            )
        case OperationalError() | InterfaceError() | OSError() if (trouble := told(exception)) is not None:
            logger.warning("the database is away or busy, or the disk full: %s", exception)
            return trouble
        case DataError():
            logger.warning("the database refused a value: %s", exception)
            return Unreadable(_("保存できない値が含まれています。"))
    return None


def _of_parameters(error: ValidationError) -> DomainError:
    """What the declared parameters and envelopes refuse; `where[0]` is body, query or path."""
    problems = []
    for each in error.errors:
        where = [str(part) for part in each.get("loc", ())]
        name = ".".join(where[2:] if where[:1] == ["body"] and len(where) > 2 else where[1:]) or "body"
        problems.append(FieldProblem(name[:200], _sentence(each), code=str(each.get("type", "invalid"))))
    first = problems[0]
    return DomainError(first.message, code="invalid", field=first.field, problems=problems)


def _sentence(each: Mapping[str, Any]) -> str:
    kind, context = str(each.get("type", "")), each.get("ctx") or {}
    if kind == "missing":
        return _("この項目が必要です。")
    if kind == "extra_forbidden":
        return _("この項目はありません。")
    if kind.startswith("int"):
        return _("整数で指定してください。")
    if kind in {"greater_than_equal", "less_than_equal"}:
        limit = context.get("ge", context.get("le"))
        if kind == "greater_than_equal":
            return _("%(limit)s以上にしてください。") % {"limit": limit}
        return _("%(limit)s以下にしてください。") % {"limit": limit}
    if kind in {"too_long", "string_too_long", "too_short", "string_too_short"}:
        return _("長さが範囲の外です。")
    if kind in {"literal_error", "enum"}:
        return _("選べるものは %(expected)s です。") % {"expected": context.get("expected", "")}
    return _("値の形が違います。")


def _field(problem: FieldProblem) -> dict[str, str]:
    return {"field": problem.field, "code": problem.code, "detail": problem.message}


def _headers(error: DomainError) -> dict[str, str]:
    if isinstance(error, Unauthorized):
        return {"WWW-Authenticate": "Bearer"}
    if isinstance(error, TooMany):
        return {"Retry-After": str(error.seconds)}
    return {"Retry-After": RETRY[type(error)]} if type(error) in RETRY else {}


def _json(value: Any) -> Any:
    """Context values are plain already, or days, instants and sentences."""
    if isinstance(value, dict | list | str | int | float | bool | None):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
