"""The clerk has entered a card: it becomes a lead or a contact, the rep is told and asked for a first talk.

All in one transaction; taken back with one undo. Of two who finish the same card at the same moment the second is told.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.cards.actions.noting import held, need_open, note
from daifuku.cards.actions.taking import card_of, done_duty, key_of, need_work, spend
from daifuku.cards.fields import as_typed
from daifuku.cards.models import Card, How, State, setup
from daifuku.cards.outcomes import Outcome, outcome_of
from daifuku.duties.actions.fulfilling import reopen
from daifuku.duties.working import Calendar
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Forbidden, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment, through
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records import derived, undoing
from daifuku.records.actions import create
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.records.formulas.spreading import spread
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

FINISHED = "cards.finished"
_dice = random.SystemRandom()


@dataclass(frozen=True)
class Finished:
    """`kept` are the fields in which the record says something else than the card, and which stayed as they were."""

    card: Card
    record: Any
    event: Event
    kept: tuple[Field, ...] = ()


def finish(
    card: Card, values: Mapping[str, Any], how: str, *, by: Person, target: Any = None, seconds: int = 0,
    version: int | None = None,
) -> Finished:  # fmt: skip
    """`how` is one of How; `target` the record that the card was found to belong to, which `by` sees.

    Raises Invalid, NotFound, Forbidden, Conflict (entered already), Stale.
    """
    if how not in How.values:
        raise Invalid([FieldProblem("how", _("名刺をどう登録するかを選んでください。"), code="choice")])
    typed = as_typed(values)
    with ledger.writing():
        fresh = held(card, viewer_of(by), version)
        need_work(fresh, by)
        need_open(fresh)
        line = note(FINISHED, fresh, by=by, data={"how": how})
        with through(cause=line):
            outcome = outcome_of(How(how), fresh, typed, target, by)
            _ask_for_a_talk(fresh, outcome.record, by)
        _keep(fresh, typed, how, outcome, by, seconds)
        done_duty(fresh, by)
    return Finished(fresh, outcome.record, line, outcome.kept)


def _keep(card: Card, typed: dict[str, str], how: str, outcome: Outcome, by: Person, seconds: int) -> None:
    card.state, card.values, card.how = State.DONE, typed, how
    card.object, card.record_id = outcome.record.object_key, outcome.record.pk
    if outcome.former is not None:
        card.former_object, card.former_id = outcome.former.object_key, outcome.former.pk
    card.entered_by, card.done_at = by, moment()
    spend(card, seconds)
    card.check_wanted = _dice.uniform(0, 100) < setup().check_percent
    card.version += 1
    card.save()


def _ask_for_a_talk(card: Card, record: Any, by: Person) -> None:
    """A task for whoever is in charge; where nobody is yet, whoever gets the lead is asked then."""
    if card.owner is None:
        return
    ask_for_a_talk(card, record, card.owner, by)


def ask_for_a_talk(card: Card, record: Any, owner: Person, by: Person | None) -> None:
    today = timezone.localdate(moment())
    due = Calendar([], today).after(today, setup().talk_days)
    words = _("名刺交換のお礼と最初の連絡: %(name)s様") % {"name": record}
    values = {"subject": words[:200], "due_on": due, "owner": owner, record.object_key: record}
    if record.object_key == "contact" and record.account_id:
        values["account"] = record.account
    create("task", values, by=by or owner)


def undo_finished(event: Event, by: Person) -> Undone:
    """What came of it is taken back line by line, the newest first; the card lies on the desk again, as typed.

    Raises Conflict, ChangedSince where somebody has worked with it since.
    """
    with ledger.writing():
        card = held(card_of(event), viewer_of(by))
        need_work(card, by)
        if card.state != State.DONE:
            raise Conflict(_("この名刺の入力は元に戻されています。"), code="not_done")
        for line in Event.objects.filter(cause=event, undone_by__isnull=True).order_by("-pk"):
            if undoing.may_be_undone(line):
                _take_back(line, by)
        card.state, card.how, card.object, card.record_id = State.WAITING, "", "", None
        card.former_object, card.former_id = "", None
        card.entered_by = card.done_at = card.taken_by = card.taken_at = None
        card.check_wanted = False
        card.version += 1
        card.save()
        reopen([key_of(card)])
        note("cards.undone", card, by=by, undoes=event)
    return Undone(1)


def _take_back(line: Event, by: Person) -> None:
    """Whoever entered the card takes back what that made, also where he may not delete such records otherwise: as long
    as nobody has worked with it. Raises ChangedSince, Forbidden."""
    if not line.kind.endswith(".created"):
        undoing.undo(line, by=by)
        return
    record, viewer = undoing.subject_of(line), viewer_of(by)
    if sees(viewer, record, "delete"):
        undoing.undo(line, by=by)
    elif line.actor_id == by.pk:
        _withdraw(record, viewer, line)
    else:
        raise Forbidden


def _withdraw(record: Any, viewer: Viewer, line: Event) -> None:
    fresh = locked(record, viewer, "view")
    if fresh.version != 1:
        raise ChangedSince
    object_type = registry.of(fresh)
    object_type.need_free(fresh)
    fresh.trashed_at = moment()
    stamp(fresh)
    fresh.save(update_fields=["trashed_at", "version", "updated_at"])
    derived.keep(object_type, [fresh])
    object_type.follow([(fresh, frozenset())], viewer.person)
    spread(object_type, [(fresh, None)])
    about_ = about(object_type, fresh)
    ledger.record(object_type.event("trashed"), by=viewer.person, about=about_, undoes=line)
