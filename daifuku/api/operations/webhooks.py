"""Webhooks: which there are, a new one, one changed, removed, taken over; its secret; all sent once more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import uid_of, wanted_version
from daifuku.api.once import Tell, told_once
from daifuku.api.operations.jobs import JobItem, shown_job
from daifuku.api.routing import fixed, in_steps
from daifuku.foundation.errors import NotFound
from daifuku.messages.models import Webhook
from daifuku.messages.webhooks import actions, asking, hearing, narrowing
from daifuku.staff.actions import rights
from daifuku.staff.viewer import Viewer

WORDS = noop("Webhook")
ONE = "/webhooks/{webhook}"


class WebhookChange(Schema):
    """`kinds` and `objects` narrow what is sent; empty means all about records. `condition` is one of the condition
    language, for a webhook of one object; {} takes it away. `active` stops and goes on.
    """

    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    address: str | None = Field(None, max_length=4000)
    kinds: list[str] | None = Field(None, max_length=500)
    objects: list[str] | None = Field(None, max_length=100)
    condition: dict[str, Any] | None = None
    active: bool | None = None


class NewWebhook(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str
    address: str = Field(..., max_length=4000)
    kinds: list[str] = Field([], max_length=500)
    objects: list[str] = Field([], max_length=100)
    condition: dict[str, Any] | None = None


class Since(Schema):
    """One of the two: all since this day, or from this line of the ledger on."""

    model_config = ConfigDict(extra="forbid")

    day: date | None = None
    line: int | None = None


class WebhookItem(Schema):
    """`stopped` says why it is not `active`, `held` why its condition cannot be asked; `secret` is there in the answer
    that made it and nowhere else. A condition that the caller could not ask is null.
    """

    uid: str
    name: str
    address: str
    kinds: list[str]
    objects: list[str]
    condition: dict[str, Any] | None
    held: str
    person: dict[str, Any]
    active: bool
    stopped: str
    stopped_at: datetime | None
    old_secret_until: datetime | None
    version: int
    created_at: datetime
    secret: str | None = None


class Webhooks(Schema):
    items: list[WebhookItem]


class KindItem(Schema):
    key: str
    label: str


class Kinds(Schema):
    items: list[KindItem]


@fixed.get(
    "/webhooks", operation_id="list_webhooks", summary=noop("Webhookの一覧"), tags=[WORDS], response=Webhooks
)
def list_webhooks(request: Asked) -> Answer:
    """For whoever edits the settings."""
    rights.need(request.auth.person, "settings")
    found = Webhook.objects.kept().select_related("person")
    return Answer({"items": [shown_webhook(each, request.auth.viewer) for each in found]})


@fixed.post(
    "/webhooks", operation_id="create_webhook", summary=noop("Webhookの登録"), tags=[WORDS],
    response={201: WebhookItem},
)  # fmt: skip
@in_steps
def create_webhook(request: Asked, body: NewWebhook) -> Any:
    """Its `secret` is told this once: the same request again answers without it, because it is kept nowhere."""

    def made() -> tuple[Webhook, str]:
        return actions.create_webhook(by=request.auth.person, **body.model_dump())

    return _with_secret(request, made, 201)


@fixed.get(
    "/webhooks/kinds", operation_id="list_webhook_kinds", summary=noop("Webhookで送れる出来事"), tags=[WORDS],
    response=Kinds,
)  # fmt: skip
def list_webhook_kinds(request: Asked) -> Answer:
    """What `kinds` may hold: lines about records, and for whoever may audit those about the firm."""
    viewer = rights.need(request.auth.person, "settings")
    found = [{"key": kind.key, "label": hearing.label_of(kind.key)} for kind in hearing.offered(viewer)]
    return Answer({"items": found})


@fixed.get(ONE, operation_id="get_webhook", summary=noop("Webhook"), tags=[WORDS], response=WebhookItem)
def get_webhook(request: Asked, webhook: str) -> Answer:
    """Its ETag is its version."""
    return _shown(request, webhook_at(request, webhook))


@fixed.patch(
    ONE, operation_id="change_webhook", summary=noop("Webhookの変更"), tags=[WORDS], response=WebhookItem
)
def change_webhook(request: Asked, webhook: str, body: WebhookChange) -> Answer:
    """Changes what is sent. Where it sends to and what, its owner alone; others may stop it."""
    found, by, version = webhook_at(request, webhook), request.auth.person, wanted_version(request)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    active = changes.pop("active", None)
    if changes or active is None:
        actions.edit_webhook(found, changes, by=by, version=version)
        version = None
    if active is not None:
        actions.switch_webhook(found, on=active, by=by, version=version)
    return _shown(request, found)


@fixed.delete(
    ONE, operation_id="remove_webhook", summary=noop("Webhookの削除"), tags=[WORDS], response={204: None}
)
def remove_webhook(request: Asked, webhook: str) -> Answer:
    """Undoing its line of the ledger brings it back."""
    actions.remove_webhook(webhook_at(request, webhook), by=request.auth.person)
    return Answer(status=204)


@fixed.post(
    ONE + "/secret", operation_id="change_webhook_secret", summary=noop("新しい署名キー"), tags=[WORDS],
    response=WebhookItem,
)  # fmt: skip
@in_steps
def change_secret(request: Asked, webhook: str) -> Any:
    """For 24 hours what is sent bears both signatures."""
    found = webhook_at(request, webhook)
    return _with_secret(request, lambda: (found, actions.change_secret(found, by=request.auth.person)), 200)


@fixed.post(
    ONE + "/take_over", operation_id="take_over_webhook", summary=noop("Webhookの引き継ぎ"), tags=[WORDS],
    response=WebhookItem,
)  # fmt: skip
def take_over(request: Asked, webhook: str) -> Answer:
    """From now on what the caller may see is sent."""
    found = webhook_at(request, webhook)
    actions.take_over_webhook(found, by=request.auth.person)
    return _shown(request, found)


@fixed.post(
    ONE + "/replay", operation_id="replay_webhook", summary=noop("Webhookの送り直し"), tags=[WORDS],
    response={202: JobItem},
)  # fmt: skip
def replay(request: Asked, webhook: str, body: Since) -> Answer:
    """All that happened since a day, or from a line of the ledger on, as a job."""
    found, by = webhook_at(request, webhook), request.auth.person
    return Answer(shown_job(asking.replay(found, by=by, day=body.day, line_number=body.line)), 202)


def webhook_at(request: Asked, uid: str) -> Webhook:
    rights.need(request.auth.person, "settings")
    found = Webhook.objects.kept().select_related("person").filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _with_secret(request: Asked, make: Callable[[], tuple[Webhook, str]], status: int) -> HttpResponse:
    def act() -> tuple[Answer, Tell]:
        webhook, secret = make()
        return _shown(request, webhook, status), lambda: {"secret": secret}

    return told_once(request, act)


def _shown(request: Asked, webhook: Webhook, status: int = 200) -> Answer:
    return Answer(shown_webhook(webhook, request.auth.viewer), status, {"ETag": f'"{webhook.version}"'})


def shown_webhook(webhook: Webhook, viewer: Viewer) -> dict[str, Any]:
    until = webhook.old_secret_until
    asked = narrowing.condition_of(webhook, viewer)
    hidden = asked is not None and asked.problems and webhook.person_id != viewer.pk
    return {
        "uid": str(webhook.uid), "name": webhook.name, "address": webhook.address, "kinds": webhook.kinds,
        "objects": webhook.objects_heard, "condition": None if hidden else webhook.condition,
        "held": narrowing.trouble_of(webhook), "active": webhook.active, "stopped": str(webhook.stopped),
        "person": named(webhook.person),
        "stopped_at": None if webhook.active else webhook.stopped_at, "version": webhook.version,
        "old_secret_until": until if until and until > timezone.now() else None,
        "created_at": webhook.created_at, "secret": None,
    }  # fmt: skip
