"""What can happen with minutes beyond what happens with every talk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.minutes.actions.accepting import undo_accepted
from daifuku.minutes.actions.changing import undo_changed
from daifuku.records import panels, timeline


def register() -> None:
    personal = frozenset({"words"})
    register_kinds(
        Kind(
            "minutes.accepted", _("議事録からの登録"), _("{actor}が議事録の一行を取り上げました"), "check",
            personal=personal, undo=undo_accepted, detail="words",
        ),
        Kind(
            "minutes.turned_back", _("議事録からの登録の取り消し"),
            _("{actor}が議事録の一行の登録を取り消しました"), "undo", personal=personal,
        ),
        Kind(
            "minutes.template_changed", _("議事録のひな形の変更"), _("{actor}が議事録のひな形を変更しました"),
            "edit", personal=frozenset(), undo=undo_changed, detail="name",
        ),
    )  # fmt: skip
    timeline.show_body("minutes.accepted", "records/parts/line_words.html", panels.words)
