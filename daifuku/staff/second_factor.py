"""The second step of signing in: its words, how its secrets are kept, and when it may be taken off."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.sql.prepared import Prepared
from daifuku.staff.models import Company, Person

REQUIRING = Prepared(
    lambda: Company.objects.filter(second_factor_required=True).values_list("pk", flat=True)[:1]
)
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_required() -> bool:
    return bool(REQUIRING())


def is_set_up(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=STEPS).exists())


def as_the_firm_asks(person: str) -> Q:
    """As a condition of a query: the firm asks for no second factor, or the person in this column has one."""
    asked = Company.objects.filter(second_factor_required=True)
    own = Authenticator.objects.filter(user_id=OuterRef(person), type__in=STEPS)
    return ~Q(Exists(asked)) | Q(Exists(own))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "会社の設定で二段階認証が必須のため、最後の一つは解除できません。先に別の方法を追加してください。"
        ),
        "cannot_generate_recovery_codes": _("先に認証アプリかパスキーを登録してください。"),
        "incorrect_code": _("コードが違います。アプリに表示されている最新のコードを入力してください。"),
    }

    def encrypt(self, text: str) -> str:
        """Whoever reads the database or a backup must not be able to make codes."""
        nonce = secrets.token_bytes(12)
        return base64.b64encode(nonce + _cipher().encrypt(nonce, text.encode(), None)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        raw = base64.b64decode(encrypted_text)
        return _cipher().decrypt(raw[:12], raw[12:], None).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=STEPS)
        return others.exclude(pk=authenticator.pk).exists() or not is_required()

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _now("パスキー %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": _now("大福帳")}


def _cipher() -> AESGCM:
    key = hashlib.sha256(b"daifuku.staff.second_factor" + settings.SECRET_KEY.encode()).digest()
    return AESGCM(key)
