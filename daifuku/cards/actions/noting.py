"""The line in the ledger about a card."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from daifuku.cards.models import Card
from daifuku.foundation.errors import Conflict, NotFound, Stale
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer


def note(
    kind: str, card: Card, *, by: Person | None, data: dict[str, Any] | None = None,
    undoes: Event | None = None, record: Any = None,
) -> Event:  # fmt: skip
    """About the card; with `record` also about the lead or contact that came of it, whose history shows it."""
    about = [ledger.About("card", card.pk)]
    if record is not None:
        about.append(ledger.About(record.object_key, record.pk, "related"))
    return ledger.record(
        kind, by=by, about=about, data={"card": str(card.uid), **(data or {})}, undoes=undoes
    )


def held(card: Card, viewer: Viewer | None, version: int | None = None) -> Card:
    """As it stands now, held until the transaction ends. Raises NotFound, Stale."""
    rows = Card.objects.filter(trashed_at__isnull=True) if viewer is None else Card.objects.visible_to(viewer)
    fresh: Card | None = rows.select_for_update(of=("self",)).filter(pk=card.pk).first()
    if fresh is None:
        raise NotFound
    if version is not None and fresh.version != version:
        raise Stale(
            _("ほかの人が先に保存しました。画面を開き直して、内容を確認してからもう一度保存してください。")
        )
    return fresh


def need_open(card: Card) -> None:
    if not card.is_open:
        raise Conflict(_("この名刺の入力はすでに終わっています。"), code="not_open")
