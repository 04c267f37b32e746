"""How a refusal looks: a whole page, or for a part of a page a note at its foot."""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

from daifuku.foundation import toast
from daifuku.foundation.errors import DomainError, NotFound, Unavailable
from daifuku.foundation.sql.trouble import told


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
    """What nobody foresaw. While the database is away, busy or has no space: what to do, and when to try again."""
    if (error := told(sys.exc_info()[1])) is not None:
        return out_of_order(request, error)
    return HttpResponse(loader.render_to_string("web/broken.html"), status=500)


def out_of_order(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Asks the database nothing: no frame, no name, no menu."""
    if request.path.startswith("/api/"):
        problem = {
            "type": f"/api/#status-{error.status}",
            "title": HTTPStatus(error.status).phrase,
            "status": error.status,
            "code": error.code,
        }
        response: HttpResponse = JsonResponse(
            {**problem, "detail": error.message}, status=error.status, content_type="application/problem+json"
        )
    elif request.headers.get("HX-Request"):
        response = toast.said(HttpResponse(status=error.status, headers={"HX-Reswap": "none"}), error.message)
    else:
        response = HttpResponse(
            loader.render_to_string("web/broken.html", {"error": error}), status=error.status
        )
    if isinstance(error, Unavailable):
        response["Retry-After"] = "5"
    return response


class DomainErrorOf(DomainError):
    """A refusal with a status of its own."""

    def __init__(self, status: int, message: object) -> None:
        super().__init__(message)
        self.status = status
