"""What can happen with deals and processes beyond what happens with every record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.deals.actions import processes, watching
from daifuku.deals.actions.people import undo_person, undo_rival
from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.records.undoing import undo_effects


def register() -> None:
    told = frozenset({"old", "new"})
    register_kinds(
        Kind(
            "process.saved", _("営業プロセスの変更"), _("{actor}が営業プロセスを変更しました"), "sliders", frozenset(),
            processes.undo_saved, detail="name",
        ),
        Kind(
            "process.carried", _("商談の移し替え"), _("{actor}が商談をまとめて移しました"), "arrow-right", frozenset(),
            undo_effects, detail="title",
        ),
        Kind(
            "deals.watch_changed", _("放置の目安の変更"), _("{actor}が放置の目安を変更しました"),
            "sliders", frozenset(),
            watching.undo_changed,
        ),
        Kind(
            "deal.person_put", _("商談の関係者"), _("{actor}が{subject}の関係者を登録しました"), "people", told,
            undo_person,
        ),
        Kind(
            "deal.person_removed", _("商談の関係者を外す"), _("{actor}が{subject}の関係者を外しました"), "people", told,
            undo_person,
        ),
        Kind(
            "deal.rival_put", _("商談の競合"), _("{actor}が{subject}の競合を登録しました"), "dot", told, undo_rival,
            detail="name",
        ),
        Kind(
            "deal.rival_removed", _("商談の競合を外す"), _("{actor}が{subject}の競合を外しました"), "dot", told,
            undo_rival, detail="name",
        ),
    )  # fmt: skip
