"""What can happen when leads are distributed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.distribution.actions import distributing, ruling, settling
from daifuku.ledger.kinds import Kind, Undo
from daifuku.ledger.kinds import register as register_kinds
from daifuku.records import undoing

NOTHING: frozenset[str] = frozenset()


def register() -> None:
    register_kinds(
        Kind(
            "lead.distributed", _("振り分け"), _("{actor}が{subject}を振り分けました"), "send",
            undo=distributing.undo_distributed,
        ),
        Kind(
            "lead.queued", _("順番待ち"), _("{actor}が{subject}を順番待ちに入れました"), "people",
            undo=distributing.undo_distributed,
        ),
        Kind(
            "lead.distribution_warned", _("振り分けの予告"),
            _("{subject}の最初の取引がまだないことを担当者に知らせました"), "clock", NOTHING,
        ),
        Kind(
            "lead.distribution_lost", _("振り分け直し"),
            _("{subject}は取引の記録がないまま時間が過ぎたため、振り分け直しました"), "undo", NOTHING,
        ),
        Kind(
            "distribution.ran", _("一括の振り分け"), _("{actor}が見込み客をまとめて振り分けました"), "send",
            NOTHING, undoing.undo_effects, detail="title",
        ),
        _kind("handed_on", _("まとめての振り分け直し"), _("連絡のない見込み客を振り分け直しました")),
        _kind("alarmed", _("順番待ちの知らせ"), _("順番待ちの見込み客を責任者に知らせました")),
        _kind("person_out", _("割り当ての停止"), _("{subject}さんへの見込み客の割り当てを止めました")),
        _kind("person_back", _("割り当ての再開"), _("{subject}さんへの見込み客の割り当てを再開しました")),
        _kind(
            "setup_changed", _("振り分けの設定"), _("{actor}がリードの振り分けの設定を変えました"),
              settling.undo_setup
        ),
        _kind("taker_changed", _("振り分けの参加者"), _("{actor}が振り分けに加わる人を変えました"),
              settling.undo_taker),
        _kind("rule_added", _("振り分けルール"), _("{actor}が振り分けのルールを作りました"), ruling.undo_added),
        _kind("rule_changed", _("振り分けルールの変更"), _("{actor}が振り分けのルールを変えました"),
              ruling.undo_rule),
        _kind("rule_removed", _("振り分けルールの削除"), _("{actor}が振り分けのルールを消しました"),
              ruling.undo_removed),
        _kind("rules_ordered", _("振り分けルールの順"), _("{actor}がルールの順番を変えました"),
              ruling.undo_ordered),
    )  # fmt: skip


def _kind(what: str, label: Any, sentence: Any, undo: Undo | None = None) -> Kind:
    return Kind(f"distribution.{what}", label, sentence, "send", NOTHING, undo, detail="name")
