"""The OpenAPI document as a file for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from daifuku.api.answers import Answer
from daifuku.api.auth import Bearer, Session
from daifuku.api.document import document
from daifuku.api.errors import Unauthorized


def openapi(request: HttpRequest) -> HttpResponse:
    """It names the firm's own fields, so one signs in for it as for everything else."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    caller = Bearer()(request) or Session()(request)
    if caller is None:
        raise Unauthorized
    return Answer(document(caller.viewer)).response()
