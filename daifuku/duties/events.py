"""What people decide about duties; that they arise and are fulfilled follows from other lines."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.duties.actions import asking, days_off
from daifuku.duties.actions.excusing import undo_change
from daifuku.duties.actions.policies import undo_policy
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds

# Reasons may name the customer: they go when he is erased.
PERSONAL = frozenset({"changes", "why"})


def register() -> None:
    register_kinds(
        _decided("excused", _("入力漏れの免除"), _("{actor}が入力の期限を免除しました"), "check"),
        _decided("pleaded", _("理由の申し出"), _("{actor}が入力できなかった理由を申し出ました"), "comment"),
        _decided("declined", _("申し出への回答"), _("{actor}が申し出を認めませんでした"), "close"),
        _decided("snoozed", _("入力の先送り"), _("{actor}が入力を先送りしました"), "clock"),
        _decided("handed_on", _("入力の引き渡し"), _("{actor}が入力をほかの人に頼みました"), "send"),
        _decided("turned_back", _("入力の約束の復元"), _("{actor}が入力の約束を元に戻しました"), "undo", undone=False),
        Kind(
            "day_off.taken", _("休みの登録"), _("{actor}が{subject}の休みを登録しました"), "calendar",
            frozenset({"why"}), days_off.undo_taken,
        ),
        Kind(
            "day_off.given_back", _("休みの取り消し"), _("{actor}が{subject}の休みを取り消しました"), "calendar",
            frozenset({"why"}), days_off.undo_given_back,
        ),
        Kind(
            "duties.policy_changed", _("入力の約束の設定の変更"), _("{actor}が入力の期限と入力率の設定を変更しました"),
            "sliders", frozenset(), undo_policy,
        ),
        Kind(
            "duties.why_answered", _("入力できない理由の回答"), _("{actor}が入力しにくい理由を答えました"), "comment",
            frozenset({"old", "words"}), asking.undo_answer,
        ),
        Kind(
            "duties.why_taken_back", _("入力できない理由の取り消し"), _("{actor}が入力しにくい理由を取り消しました"),
            "undo", frozenset(),
        ),
        Kind("duties.checked", _("朝の入力漏れの確認"), _("入力漏れを確認しました"), "check", frozenset(), quiet=True),
        Kind(
            "duties.asked_why", _("入力できない理由の質問"), _("入力しにくい理由をたずねました"), "comment",
            frozenset(), quiet=True,
        ),
        Kind(
            "duties.told_on", _("入力率の報告"), _("入力率が低いことを上司に知らせました"), "send", frozenset(),
            quiet=True,
        ),
    )  # fmt: skip


def _decided(what: str, label: Any, sentence: Any, icon: str, *, undone: bool = True) -> Kind:
    return Kind(
        f"duty.{what}",
        label,
        sentence,
        icon,
        PERSONAL,
        undo_change if undone else None,
        detail="why",
        apart=True,
    )
