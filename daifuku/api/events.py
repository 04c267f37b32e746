"""What can happen with the tokens of programs."""

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    register_kinds(
        Kind(
            "token.created", _("APIトークンの発行"), _("{actor}がAPIトークンを発行しました"), icon="key",
            personal=frozenset({"name"}),
        ),
        Kind(
            "token.revoked", _("APIトークンの取り消し"), _("{actor}がAPIトークンを取り消しました"), icon="key",
            personal=frozenset({"name"}),
        ),
        Kind("api.listed", _("APIでの一覧の読み取り"), _("{actor}がAPIで一覧を読み取りました"), icon="eye", quiet=True),
    )  # fmt: skip
