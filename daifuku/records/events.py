"""What can happen with records in general, and with the vocabulary."""

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds


def register() -> None:
    register_kinds(
        Kind("ledger.undone", _("取り消し"), _("{actor}が操作を元に戻しました"), icon="undo"),
        Kind(
            "vocabulary.edited",
            _("項目の変更"),
            _("{actor}が項目を変更しました"),
            icon="sliders",
            personal=frozenset(),
        ),
        Kind(
            "choices.edited",
            _("選択肢の変更"),
            _("{actor}が選択肢を変更しました"),
            icon="sliders",
            personal=frozenset(),
        ),
    )
