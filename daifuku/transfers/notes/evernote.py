"""What the rest of the program is told of notes: the line of their import, how it is undone, how they are forgotten."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.ledger.kinds import Kind
from daifuku.ledger.kinds import register as register_kinds
from daifuku.ledger.models import Event
from daifuku.records import undoing
from daifuku.records.actions.erasing import also_erase
from daifuku.transfers.notes.running import BEGUN
from daifuku.transfers.notes.taking_back import forget_person, undone_elsewhere


def register() -> None:
    register_kinds(
        Kind(
            BEGUN, _("ノートの取り込み"), _("{actor}がEvernoteのノートを取り込みました"), "upload",
            undo=undoing.undo_effects,
        )
    )  # fmt: skip
    undoing.beside.append(undoing.Beside(_nothing, undone_elsewhere))
    if forget_person not in also_erase:
        also_erase.append(forget_person)


def _nothing(event: Event) -> None:
    """Its import says itself that it is undone, as every import does."""
