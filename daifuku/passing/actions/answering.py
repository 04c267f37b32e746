"""Sales answer: they take the lead, or give it back with a reason. Both are timed in working hours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.customers.models import Lead
from daifuku.customers.objects.lead import LEAD
from daifuku.distribution.clock import worked
from daifuku.distribution.models.setup import setup as distribution_setup
from daifuku.duties.working import Calendar
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.passing.actions.passing_on import (
    LONGEST,
    held_both,
    held_of,
    move,
    with_receiver,
)
from daifuku.passing.models import Handing, Reason, State
from daifuku.passing.who import may_answer
from daifuku.records.actions.saving import about
from daifuku.records.catalogue.types import Date
from daifuku.records.catalogue.types.base import Refused
from daifuku.records.scope import sees
from daifuku.records.undoing import put_back
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def accept(handing: Handing, *, by: Person) -> Handing:
    """Whoever takes it out of a team's queue is in charge. Raises Conflict (answered before), Forbidden, NotFound."""
    with ledger.writing():
        fresh, lead = _held(handing, by)
        taken = lead.owner or (by if fresh.person_id is None else fresh.person)
        done = move(lead, taken, lead.team, by)
        fresh.person = taken
        note_answer(fresh, State.ACCEPTED, by, done)
    return fresh


def give_back(handing: Handing, values: Mapping[str, Any], *, by: Person) -> Handing:
    """`reason`, `answer` (its words, needed for 「その他」) and, if wanted, `ask_again_on`: the day to ask the customer
    again. Whoever had the lead has it again. Raises Invalid, Conflict (answered before), Forbidden, NotFound."""
    reason, words, day = _said(values)
    with ledger.writing():
        fresh, lead = _held(handing, by)
        before = fresh.before if fresh.before is not None and fresh.before.is_active else None
        more = {"ask_again_on": day} if day is not None else {}
        done = move(lead, before, fresh.team_before, by, **more)
        fresh.reason, fresh.answer = reason, words
        note_answer(fresh, State.RETURNED, by, done)
    return fresh


def undo_answered(event: Event, by: Person) -> Undone:
    """It waits for its answer again. Raises ChangedSince where the lead went on, Forbidden, NotFound."""
    with ledger.writing():
        handing, lead = held_of(event)
        viewer = viewer_of(by)
        if not (handing.answered_by_id == by.pk or viewer.has_power("staff") or sees(viewer, lead, "edit")):
            raise Forbidden
        later = Handing.objects.filter(lead=lead, pk__gt=handing.pk).exists()
        if handing.is_waiting or later or lead.trashed_at is not None:
            raise ChangedSince
        if lead.converted_at is not None:
            raise ChangedSince(_("取引を開始しているため、元に戻せません。"))
        owner, done = event.changes.get("owner"), {}
        if owner is not None and (lead.owner_id or 0) != ((owner[1] or {}).get("id") or 0):
            raise ChangedSince(_("その後に担当が変わっているため、元に戻せません。"))
        if handing.state == State.ACCEPTED and owner is not None:
            handing.person = None
        with put_back():
            back: dict[str, Any] = {}
            if (asked := event.changes.get("ask_again_on")) is not None:
                back["ask_again_on"] = Date().from_json(asked[0])
            done = move(lead, handing.person, handing.team, by, **back)
        handing.state, handing.answered_at, handing.answered_by = State.WAITING, None, None
        handing.minutes, handing.reason, handing.answer = None, "", ""
        handing.save()
        _line("lead.pass_waits", handing, by, done, undoes=event)
    return Undone(1)


def _held(handing: Handing, by: Person) -> tuple[Handing, Lead]:
    """Of two who answer at once the second finds the answer of the first."""
    if not Handing.objects.filter(pk=handing.pk).exists():
        raise NotFound
    fresh, lead = held_both(handing.pk)
    viewer = viewer_of(by)
    if not sees(viewer, lead, "view"):
        raise NotFound
    if not fresh.is_waiting:
        words = {"who": fresh.answered_by or "", "what": fresh.get_state_display()}
        raise Conflict(
            _("この引き渡しには、すでに%(who)sさんが返事をしています（%(what)s）。") % words, code="answered"
        )
    if not may_answer(viewer, fresh):
        raise Forbidden
    if not with_receiver(lead, fresh):
        raise Conflict(_("この見込み客の担当が変わっています。画面を開き直してください。"), code="changed")
    return fresh, lead


def note_answer(handing: Handing, state: str, by: Person, done: dict[str, Any]) -> None:
    now = moment()
    calendar = Calendar({handing.person_id} if handing.person_id else [], timezone.localdate(now))
    spent = worked(distribution_setup(), calendar, None, handing.at, now)
    handing.state, handing.answered_at, handing.answered_by = state, now, by
    handing.minutes = int(spent.total_seconds() // 60)
    handing.save()
    kind = "lead.pass_accepted" if state == State.ACCEPTED else "lead.given_back"
    _line(kind, handing, by, done)


def _line(
    kind: str, handing: Handing, by: Person, done: dict[str, Any], undoes: Event | None = None
) -> Event:
    data = {"changes": done, "handing": str(handing.uid), "reason": handing.reason}
    return ledger.record(kind, by=by, about=about(LEAD, handing.lead), data=data, undoes=undoes)


def _said(values: Mapping[str, Any]) -> tuple[str, str, Any]:
    problems = []
    reason = str(values.get("reason") or "")
    words = clean_text(str(values.get("answer") or ""))
    day = None
    if reason not in Reason.values:
        problems.append(FieldProblem("reason", _("戻す理由を選んでください。"), code="required"))
    if len(words) > LONGEST:
        sentence = _("%(limit)s文字以内で入力してください。") % {"limit": LONGEST}
        problems.append(FieldProblem("answer", sentence, code="too_long"))
    elif reason == Reason.OTHER and not words:
        sentence = _("「その他」のときは、理由の詳細を入力してください。")
        problems.append(FieldProblem("answer", sentence, code="required"))
    try:
        day = Date().clean(values.get("ask_again_on") or "")
    except Refused as error:
        problems.append(FieldProblem("ask_again_on", error.message, code=error.code))
    if problems:
        raise Invalid(problems)
    return reason, words, day
