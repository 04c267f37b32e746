"""The last lines of the ledger about a person, a team, a role or the firm, ready to be shown and taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from daifuku.ledger import kinds
from daifuku.ledger.models import Event, Subject
from daifuku.staff.viewer import Viewer

SHOWN = 8


@dataclass(frozen=True)
class HistoryLine:
    event: Event
    sentence: str
    icon: str
    undoable: bool


def lines_about(object: str, record_id: int, viewer: Viewer, name: str = "") -> list[HistoryLine]:
    """The newest first; sign-ins are left out."""
    events = (
        Event.objects.filter(
            subjects__object=object, subjects__record_id=record_id, subjects__role=Subject.MAIN
        )
        .exclude(kind__in=kinds.quiet_keys())
        .select_related("actor", "undone_by")
        .order_by("-id")[:SHOWN]
    )
    return [_line(event, viewer, name) for event in events]


def _line(event: Event, viewer: Viewer, name: str) -> HistoryLine:
    kind = kinds.get(event.kind)
    actor = str(event.actor) if event.actor else _("大福帳")
    subject = str(event.data.get("name") or name)
    sentence = str(kind.sentence).format(actor=actor, subject=subject)
    open_to_undo = kind.undo is not None and not event.erased and not hasattr(event, "undone_by")
    known = event.actor_id == viewer.pk or viewer.has_power("audit")
    return HistoryLine(event, sentence, kind.icon, open_to_undo and known)
