"""「見える理由」: why somebody can or cannot see, change, delete or export a record, step by step."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.colleagues import manage, somebody
from daifuku.api.finding import object_of, uid_of
from daifuku.api.operations.people import Named
from daifuku.api.routing import records
from daifuku.records.catalogue import registry
from daifuku.records.explaining import Explanation, asked_about, explain_all, hidden_and_locked
from daifuku.records.scope import sees
from daifuku.records.showing import hidden_name
from daifuku.staff.viewer import Viewer


class StepItem(Schema):
    """`verdict` is yes or no where the step decides, else the next one is looked at."""

    sentence: str
    verdict: str


class ActionItem(Schema):
    action: str
    label: str
    allowed: bool
    steps: list[StepItem]


class Why(Schema):
    """`hidden` and `locked` are the names of fields that this person does not see or may not change."""

    person: Named
    record: Named
    trashed: bool
    actions: list[ActionItem]
    hidden: list[str]
    locked: list[str]


@records.get("/{slug}/{uid}/why", operation_id="why_{object}", summary=noop("見える理由"), response=Why)
def why(
    request: Asked,
    slug: str,
    uid: str,
    person: str = Query("", max_length=40, description=noop("社員の uid。省略すると自分")),
) -> Answer:
    """Of oneself, and of what one sees; whoever manages people or audits asks about everybody and every record."""
    viewer, others = request.auth.viewer, _may_ask_about_others(request)
    subject = request.auth.person
    if person and person.lower() != str(subject.uid):
        if not others:
            manage(request)
        subject = somebody(person)
    object_type = registry.by_slug(slug) if others else object_of(viewer, slug)
    record = asked_about(viewer, object_type, uid_of(uid), any_record=others)
    hidden, locked = hidden_and_locked(Viewer(subject), object_type.key)
    name = str(record) if sees(viewer, record, "view") else hidden_name(object_type.key)
    return Answer(
        {
            "person": named(subject), "record": {"uid": str(record.uid), "label": name},
            "trashed": record.trashed_at is not None, "hidden": hidden, "locked": locked,
            "actions": [_action(each) for each in explain_all(Viewer(subject), record)],
        }
    )  # fmt: skip


def _may_ask_about_others(request: Asked) -> bool:
    """Either power, where the token was given out for it."""
    viewer, scopes = request.auth.viewer, request.auth.scopes
    return any(viewer.has_power(power) and power in scopes for power in ("staff", "audit"))


def _action(explanation: Explanation) -> dict[str, Any]:
    steps = [{"sentence": step.sentence, "verdict": step.verdict} for step in explanation.steps]
    return {
        "action": explanation.action, "label": explanation.label, "allowed": explanation.allowed, "steps": steps,
    }  # fmt: skip
