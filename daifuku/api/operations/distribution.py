"""リードの振り分け: what waits, what was decided and why, distributing now, the settings, who takes part, the rules."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.routing import fixed as router
from daifuku.customers.models import Lead
from daifuku.distribution.actions import (
    add_rule,
    distribute,
    edit_rule,
    edit_setup,
    keep_taker,
    remove_rule,
)
from daifuku.distribution.models import Decision, Rule, Setup, Taker
from daifuku.distribution.models.decision import OF_A_LEAD, State
from daifuku.distribution.models.setup import setup
from daifuku.distribution.who import need_distributing
from daifuku.distribution.words import Line, lines_of
from daifuku.foundation.errors import NotFound
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Person

MOST = 200
SETTINGS = (
    "on", "strategy", "by_rate", "low_percent", "back_percent", "back_days", "grace_days", "alarm_hours",
    "return_hours", "warn_hours", "version",
)  # fmt: skip


class _Wish(Schema):
    model_config = ConfigDict(extra="forbid")


class SetupWish(_Wish):
    on: bool | None = None
    strategy: str | None = None
    by_rate: bool | None = None
    low_percent: int | None = None
    back_percent: int | None = None
    back_days: int | None = None
    grace_days: int | None = None
    alarm_hours: int | None = None
    return_hours: int | None = None
    warn_hours: int | None = None
    opens: str | None = None
    closes: str | None = None
    queue_team: int | None = None
    givers: list[str] | None = None
    version: int | None = None


class TakerWish(_Wish):
    active: bool | None = None
    weight: int | None = None
    most_open: int | None = None
    most_a_day: int | None = None
    grace_from: str | None = None


class RuleWish(_Wish):
    name: str | None = None
    active: bool | None = None
    condition: dict[str, Any] | None = None
    target: str | None = None
    strategy: str | None = None
    people: list[str] | None = None
    team: int | None = None
    version: int | None = None


class DistributeWish(_Wish):
    leads: list[str]
    again: bool = False


class Settled(Schema):
    settings: dict[str, Any]
    takers: list[dict[str, Any]]
    rules: list[dict[str, Any]]


class Decided(Schema):
    items: list[dict[str, Any]]


@router.get(
    "/distribution", operation_id="get_distribution", summary=noop("振り分けの設定"), response=Settled
)
def get_distribution(request: Asked) -> Answer:
    """Needs the power to change settings."""
    need_settings(request.auth.person)
    return _settled()


@router.patch(
    "/distribution",
    operation_id="change_distribution",
    summary=noop("振り分けの設定を変える"),
    response=Settled,
)
def change_distribution(request: Asked, body: SetupWish) -> Answer:
    """What is not named stays."""
    changes = body.dict(exclude_unset=True)
    edit_setup(changes, by=request.auth.person, version=changes.pop("version", None))
    return _settled()


@router.put(
    "/distribution/takers/{person}",
    operation_id="put_taker",
    summary=noop("受け取る人"),
    response=Settled,
)
def put_taker(request: Asked, person: str, body: TakerWish) -> Answer:
    """`person` is a uid; with `active` false he takes no more part."""
    need_settings(request.auth.person)
    found = Person.objects.filter(uid=uid_of(person)).first()
    if found is None:
        raise NotFound
    keep_taker(found, body.dict(exclude_unset=True), by=request.auth.person)
    return _settled()


@router.post(
    "/distribution/rules",
    operation_id="add_distribution_rule",
    summary=noop("振り分けのルールを追加"),
    response={201: Settled},
)
def add_distribution_rule(request: Asked, body: RuleWish) -> Answer:
    """The last of the rules; `condition` in the language of lists."""
    values = body.dict(exclude_unset=True)
    values.pop("version", None)
    add_rule(values, by=request.auth.person)
    return Answer(_settled().body, status=201)


@router.patch(
    "/distribution/rules/{uid}",
    operation_id="change_distribution_rule",
    summary=noop("振り分けのルールを変更"),
    response=Settled,
)
def change_distribution_rule(request: Asked, uid: str, body: RuleWish) -> Answer:
    """What is not named stays."""
    need_settings(request.auth.person)
    changes = body.dict(exclude_unset=True)
    edit_rule(_rule(uid), changes, by=request.auth.person, version=changes.pop("version", None))
    return _settled()


@router.delete(
    "/distribution/rules/{uid}",
    operation_id="remove_distribution_rule",
    summary=noop("振り分けのルールを削除"),
    response=Settled,
)
def remove_distribution_rule(request: Asked, uid: str) -> Answer:
    """Decisions that it made stay."""
    need_settings(request.auth.person)
    remove_rule(_rule(uid), by=request.auth.person)
    return _settled()


@router.post(
    "/distribution/leads", operation_id="distribute_leads", summary=noop("振り分ける"), response=Decided
)
def distribute_leads(request: Asked, body: DistributeWish) -> Answer:
    """At most 200 at once; those that somebody has only with `again`."""
    viewer = need_distributing(request.auth.person)
    uids = [uid_of(each) for each in body.leads[:MOST]]
    keys = list(Lead.objects.visible_to(viewer).filter(uid__in=uids).values_list("pk", flat=True))
    distribute(keys, by=viewer.person, again=body.again)
    latest: dict[int, Decision] = {}
    for row in _rows().filter(lead__in=keys).order_by("pk"):
        latest[row.lead_id] = row
    return _decided(lines_of(latest.values(), viewer))


@router.get(
    "/distribution/queue", operation_id="distribution_queue", summary=noop("順番待ち"), response=Decided
)
def distribution_queue(request: Asked) -> Answer:
    """The oldest first, at most 200."""
    viewer = request.auth.viewer
    object_of(viewer, "leads")
    seen = Lead.objects.visible_to(viewer).filter(owner__isnull=True).values("pk")
    rows = _rows().filter(OF_A_LEAD, state=State.WAITING, lead__in=seen).order_by("at", "pk")
    return _decided(lines_of(rows[:MOST], viewer))


@router.get(
    "/distribution/leads/{uid}",
    operation_id="lead_decisions",
    summary=noop("振り分けの理由"),
    response=Decided,
)
def lead_decisions(request: Asked, uid: str) -> Answer:
    """What was decided about one lead, the latest first, each with its steps and who was passed over."""
    viewer = request.auth.viewer
    lead = record_of(viewer, object_of(viewer, "leads"), uid)
    return _decided(lines_of(_rows().filter(lead=lead).order_by("-pk")[:MOST], viewer))


def _rows() -> Any:
    return Decision.objects.select_related("person", "team", "rule")


def _rule(uid: str) -> Rule:
    found = Rule.objects.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _settled() -> Answer:
    rules: Setup = setup()
    givers = Person.objects.filter(pk__in=rules.givers)
    settings = {name: getattr(rules, name) for name in SETTINGS} | {
        "opens": f"{rules.opens:%H:%M}", "closes": f"{rules.closes:%H:%M}", "queue_team": rules.queue_team_id,
        "givers": [named(person) for person in givers],
    }  # fmt: skip
    takers = [
        {
            "person": named(taker.person), "active": taker.active, "weight": taker.weight,
            "most_open": taker.most_open, "most_a_day": taker.most_a_day,
            "grace_from": taker.grace_from.isoformat(), "out": taker.out_since is not None,
        }
        for taker in Taker.objects.select_related("person")
    ]  # fmt: skip
    people = {person.pk: str(person.uid) for person in Person.objects.all()}
    entries = [
        {
            "uid": str(rule.uid), "name": rule.name, "active": rule.active, "condition": rule.condition,
            "target": rule.target, "strategy": rule.strategy, "team": rule.team_id, "version": rule.version,
            "people": [people[key] for key in rule.people if key in people],
        }
        for rule in Rule.objects.all()
    ]  # fmt: skip
    return Answer({"settings": settings, "takers": takers, "rules": entries})


def _decided(lines: list[Line]) -> Answer:
    return Answer({"items": [_shown(line) for line in lines if line.lead is not None]})


def _shown(line: Line) -> dict[str, Any]:
    row = line.decision
    return {
        "uid": str(row.uid), "lead": str(line.lead.uid), "at": row.at.isoformat(), "state": row.state,
        "reason": row.reason, "person": named(row.person) if row.person else None, "team": row.team_id,
        "rule": row.rule.name if row.rule else None, "words": line.headline,
        "steps": [step.sentence for step in line.steps],
        "passed": [{"person": named(person), "why": words} for person, words in line.passed],
    }  # fmt: skip
