"""What can happen with requests for fields, and with the days on which fields are looked at again."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind, Undo
from daifuku.ledger.kinds import register as register_kinds
from daifuku.records.requests import reviewing, undoing


def register() -> None:
    def kind(what: str, label: Any, sentence: Any, undo: Undo, detail: str = "name") -> Kind:
        return Kind(f"field_request.{what}", label, sentence, "sliders", frozenset(), undo, detail=detail)

    request, support, decision = _("項目の申請"), _("項目の申請への賛成"), _("項目の申請の判断")
    register_kinds(
        kind("asked", request, _("{actor}が項目の追加を申請しました"), undoing.undo_asked),
        kind("edited", request, _("{actor}が項目の申請を変更しました"), undoing.undo_edited),
        kind("withdrawn", request, _("{actor}が項目の申請を取り下げました"), undoing.undo_withdrawn),
        kind("asked_again", request, _("{actor}が項目をもう一度申請しました"), undoing.undo_asked),
        kind("supported", support, _("{actor}が項目の申請に賛成しました"), undoing.undo_supported),
        kind("support_taken", support, _("{actor}が賛成を取り消しました"), undoing.undo_support_taken),
        kind("approved", decision, _("{actor}が項目の申請を承認しました"), undoing.undo_decided),
        kind("declined", decision, _("{actor}が項目の申請を見送りました"), undoing.undo_decided),
        kind("reopened", decision, _("{actor}が項目の申請を申請中に戻しました"), undoing.undo_decided),
        kind("done", decision, _("{actor}が申請された項目を追加しました"), undoing.undo_decided),
        Kind(
            "vocabulary.review_set", _("項目の見直し日"), _("{actor}が項目の見直し日を変更しました"), "sliders",
            frozenset(), reviewing.undo_review, detail="name",
        ),
    )  # fmt: skip
