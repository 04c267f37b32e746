"""What is sent of a line: as the API tells it to the webhook's owner, and nothing that he may not see."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from daifuku.ledger import kinds
from daifuku.ledger.models import Event, Subject
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.webhooks import hearing
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.presenting.lines import LinePresenter
from daifuku.staff.viewer import Viewer

LEFT_OUT = frozenset({"undoable"})


def ready_to_tell(events: QuerySet[Event]) -> QuerySet[Event]:
    return events.select_related("actor").prefetch_related("subjects")


def lines_for(webhook: Webhook, events: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """By number those lines that the owner may know of; a change of which he sees nothing is none for him."""
    viewer, records = Viewer(webhook.person), hearing.keys_of(hearing.about_records())
    with translation.override(webhook.person.language):
        told = LinePresenter(viewer).many([event for event in events if event.kind in records])
        if viewer.has_power("audit"):
            firm = [event for event in events if event.kind not in records]
            told += LinePresenter(viewer, all_lines=True).many(firm)
    changed = {event.pk: set(event.changes) for event in events if event.kind in records}
    return {
        line["id"]: line
        for line in told
        if line["changes"] or not _fields(line, changed.get(line["id"], set()))
    }


def _fields(line: dict[str, Any], names: set[str]) -> set[str]:
    """Those of the changed names that are fields of the record: the owner sees none of them."""
    key = line["kind"].partition(".")[0]
    return names & set(vocabulary.fields_of(key)) if names else names


def body_for(delivery: WebhookDelivery) -> bytes | None:
    """The JSON that goes out; None when the owner may not know of the line (any more)."""
    webhook = delivery.webhook
    if delivery.is_test:
        return _dump({**_frame(delivery), **_test(webhook)})
    event = ready_to_tell(Event.objects.filter(pk=delivery.event_id or 0)).first()
    line = lines_for(webhook, [event]).get(event.pk) if event else None
    if event is None or line is None:
        return None
    told = {name: value for name, value in line.items() if name not in LEFT_OUT}
    return _dump({**_frame(delivery), **told, **_record(line), "detail": _detail(event)})


def _frame(delivery: WebhookDelivery) -> dict[str, Any]:
    webhook = delivery.webhook
    return {
        "delivery": str(delivery.uid),
        "attempt": delivery.attempts + 1,
        "webhook": {"uid": str(webhook.uid), "name": webhook.name},
    }


def _test(webhook: Webhook) -> dict[str, Any]:
    with translation.override(webhook.person.language):
        return {
            "id": None, "at": timezone.now().isoformat(timespec="milliseconds"), "kind": "test",
            "label": _("テスト送信"), "sentence": _("大福帳からのテスト送信です。"), "actor": None, "changes": {},
            "object": None, "uid": None, "name": "", "url": None,
        }  # fmt: skip


def _record(line: dict[str, Any]) -> dict[str, Any]:
    """The record that the line is about, where it is about one."""
    slugs = {each.key: each.slug for each in registry.every()}
    main = next((each for each in line["subjects"] if each["role"] == Subject.MAIN), None)
    if main is None:
        return {"object": None, "uid": None, "name": "", "url": None}
    slug = slugs.get(main["object"])
    url = f"{settings.BASE_URL}/{slug}/{main['uid']}/" if slug and main["uid"] else None
    return {"object": main["object"], "uid": main["uid"], "name": main["label"], "url": url}


def _detail(event: Event) -> str:
    """A comment's words, a file's name."""
    key = kinds.get(event.kind).detail
    return "" if event.erased or not key else str(event.data.get(key, ""))


def _dump(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str).encode()
