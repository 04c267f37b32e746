"""What was sent to a webhook and what came of it; a test, one sent again, what waits taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query

from daifuku.api.answers import Answer, paged
from daifuku.api.auth import Asked
from daifuku.api.finding import uid_of
from daifuku.api.operations.webhooks import ONE, WORDS, webhook_at
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.webhooks import asking

ALL = ONE + "/deliveries"
DELIVERY = ALL + "/{delivery}"


class DeliveryItem(Schema):
    """`state` is waiting, done, failed or skipped; `due_at` is when it is tried (again)."""

    uid: str
    kind: str
    event: int | None
    state: str
    attempts: int
    created_at: datetime
    tried_at: datetime | None
    due_at: datetime | None
    status: int | None
    milliseconds: int | None
    error: str
    sentence: str


class DeliveryWhole(DeliveryItem):
    """With `body` as it went last and the beginning of the `answer`, for the owner of the webhook alone."""

    detail: str | None
    body: str | None
    answer: str | None


class Deliveries(Schema):
    items: list[DeliveryItem]
    next: str | None


class Dropped(Schema):
    dropped: int


@fixed.get(
    ALL, operation_id="list_webhook_deliveries", summary=noop("Webhookの送信の記録"), tags=[WORDS],
    response=Deliveries,
)  # fmt: skip
def list_deliveries(
    request: Asked,
    webhook: str,
    size: int = Query(50, ge=1, le=200),
    before: str = Query("", description=noop("前のページの next"), max_length=40),
    state: Literal["", "waiting", "done", "failed", "skipped"] = "",
) -> Answer:
    """Newest first."""
    found = webhook_at(request, webhook)
    rows = WebhookDelivery.objects.filter(webhook=found).defer("body", "answer")
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(pk__lt=_delivery(found, before).pk)
    page, following = paged(rows.order_by("-id"), size)
    return Answer({"items": [_shown(row) for row in page], "next": following})


@fixed.delete(
    ALL, operation_id="drop_webhook_deliveries", summary=noop("送信待ちの取りやめ"), tags=[WORDS],
    response=Dropped,
)  # fmt: skip
def drop_deliveries(request: Asked, webhook: str) -> Answer:
    """What waits is not sent; each can still be sent by itself."""
    return Answer({"dropped": asking.drop_waiting(webhook_at(request, webhook), by=request.auth.person)})


@fixed.post(
    ONE + "/test", operation_id="test_webhook", summary=noop("Webhookのテスト送信"), tags=[WORDS],
    response={202: DeliveryItem},
)  # fmt: skip
def test_webhook(request: Asked, webhook: str) -> Answer:
    """Sent in a moment; its delivery says what came of it."""
    return Answer(_shown(asking.send_test(webhook_at(request, webhook), by=request.auth.person)), 202)


@fixed.get(
    DELIVERY, operation_id="get_webhook_delivery", summary=noop("Webhookの1回の送信"), tags=[WORDS],
    response=DeliveryWhole,
)  # fmt: skip
def get_delivery(request: Asked, webhook: str, delivery: str) -> Answer:
    """What was sent, its owner alone may read: others may see less than he."""
    found = webhook_at(request, webhook)
    row, mine = _delivery(found, delivery), found.person_id == request.auth.person.pk
    words = {name: getattr(row, name) if mine else None for name in ("detail", "body", "answer")}
    return Answer({**_shown(row), **words})


@fixed.post(
    DELIVERY + "/again", operation_id="send_webhook_again", summary=noop("Webhookをもう一度送る"), tags=[WORDS],
    response={202: DeliveryItem},
)  # fmt: skip
def send_again(request: Asked, webhook: str, delivery: str) -> Answer:
    """Under the same number."""
    row = _delivery(webhook_at(request, webhook), delivery)
    return Answer(_shown(asking.send_again(row, by=request.auth.person)), 202)


def _delivery(webhook: Webhook, uid: str) -> WebhookDelivery:
    found: WebhookDelivery | None = WebhookDelivery.objects.filter(webhook=webhook, uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    found.webhook = webhook
    return found


def _shown(row: WebhookDelivery) -> dict[str, Any]:
    waiting = row.state == WebhookDelivery.State.WAITING
    return {
        "uid": str(row.uid), "kind": row.kind, "event": row.event_id, "state": str(row.state),
        "attempts": row.attempts, "created_at": row.created_at, "tried_at": row.tried_at,
        "due_at": row.due_at if waiting else None, "status": row.status, "milliseconds": row.milliseconds,
        "error": row.error, "sentence": row.trouble,
    }  # fmt: skip
