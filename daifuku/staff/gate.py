"""Nobody comes in without signing in: every page asks for it, except those that are named here."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from daifuku.foundation import toast
from daifuku.staff import second_factor
from daifuku.staff.models import Company, Person

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
        "activities:feed_file",
        "quotes:offered",
        "quotes:offered_paper",
        "billing:offered",
        "billing:offered_paper",
        "phone:home",
        "phone:manifest",
        "phone:worker",
        "phone:signed_in",
        # Asked with a signed ticket, and answered before anybody is looked up.
        "records:live",
    }
)
# The API signs people in by itself, with tokens, and answers 401 instead of showing a page.
SELF_GUARDED = "/api/"
# What stays open while there is no company yet.
BEFORE_THE_FIRM = frozenset(
    {"staff:setup", "staff:first_visit", "health", "manifest", "own-ca", "own-ca-file"}
)
# Where somebody whose firm asks for a second factor may go before he has one.
BEFORE_THE_SECOND_FACTOR = PUBLIC | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    "account_change_password",
    "staff:profile",
    "staff:appearance",
    "staff:own_absence",
    "staff:devices",
    "staff:device_sign_out",
    "staff:devices_sign_out",
}


def sign_in_first(get_response: Answer) -> Answer:
    """Leads strangers to the sign-in page, and everybody to the first visit's page while there is no company."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return _turned_away(request) or get_response(request)

    return middleware


def second_factor_first(get_response: Answer) -> Answer:
    """Where the firm asks for it, nobody works before he has set a second factor up."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person) and not request.path.startswith(SELF_GUARDED):
            lacking = second_factor.is_required() and not second_factor.is_set_up(request.user)
            if lacking and _name_of(request.path_info) not in BEFORE_THE_SECOND_FACTOR:
                return redirect("mfa_index")
        return get_response(request)

    return middleware


def _turned_away(request: HttpRequest) -> HttpResponse | None:
    if request.user.is_authenticated or request.path.startswith(SELF_GUARDED):
        return None
    name = _name_of(request.path_info)
    if name not in BEFORE_THE_FIRM and not Company.objects.exists():
        return redirect("staff:first_visit")
    if name in PUBLIC:
        return None
    if request.headers.get("HX-Request"):
        return _part_refused()
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    return redirect("account_login")


def _part_refused() -> HttpResponse:
    """A sign-in page in the middle of another page helps nobody, and what was typed there stays."""
    sentence = _("ログインの有効期限が切れました。別のタブでログインしてから、もう一度お試しください。")
    return toast.said(HttpResponse(sentence, status=401, headers={"HX-Reswap": "none"}), sentence)


def _name_of(path: str) -> str:
    """The name of the address; a page that is not there looks to strangers like one that they may not see."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
