"""How a refusal looks: a whole page, or for a part of a page a note at its foot."""

from __future__ import annotations

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from daifuku.foundation import toast
from daifuku.foundation.errors import DomainError, NotFound, Unavailable


def refusal_page(request: HttpRequest, error: DomainError) -> HttpResponse:
    if request.headers.get("HX-Request"):
        response = HttpResponse(status=error.status, headers={"HX-Reswap": "none"})
        return toast.said(response, error.message)
    return render(request, "web/refusal.html", {"error": error, "code": error.status}, status=error.status)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return refusal_page(request, NotFound())


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return refusal_page(
        request, DomainErrorOf(403, _("この操作はできません。画面を開き直して、もう一度お試しください。"))
    )


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return refusal_page(
        request, DomainErrorOf(400, _("送られた内容を読み取れませんでした。もう一度お試しください。"))
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    sentence = _("画面の有効期限が切れました。前の画面に戻り、再読み込みしてからもう一度お試しください。")
    return refusal_page(request, DomainErrorOf(403, sentence))


def server_error(request: HttpRequest) -> HttpResponse:
    """Also what somebody sees while the database is away; it must not ask the database anything itself."""
    import sys

    away = isinstance(sys.exc_info()[1], OperationalError)
    error = (
        Unavailable(_("データベースに接続できません。しばらく待ってからもう一度お試しください。"))
        if away
        else None
    )
    status = 503 if away else 500
    response = render(request if away else request, "web/broken.html", {"error": error}, status=status)
    if away:
        response["Retry-After"] = "5"
    return response


class DomainErrorOf(DomainError):
    """A refusal with a status of its own."""

    def __init__(self, status: int, message: object) -> None:
        super().__init__(message)
        self.status = status
