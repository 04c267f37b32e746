"""Nobody comes in without signing in: every page asks for it, except those that are named here."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from daifuku.staff.models import Company

Answer = Callable[[HttpRequest], HttpResponse]

# What needs no sign-in, by the name of its address. A test compares this list with the table of all addresses.
PUBLIC = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "staff:setup",
        "staff:first_visit",
        "staff:join",
        "health",
        "manifest",
        "own-ca",
        "own-ca-file",
    }
)
# The API signs people in by itself, with tokens, and answers 401 instead of showing a page.
SELF_GUARDED = "/api/"
# What stays open while there is no company yet.
BEFORE_THE_FIRM = frozenset(
    {"staff:setup", "staff:first_visit", "health", "manifest", "own-ca", "own-ca-file"}
)


def sign_in_first(get_response: Answer) -> Answer:
    """Leads strangers to the sign-in page, and everybody to the first visit's page while there is no company."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return _turned_away(request) or get_response(request)

    return middleware


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    if request.user.is_authenticated or request.path.startswith(SELF_GUARDED):
        return None
    name = _name_of(request.path_info)
    if name not in BEFORE_THE_FIRM and not Company.objects.exists():
        return redirect("staff:first_visit")
    if name in PUBLIC:
        return None
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    return redirect("account_login")


def _name_of(path: str) -> str:
    """The name of the address; a page that is not there looks to strangers like one that they may not see."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
