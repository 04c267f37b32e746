"""A clerk takes a card, keeps what is typed so far, gives it back, puts it aside, or brings it back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.cards.actions.noting import held, need_open, note
from daifuku.cards.enterers import may_enter
from daifuku.cards.fields import NAMES, as_typed
from daifuku.cards.models import Card, State
from daifuku.duties.actions.fulfilling import fulfil_many
from daifuku.duties.actions.owing import owe, release
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

KIND = "card"
MOST_SECONDS = 3600


def may_work(card: Card, viewer: Viewer) -> bool:
    """Whoever enters cards; and whoever brought it may enter it himself."""
    return may_enter(viewer) or viewer.pk in {card.brought_by_id, card.owner_id}


def reads_all(card: Card, viewer: Viewer) -> bool:
    """Whoever enters it, or brought it, has the card before him; for others what the role hides of leads is hidden on
    their cards as well."""
    return may_work(card, viewer) or viewer.hidden_fields("lead").isdisjoint(NAMES)


def need_work(card: Card, by: Person) -> None:
    if not may_work(card, viewer_of(by)):
        raise Forbidden


def take(card: Card, *, by: Person) -> Card:
    """Opens it for entry. Somebody else's goes over to whoever takes it: he sees whose it was. No line: nothing of the
    card has changed. Raises NotFound, Forbidden, Conflict."""
    with ledger.writing():
        fresh = held(card, viewer_of(by))
        need_work(fresh, by)
        need_open(fresh)
        fresh.state, fresh.taken_by, fresh.taken_at = State.WORKING, by, moment()
        fresh.save(update_fields=["state", "taken_by", "taken_at"])
    return fresh


def keep_draft(
    card: Card, values: Mapping[str, Any], *, by: Person, seconds: int = 0, version: int | None = None
) -> Card:
    """Keeps what is typed, with gaps: the rest is an open duty of whoever typed it until the card's due time.

    Raises NotFound, Forbidden, Conflict, Stale.
    """
    with ledger.writing():
        fresh = held(card, viewer_of(by), version)
        need_work(fresh, by)
        need_open(fresh)
        before = fresh.values
        fresh.values, fresh.state, fresh.taken_by = as_typed(values), State.WORKING, by
        spend(fresh, seconds)
        fresh.version += 1
        fresh.save(update_fields=["values", "state", "taken_by", "taken_at", "seconds", "version"])
        label = _("名刺の入力: %(card)s") % {"card": fresh.title}
        owe(
            key_of(fresh),
            origin=KIND,
            owner=by,
            due_at=fresh.due_at or moment(),
            label=label,
            url=fresh.get_absolute_url(),
        )
        if before != fresh.values:
            note("cards.drafted", fresh, by=by)
    return fresh


def give_back(card: Card, *, by: Person) -> Card:
    """Into the queue again, with what was typed."""
    with ledger.writing():
        fresh = held(card, viewer_of(by))
        need_work(fresh, by)
        need_open(fresh)
        fresh.state, fresh.taken_by, fresh.taken_at = State.WAITING, None, None
        fresh.save(update_fields=["state", "taken_by", "taken_at"])
        release([key_of(fresh)])
    return fresh


def put_aside(card: Card, why: str, *, by: Person) -> Event:
    """Unreadable, a shop's point card, a stranger's: with the reason. Raises Invalid, NotFound, Forbidden, Conflict."""
    said = clean_text(why)[:300]
    if not said:
        raise Invalid([FieldProblem("why", _("保留の理由を入力してください。"), code="required")])
    with ledger.writing():
        fresh = held(card, viewer_of(by))
        need_work(fresh, by)
        need_open(fresh)
        fresh.state, fresh.aside_why = State.ASIDE, said
        fresh.taken_by = fresh.taken_at = None
        fresh.version += 1
        fresh.save(update_fields=["state", "aside_why", "taken_by", "taken_at", "version"])
        release([key_of(fresh)])
        return note("cards.put_aside", fresh, by=by, data={"why": said})


def bring_back(card: Card, *, by: Person, undoes: Event | None = None) -> Card:
    """From aside into the queue. Raises NotFound, Forbidden, Conflict."""
    with ledger.writing():
        fresh = held(card, viewer_of(by))
        need_work(fresh, by)
        if fresh.state != State.ASIDE:
            raise Conflict(_("この名刺は保留になっていません。"), code="not_aside")
        fresh.state, fresh.aside_why = State.WAITING, ""
        fresh.version += 1
        fresh.save(update_fields=["state", "aside_why", "version"])
        note("cards.brought_back", fresh, by=by, undoes=undoes)
    return fresh


def trash(card: Card, *, by: Person) -> Event:
    """Out of every list; only what has become nothing yet. Raises NotFound, Forbidden, Conflict."""
    with ledger.writing():
        fresh = held(card, viewer_of(by))
        need_work(fresh, by)
        if fresh.state == State.DONE:
            raise Conflict(
                _("入力の済んだ名刺は削除できません。入力を元に戻してから削除してください。"), code="done"
            )
        fresh.trashed_at = moment()
        fresh.save(update_fields=["trashed_at"])
        release([key_of(fresh)])
        return note("cards.trashed", fresh, by=by)


def undo_aside(event: Event, by: Person) -> Undone:
    bring_back(card_of(event), by=by, undoes=event)
    return Undone(1)


def undo_trashed(event: Event, by: Person) -> Undone:
    card = card_of(event)
    need_work(card, by)
    with ledger.writing():
        Card.objects.filter(pk=card.pk).update(trashed_at=None)
        note("cards.brought_back", card, by=by, undoes=event)
    return Undone(1)


def card_of(event: Event) -> Card:
    card: Card = Card.objects.get(uid=uuid.UUID(event.data["card"]))
    return card


def key_of(card: Card) -> str:
    return f"{KIND}:{card.pk}"


def spend(card: Card, seconds: int) -> None:
    """Adds the time at the desk: what the page measured, never more than has passed since the card was taken."""
    passed = int((moment() - card.taken_at).total_seconds()) if card.taken_at else MOST_SECONDS
    card.seconds += min(max(seconds, 0), max(passed, 0), MOST_SECONDS)
    card.taken_at = moment()


def done_duty(card: Card, by: Person) -> None:
    fulfil_many([key_of(card)], by=by)
