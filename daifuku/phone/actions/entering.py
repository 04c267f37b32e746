"""A talk comes in from a phone, perhaps hours after it was typed: it is not lost because something moved meanwhile."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from daifuku.activities.actions import finish
from daifuku.activities.actions.finishing import NEXT
from daifuku.activities.actions.turning import held_open
from daifuku.activities.models import Plan, Talk
from daifuku.foundation.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.records.actions import create
from daifuku.records.scope import seen_by_uid
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of
from daifuku.voices.actions import pick

PICKED = ("topic", "text", "product")
SLOT = re.compile("【([^【】]*)】")


@dataclass(frozen=True)
class Seen:
    """The plan whose result this is, as it stood on the phone."""

    uid: uuid.UUID
    started_at: datetime | None = None


@dataclass(frozen=True)
class Next:
    """What comes after the talk: a plan or a task."""

    kind: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Entered:
    """`moved` is the plan that stood otherwise by then: the talk is kept beside it, and the plan stays as it is."""

    talk: Talk
    moved: Plan | None = None


def enter(
    values: Mapping[str, Any],
    *,
    by: Person,
    uid: uuid.UUID,
    plan: Seen | None = None,
    following: Next | None = None,
    voice: Mapping[str, Any] | None = None,
) -> Entered:
    """The talk, the plan that it finishes, what comes next and the customer's voice in it, all or nothing.

    Where somebody else finished, called off or moved the plan meanwhile, neither version gives way: the talk is
    recorded for itself. Raises Invalid (fields of what comes next are named `next.subject`, those of the voice
    `voice.topic`), Conflict (the uid is taken), Forbidden, NotFound.
    """
    _no_open_slots(str(values.get("text") or ""))
    with ledger.writing():
        entered = _enter(values, by, uid, plan, following)
        if voice:
            _pick(entered.talk, voice, by)
    return entered


def _no_open_slots(text: str) -> None:
    """A wording whose blank nobody filled in says nothing; the phone itself asks for it before."""
    if names := SLOT.findall(text):
        sentence = _("%(names)sが空欄です。入力するか、空欄を消してください。")
        told = "".join(f"「{name}」" for name in names)
        raise Invalid([FieldProblem("text", sentence % {"names": told}, code="open_slot")])


def _enter(
    values: Mapping[str, Any], by: Person, uid: uuid.UUID, plan: Seen | None, following: Next | None
) -> Entered:
    row = _plan_of(plan, by)
    if row is not None and _as_it_stood(row, plan, by):
        next_plan = following.values if following and following.kind == "plan" else None
        talk = finish(row, values, by=by, uid=uid, following=next_plan)
        if following and following.kind == "task":
            _follow(following, talk, by)
        return Entered(talk)
    talk = create("talk", values, by=by, uid=uid)
    if following:
        _follow(following, talk, by)
    return Entered(talk, row)


def _plan_of(plan: Seen | None, by: Person) -> Plan | None:
    if plan is None:
        return None
    found: Plan | None = seen_by_uid(Plan, plan.uid, viewer_of(by))
    return found


def _as_it_stood(row: Plan, plan: Seen | None, by: Person) -> bool:
    """Is it still the open plan that the person had before him? Holds it, so that nobody comes in between."""
    try:
        held = held_open(row, by)
    except (Conflict, Forbidden, NotFound):
        return False
    return plan is None or plan.started_at is None or held.started_at == plan.started_at


def _follow(following: Next, talk: Talk, by: Person) -> None:
    """With the same customer; mistakes are named as those of what comes next."""
    names = ("account", "contact", "lead", "deal")
    customer = {name: getattr(talk, name) for name in names if getattr(talk, name)}
    try:
        create(following.kind, {**customer, **following.values}, by=by)
    except Invalid as error:
        raise Invalid(
            [FieldProblem(f"{NEXT}{each.field}", each.message, code=each.code) for each in error.problems]
        ) from error


def _pick(talk: Talk, voice: Mapping[str, Any], by: Person) -> None:
    """Mistakes are named as those of the voice."""
    try:
        pick(talk, {**voice, **{name: str(voice.get(name) or "") for name in PICKED}}, by=by)
    except Invalid as error:
        raise Invalid(
            [FieldProblem(f"voice.{each.field}", each.message, code=each.code) for each in error.problems]
        ) from error


def same_talk(talk: Talk, values: Mapping[str, Any], by: Person) -> bool:
    """Is this the very talk that came in before, though its answer is no longer kept?"""
    told = ("method", "content", "text")
    return talk.created_by_id == by.pk and all(
        getattr(talk, name) == str(values.get(name) or "").strip() for name in told
    )
