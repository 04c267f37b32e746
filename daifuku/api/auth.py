"""Who asks: a program with a token, or a page of ours in the name of whoever is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from ninja.security.base import AuthBase

from daifuku.api import rates
from daifuku.api.actions import MARK, digest_of
from daifuku.api.errors import BAD_TOKEN, Crossed, NoSecondFactor, OutOfScope, Unauthorized
from daifuku.api.models import ApiToken
from daifuku.foundation import behind
from daifuku.foundation.sql.prepared import Prepared
from daifuku.ledger import writing as ledger
from daifuku.staff import second_factor
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
USED_EVERY = timedelta(minutes=10)


@dataclass(frozen=True)
class Caller:
    """The person in whose name something is done, and what this way in allows."""

    person: Person
    token: ApiToken | None = None

    @property
    def viewer(self) -> Viewer:
        return viewer_of(self.person)

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(self.token.scopes if self.token else ApiToken.Scope.values)

    @property
    def key(self) -> str:
        return f"token:{self.token.pk}" if self.token else f"session:{self.person.pk}"

    def needs(self, scope: str) -> None:
        if scope not in self.scopes and not (scope == "read" and "write" in self.scopes):
            raise OutOfScope(str(ApiToken.Scope(scope).label))


class Asked(HttpRequest):
    """A request whose caller is known."""

    auth: Caller


TOKENS = ApiToken.objects.select_related("person")
KNOWN = Prepared(lambda digest: TOKENS.filter(second_factor.as_the_firm_asks("person_id"), digest=digest))


class Bearer(AuthBase):
    """`Authorization: Bearer daifuku_...`; a wrong one is refused even when a cookie would do."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Caller | None:
        given = request.headers.get("Authorization")
        if given is None:
            return None
        token = find(given)
        if token is None:
            rates.spend(f"wrong:{get_adapter().get_client_ip(request)}")
            raise Unauthorized(BAD_TOKEN)
        return admit(request, Caller(token.person, token))


class Session(AuthBase):
    """The cookie of a signed-in browser; whatever changes something needs the page's CSRF token as well."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Caller | None:
        person = request.user
        if not isinstance(person, Person) or not person.is_active:
            return None
        if crossed(request):
            raise Crossed
        if second_factor.is_required() and not second_factor.is_set_up(person):
            raise NoSecondFactor
        return admit(request, Caller(person))


class CrossCheck(CsrfViewMiddleware):
    """Django's own check, which here only says no instead of showing a page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(status=403)


def crossed(request: HttpRequest) -> bool:
    check = CrossCheck(lambda request: HttpResponse())
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    check.process_request(request)
    return check.process_view(request, lambda request: HttpResponse(), (), {}) is not None


def find(header: str) -> ApiToken | None:
    scheme, _space, secret = header.strip().partition(" ")
    if scheme.lower() != "bearer" or not secret.startswith(MARK) or not secret.isascii():
        return None
    digest = digest_of(secret.strip())
    token: ApiToken | None = KNOWN.first(digest)
    if token is None:
        _of_somebody_without_second_factor(digest)
    return token if token and token.usable else None


def _of_somebody_without_second_factor(digest: str) -> None:
    """A token must not be the way around what the firm asks of every sign-in; it works again once that is set up."""
    held = TOKENS.filter(digest=digest).first()
    if held and held.usable:
        rates.spend(Caller(held.person, held).key)
        raise NoSecondFactor


def admit(request: HttpRequest, caller: Caller) -> Caller:
    """Counts the request and asks whether this way in allows it."""
    request.api_left = rates.spend(caller.key)  # type: ignore[attr-defined]
    request.user = caller.person
    caller.needs("read" if request.method in SAFE else "write")
    if caller.token:
        _note_use(caller.token)
    return caller


def _note_use(token: ApiToken) -> None:
    """At most every ten minutes: a reading program must not become a writing one."""
    now = timezone.now()
    due = now - USED_EVERY
    if token.last_used_at is None or token.last_used_at < due:
        behind.later(("token", token.pk), partial(_write_use, token.pk, now))


def _write_use(key: int, now: datetime) -> None:
    with ledger.writing():
        ApiToken.objects.filter(pk=key).update(last_used_at=now)


def caller_of(request: HttpRequest) -> Caller:
    caller: Any = getattr(request, "auth", None)
    if not isinstance(caller, Caller):
        raise Unauthorized
    return caller
