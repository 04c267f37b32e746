"""What can happen with hand-overs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.handover.actions.noticing import undo_notice
from daifuku.handover.actions.receiving import undo_acknowledged, undo_noted
from daifuku.handover.actions.taking_back import undo_begun
from daifuku.handover.movers.rows import undo_rows
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds

NOTHING: frozenset[str] = frozenset()


# (key, label, sentence, icon, undo)
LINES = (
    ("arranged", _("引き継ぎの予約"), _("{actor}が{subject}の引き継ぎを決めました"), "users", None),
    ("cancelled", _("引き継ぎの中止"), _("{actor}が{subject}の引き継ぎをやめました"), "close", None),
    ("begun", _("引き継ぎ"), _("{actor}が{subject}のお客様を引き継ぎました"), "users", undo_begun),
    ("undone", _("引き継ぎの取り消し"), _("{actor}が引き継ぎを元に戻しました"), "undo", None),
    ("returned", _("引き継ぎの返却"), _("引き継いだお客様が{subject}に戻りました"), "undo", None),
    ("printed", _("引継書の出力"), _("{actor}が{subject}の引継書を出力しました"), "file", None),
    (
        "rows_moved", _("引き継ぎに伴う担当替え"), _("{actor}が{subject}のものを後任に移しました"), "users",
        undo_rows,
    ),
    ("rows_back", _("担当替えの取り消し"), _("{actor}が担当を元に戻しました"), "undo", None),
    (
        "acknowledged", _("引き継ぎの受け取り"), _("{actor}が{subject}を受け取りました"), "check",
        undo_acknowledged,
    ),
    (
        "note_back", _("伝言・受け取りの取り消し"), _("{actor}が引き継ぎの入力を元に戻しました"), "undo",
        None,
    ),
)  # fmt: skip


def register() -> None:
    for key, label, sentence, icon, undo in LINES:
        register_kinds(Kind(f"handover.{key}", label, sentence, icon, NOTHING, undo))
    register_kinds(
        Kind(
            "handover.notice_written", _("お知らせの文面"), _("{actor}がお客様へのお知らせの文面を書きました"), "mail",
            NOTHING, undo_notice,
        )
    )  # fmt: skip
    register_kinds(
        Kind(
            "handover.noted", _("引き継ぎの伝言"), _("{actor}が引き継ぎの伝言を書きました"), "comment",
            frozenset({"text", "old"}), undo_noted, detail="text",
        )
    )  # fmt: skip
