"""Customer by customer: the predecessor leaves a note, the successor says that he has received it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.handover.actions.arranging import may_change
from daifuku.handover.models import Handover, Item
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

LONGEST = 5000


def write_note(item: Item, text: str, *, by: Person) -> Item:
    """By whoever gives or arranged it. Raises Invalid (too long), Forbidden, NotFound."""
    words = text.replace("\x00", "").strip()
    if len(words) > LONGEST:
        sentence = _("伝言は%(most)s文字までです。短くしてください。") % {"most": LONGEST}
        raise Invalid([FieldProblem("note", sentence, code="too_long")])
    with ledger.writing():
        held = _held(item, by)
        if not may_change(held.handover, by):
            raise Forbidden
        if held.note == words:
            return held
        old, held.note = held.note, words
        held.save(update_fields=["note"])
        data = {"item": str(held.uid), "old": old, "text": words}
        ledger.record("handover.noted", by=by, about=_about(held), data=data)
    return held


def acknowledge(item: Item, *, by: Person) -> Item:
    """受け取りました: by the successor alone; a second time changes nothing. Raises Conflict, Forbidden, NotFound."""
    with ledger.writing():
        held = _held(item, by)
        if held.successor_id != by.pk:
            raise Forbidden
        if held.state != Item.State.MOVED:
            raise Conflict(
                _("まだ引き継がれていません。引き継ぐ日になってから押してください。"), code="state"
            )
        if held.acknowledged_at is None:
            held.acknowledged_at = moment()
            held.save(update_fields=["acknowledged_at"])
            ledger.record("handover.acknowledged", by=by, about=_about(held), data={"item": str(held.uid)})
    return held


def undo_noted(event: Event, by: Person) -> Undone:
    item = _item_of(event)
    if item.note != event.data["text"]:
        raise ChangedSince
    with ledger.writing():
        held = _held(item, by)
        if not may_change(held.handover, by):
            raise Forbidden
        held.note = event.data["old"]
        held.save(update_fields=["note"])
        ledger.record(
            "handover.note_back", by=by, about=_about(held), data={"item": str(held.uid)}, undoes=event
        )
    return Undone(1)


def undo_acknowledged(event: Event, by: Person) -> Undone:
    with ledger.writing():
        held = _held(_item_of(event), by)
        if held.successor_id != by.pk:
            raise Forbidden
        held.acknowledged_at = None
        held.save(update_fields=["acknowledged_at"])
        ledger.record(
            "handover.note_back", by=by, about=_about(held), data={"item": str(held.uid)}, undoes=event
        )
    return Undone(1)


def _item_of(event: Event) -> Item:
    item: Item | None = Item.objects.filter(uid=event.data["item"]).first()
    if item is None:
        raise NotFound
    return item


def _held(item: Item, by: Person) -> Item:
    held: Item | None = Item.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
    seen = Handover.objects.visible_to(viewer_of(by))
    if held is None or not seen.filter(pk=held.handover_id).exists():
        raise NotFound
    return held


def _about(item: Item) -> list[ledger.About]:
    return [ledger.About(item.object, item.record_id)]
