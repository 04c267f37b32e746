"""The page of one delivery: what was sent, what came back, sending it again."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from daifuku.foundation.errors import NotFound
from daifuku.messages.models import WebhookDelivery
from daifuku.messages.views.webhooks import find
from daifuku.messages.webhooks import asking, hearing
from daifuku.staff.views.finding import me


@require_safe
@never_cache
def delivery(request: HttpRequest, uid: UUID, delivery: UUID) -> HttpResponse:
    return render(request, "messages/webhook_delivery.html", _context(request, uid, delivery))


@require_safe
@never_cache
def progress(request: HttpRequest, uid: UUID, delivery: UUID) -> HttpResponse:
    """The part that the page asks for every second while the first attempt is to come."""
    return render(request, "messages/parts/webhook_delivery.html", _context(request, uid, delivery))


@require_POST
def send_again(request: HttpRequest, uid: UUID, delivery: UUID) -> HttpResponse:
    found = _find(request, uid, delivery)
    asking.send_again(found, by=me(request))
    return redirect("messages:webhook_delivery", found.webhook.uid, found.uid)


def _find(request: HttpRequest, uid: UUID, delivery: UUID) -> WebhookDelivery:
    webhook = find(request, uid)
    found: WebhookDelivery | None = WebhookDelivery.objects.filter(webhook=webhook, uid=delivery).first()
    if found is None:
        raise NotFound
    found.webhook = webhook
    return found


def _context(request: HttpRequest, uid: UUID, delivery: UUID) -> dict[str, Any]:
    """What was sent its owner alone may read: others may see less than he."""
    found = _find(request, uid, delivery)
    mine = found.webhook.person_id == me(request).pk
    waiting = found.state == WebhookDelivery.State.WAITING
    return {
        "webhook": found.webhook, "delivery": found, "label": hearing.label_of(found.kind), "mine": mine,
        "body": pretty(found.body) if mine else "", "answer": found.answer if mine else "",
        "soon": waiting and found.attempts == 0 and found.webhook.active,
    }  # fmt: skip


def pretty(body: str) -> str:
    """With line breaks, for people."""
    return json.dumps(json.loads(body), ensure_ascii=False, indent=2) if body else ""
