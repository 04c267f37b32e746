"""What people decide about the ledger of 入力漏れ."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.penalties.actions import consenting, deciding, paying, wages
from daifuku.penalties.actions.terms import undo_terms

PERSONAL = frozenset({"changes", "why"})


def register() -> None:
    register_kinds(
        Kind("penalty.terms_changed", _("入力漏れの台帳の設定の変更"), _("{actor}が入力漏れの台帳の設定を変更しました"),
             "sliders", frozenset(), undo_terms),
        Kind("penalty.objected", _("入力漏れへの異議"), _("{actor}が入力漏れの記帳に異議を申し立てました"), "comment",
             PERSONAL, deciding.undo_change, detail="why", apart=True),
        Kind("penalty.decided", _("異議への判断"), _("{actor}が異議を判断しました"), "check", PERSONAL,
             deciding.undo_change, detail="why", apart=True),
        Kind("penalty.waived", _("入力漏れの記帳の免除"), _("{actor}が入力漏れの記帳を免除しました"), "check", PERSONAL,
             deciding.undo_change, detail="why", apart=True),
        Kind("penalty.turned_back", _("入力漏れの記帳の復元"), _("{actor}が入力漏れの記帳を元に戻しました"), "undo",
             PERSONAL, apart=True),
        Kind("penalty.paid", _("積立などの受領"), _("{actor}が{subject}の支払いを記録しました"), "check",
             frozenset({"why"}), paying.undo_paid),
        Kind("penalty.payment_cancelled", _("受領の取り消し"), _("{actor}が{subject}の支払いの記録を取り消しました"),
             "close", frozenset({"why"}), paying.undo_cancelled),
        Kind("penalty.consented", _("積立への同意"), _("{actor}が積立に同意しました"), "check", frozenset(),
             consenting.undo_consent),
        Kind("penalty.consent_taken_back", _("積立への同意の取り消し"), _("{actor}が積立への同意を取り消しました"),
             "close", frozenset(), consenting.undo_taking_back),
        Kind("penalty.wage_set", _("賃金の登録"), _("{actor}が{subject}の賃金を登録しました"), "edit",
             frozenset({"old", "new"}), wages.undo_wage),
    )  # fmt: skip
