"""Put off with a reason, or asked of a colleague: what is on the list need not be done by this person today."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.duties.actions.excusing import change, held_for, reason_of
from daifuku.duties.models import Duty, State
from daifuku.duties.whose import manages
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

LONGEST = timedelta(days=180)


def snooze(duty: Duty, until: date | None, reason: str, *, by: Person) -> Duty:
    """It is off the list until that day. The deadline of what counts stays: only an excuse changes that.

    Raises Invalid (day, reason), Conflict (done already), Forbidden, NotFound.
    """
    today = timezone.localdate(moment())
    if until is None:
        raise Invalid([FieldProblem("until", _("いつまで先送りするかを入力してください。"), code="required")])
    if not today < until <= today + LONGEST:
        raise Invalid([FieldProblem("until", _("明日から180日以内の日付を入力してください。"), code="range")])
    words = reason_of(reason)
    with ledger.writing():
        held = _to_be_done(duty, by)
        change(held, {"snoozed_until": until, "snooze_reason": words}, "duty.snoozed", by)
    return held


def hand_on(duty: Duty, to: Person | None, reason: str, *, by: Person) -> Duty:
    """A colleague does it; it counts for the same person as before. Raises Invalid, Conflict, Forbidden, NotFound."""
    if to is None or not to.is_active:
        raise Invalid([FieldProblem("to", _("頼む相手を選んでください。"), code="required")])
    words = reason_of(reason)
    with ledger.writing():
        held = _to_be_done(duty, by)
        if to.pk == held.doer_id:
            raise Invalid(
                [FieldProblem("to", _("いまの担当と同じ人です。ほかの人を選んでください。"), code="same")]
            )
        other = None if to.pk == held.owner_id else to.pk
        values = {"substitute_id": other, "snoozed_until": None, "snooze_reason": words}
        change(held, values, "duty.handed_on", by)
    return held


def _to_be_done(duty: Duty, by: Person) -> Duty:
    held = held_for(duty, by)
    if by.pk not in {held.owner_id, held.substitute_id} and not manages(viewer_of(by), held.owner_id):
        raise Forbidden
    if held.done_at is not None or held.state in (State.ON_TIME, State.LATE):
        raise Conflict(_("すでに入力されています。画面を開き直してください。"), code="done")
    return held


def day_from(raw: str) -> date | None:
    """A day as a form sends it; None for anything else."""
    try:
        return date.fromisoformat(raw.strip())
    except ValueError:
        return None


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)
