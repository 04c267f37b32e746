"""What can be done with tokens: give one out, take it back."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.api.models import ApiToken
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.staff.actions import rights
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

MARK = "daifuku_"
MOST = 50
LONGEST_DAYS = 3650


def digest_of(secret: str) -> str:
    """256 random bits need no slow hash: nobody can try them all."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create_token(
    *, by: Person, name: str, scopes: Iterable[str], days: int | None = 90
) -> tuple[ApiToken, str]:
    """Gives `by` a token that ends after `days` (None: never). The second part is the secret, shown this once.

    Raises Invalid, Conflict.
    """
    name, scopes = clean_text(name), sorted(set(scopes))
    if problems := list(_problems(name, scopes, days)):
        raise Invalid(problems)
    secret = MARK + secrets.token_urlsafe(32)
    now = timezone.now()
    with ledger.writing():
        if ApiToken.objects.alive(now).filter(person=by).count() >= MOST:
            raise Conflict(_("トークンが多すぎます。使っていないものを取り消してください。"), code="too_many")
        token = ApiToken.objects.create(
            person=by, name=name, scopes=scopes, prefix=secret[:14], digest=digest_of(secret), created_at=now,
            expires_at=now + timedelta(days=days) if days else None,
        )  # fmt: skip
        ledger.record("token.created", by=by, about=_about(token), data=_facts(token))
    return token, secret


def _problems(name: str, scopes: list[str], days: int | None) -> Iterable[FieldProblem]:
    if not name:
        yield FieldProblem("name", _("何に使うトークンか、名前を入力してください。"), code="required")
    if len(name) > 60:
        yield FieldProblem("name", _("60文字以内で入力してください。"), code="too_long")
    if not scopes or not set(scopes) <= set(ApiToken.Scope.values):
        yield FieldProblem("scopes", _("できることを1つ以上選んでください。"), code="choice")
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        yield FieldProblem("days", _("有効期間は1日から3650日の間で選んでください。"), code="range")


def revoke_token(token: ApiToken, *, by: Person) -> ApiToken:
    """From now on the token opens nothing; a second time changes nothing. Raises Forbidden."""
    if token.person_id != by.pk and not viewer_of(by).has_power("staff"):
        raise Forbidden
    with ledger.writing():
        token = ApiToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
        if token.revoked_at is None:
            _revoke(token, by)
    return token


def revoke_all_tokens(person: Person, *, by: Person) -> int:
    """For somebody whose keys may be in strange hands; returns how many ended. Raises Forbidden."""
    rights.need_power_or_self(by, person)
    with ledger.writing():
        return _revoke_all(person, by)


def revoke_tokens_of(person: Person) -> None:
    """Somebody leaves, or got a new password by a link: his tokens end with his other keys, and stay dead."""
    _revoke_all(person, None)


def _revoke_all(person: Person, by: Person | None) -> int:
    rows = ApiToken.objects.select_for_update(of=("self",)).filter(person=person, revoked_at__isnull=True)
    tokens = list(rows)
    for token in tokens:
        _revoke(token, by)
    return len(tokens)


def _revoke(token: ApiToken, by: Person | None) -> None:
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    ledger.record("token.revoked", by=by, about=_about(token), data=_facts(token))


def _about(token: ApiToken) -> list[ledger.About]:
    return [ledger.About("person", token.person_id)]


def _facts(token: ApiToken) -> dict[str, object]:
    return {"name": token.name, "prefix": token.prefix, "scopes": token.scopes}
