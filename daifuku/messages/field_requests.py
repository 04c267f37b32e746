"""Whoever keeps the fields hears of requests for new ones; whoever asked and supported hears what became of them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from daifuku.ledger import subscribing
from daifuku.ledger.models import Event
from daifuku.messages.notices import Sentence
from daifuku.messages.subscribers import tell
from daifuku.records.models import CustomField, FieldRequest
from daifuku.records.requests import reporting
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

ASKED, DECIDED, REVIEW = "field_request.asked", "field_request.decided", "field.review"
ASKING = ("field_request.asked", "field_request.asked_again")
DECISIONS = {
    "field_request.approved": gettext_noop("%(actor)sさんが、項目「%(name)s」の申請を承認しました。"),
    "field_request.declined": gettext_noop(
        "%(actor)sさんが、項目「%(name)s」の申請を見送りました。理由: %(reason)s"
    ),
    "field_request.reopened": gettext_noop("%(actor)sさんが、項目「%(name)s」の申請を申請中に戻しました。"),
    "field_request.done": gettext_noop(
        "%(actor)sさんが、申請された項目「%(name)s」を追加しました。もう使えます。"
    ),
}
LONGEST_REASON = 200


def subscribe() -> None:
    subscribing.subscribe("messages.field_requests", ASKING, tell_keepers)
    subscribing.subscribe("messages.field_decisions", list(DECISIONS), tell_decision)


def tell_keepers(event: Event) -> None:
    """Not of what was taken back at once."""
    row = _request(event)
    if row is None or not row.is_open:
        return
    sentence = Sentence(
        gettext_noop("%(actor)sさんが、項目「%(name)s」の追加を申請しました。"),
        {"actor": event.actor or gettext("大福帳"), "name": row.label},
    )
    for person in keepers():
        if person.pk != event.actor_id:
            tell(person, ASKED, sentence, _address(row), event)


def tell_decision(event: Event) -> None:
    """Whoever asked is told all; supporters that it comes, and that it does not."""
    row = _request(event)
    if row is None:
        return
    values = {
        "actor": event.actor or gettext("大福帳"), "name": row.label,
        "reason": str(event.data.get("reason", ""))[:LONGEST_REASON],
    }  # fmt: skip
    for person in _concerned(row, event):
        tell(person, DECIDED, Sentence(DECISIONS[event.kind], values), _address(row), event)


def remind_of_reviews() -> None:
    """Every morning: of each field whose day has come; once for each day that was set."""
    for field, line in reporting.to_be_reviewed(timezone.localdate()):
        sentence = Sentence(
            gettext_noop("項目「%(name)s」の見直し日です。続けるか、やめるかを決めてください。"),
            {"name": field.label},
        )
        for person in keepers():
            tell(person, REVIEW, sentence, reverse("records:field_usage_of", args=[field.object]), line)


def anything_to_review() -> bool:
    today = timezone.localdate()
    return CustomField.objects.filter(retired_at__isnull=True, review_on__lte=today).exists()


def keepers() -> list[Person]:
    """Who may add fields."""
    everybody = Person.objects.working().prefetch_related("roles")
    return [person for person in everybody if Viewer(person).has_power("settings")]


def _concerned(row: FieldRequest, event: Event) -> Iterable[Person]:
    """Those who may still know of such records."""
    wanted = Q(pk=row.asked_by_id)
    if event.kind in {"field_request.declined", "field_request.done"}:
        wanted |= Q(pk__in=row.supports.values_list("person_id", flat=True))
    people = Person.objects.working().filter(wanted).exclude(pk=event.actor_id)
    return [person for person in people if Viewer(person).may(row.object, "view")]


def _request(event: Event) -> FieldRequest | None:
    return FieldRequest.objects.filter(pk=event.data.get("request")).first()


def _address(row: FieldRequest) -> str:
    return reverse("records:field_request", args=[row.uid])
