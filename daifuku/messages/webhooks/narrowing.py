"""The condition of a webhook: it hears only of records that meet it, asked with the rights of its owner.

It is asked when a line is lined up, of the record as it is then. A condition that cannot be asked (any more), because a
field was deleted or the owner does not see it, loses nothing: what happens is lined up all the same and held, and asked
when it goes, once the condition was mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.sql import write_transaction
from daifuku.ledger.models import Event, Subject
from daifuku.messages.models import Webhook, WebhookDelivery
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.records.catalogue import registry
from daifuku.records.conditions import Condition, parse_leniently
from daifuku.staff.viewer import Viewer

HELD = "webhook.held"
PAUSE = timedelta(minutes=1)
SENTENCE = gettext_noop(
    "Webhook「%(name)s」は、条件に使えない項目があるため送信を保留しています。条件を直すと、保留した分も送ります。"
)


def condition_of(webhook: Webhook, viewer: Viewer | None = None) -> Condition | None:
    """As its owner asks it, or as `viewer` would; None where there is none."""
    if not webhook.condition:
        return None
    return parse_leniently(webhook.condition, webhook.objects_heard[0], viewer or Viewer(webhook.person))


def trouble_of(webhook: Webhook) -> str:
    """Why it is held, in the language of whoever reads; empty where all is well."""
    condition = condition_of(webhook)
    return str(condition.problems[0].message) if condition and condition.problems else ""


def meeting(webhook: Webhook, events: Sequence[Event]) -> tuple[list[Event], bool]:
    """Those of the lines whose record meets the condition; all of them and False where it cannot be asked now."""
    condition = condition_of(webhook)
    if condition is None:
        return list(events), True
    if condition.problems:
        return list(events), False
    keys = {event.pk: _asked_about(event, condition) for event in events}
    met = _met(condition, {key for key in keys.values() if key is not None}, Viewer(webhook.person))
    return [event for event in events if keys[event.pk] is None or keys[event.pk] in met], True


def _asked_about(event: Event, condition: Condition) -> int | None:
    """The record that must meet it. What was erased is told in any case: whoever has a copy must erase it, too."""
    if event.kind.endswith(".erased"):
        return None
    main = [each for each in event.subjects.all() if each.role == Subject.MAIN]
    return next((each.record_id for each in main if each.object == condition.object_key), None)


def _met(condition: Condition, keys: Iterable[int], viewer: Viewer) -> set[int]:
    rows = registry.get(condition.object_key).model.objects.unrestricted(
        reason="what is told is asked elsewhere"
    )
    found = rows.filter(condition.q(viewer, timezone.localdate()), pk__in=list(keys))
    return set(found.values_list("pk", flat=True))


def hold(webhook: Webhook, delivery: WebhookDelivery) -> None:
    """Leaves the webhook in peace for a minute; its owner is told once, by the line that waits first."""
    with write_transaction():
        Webhook.objects.filter(pk=webhook.pk, holder=webhook.holder).update(
            rests_until=timezone.now() + PAUSE
        )
    if delivery.event is not None:
        address = reverse("messages:webhook", args=[webhook.uid])
        tell(webhook.person, HELD, Sentence(SENTENCE, {"name": webhook.name}), address, delivery.event)


def clean(raw: Any, objects: Sequence[str], viewer: Viewer) -> dict[str, Any]:
    """The condition as it is kept. Raises Invalid: it must be about one kind of record, and `viewer` able to ask it."""
    if not raw or raw in ({"all": []}, {"any": []}):
        return {}
    if len(objects) != 1:
        sentence = translation.gettext("条件をつけるには、記録の種類を1つだけ選んでください。")
        raise Invalid([FieldProblem("condition", sentence, code="one_object")])
    condition = parse_leniently(raw, objects[0], viewer)
    if condition.problems:
        raise Invalid(
            [FieldProblem("condition", each.message, code=each.code) for each in condition.problems]
        )
    return condition.to_json() if condition else {}
