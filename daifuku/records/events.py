"""What can happen with records in general."""

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    register_kinds(
        Kind("ledger.undone", _("取り消し"), _("{actor}が操作を元に戻しました"), icon="undo"),
    )
