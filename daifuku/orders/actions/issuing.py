"""What deliveries and purchases share: a record that comes into being together with its paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.documents import sealing
from daifuku.documents.models import Sealed
from daifuku.foundation.errors import Forbidden
from daifuku.ledger import writing as ledger
from daifuku.orders.papers import Compose
from daifuku.records import derived
from daifuku.records.actions.saving import about, initial_changes, settle
from daifuku.records.catalogue import registry, vocabulary
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

BY_HAND = _("このページからは登録できません。受注のページのボタンから進んでください。")


def register(record: Any, *, by: Person) -> None:
    """Saves a new record that a verb has made, and its line in the ledger. Raises Forbidden, Invalid."""
    object_type, viewer = registry.of(record), viewer_of(by)
    if not viewer.may(record.object_key, "create"):
        raise Forbidden
    record.by_verb = True
    fields = vocabulary.fields_of(record.object_key)
    settle(object_type, record, frozenset(fields), viewer)
    record.created_by = by
    record.save(force_insert=True)
    object_type.follow([(record, frozenset(fields))], by)


def tell(record: Any, *, by: Person, data: dict[str, Any] | None = None) -> None:
    """After its lines and number are there: what it is found by, and the line of its registration."""
    object_type = registry.of(record)
    derived.keep(object_type, [record], new=True)
    changes = initial_changes(vocabulary.fields_of(record.object_key), record)
    ledger.record(
        object_type.event("created"), by=by, about=about(object_type, record),
        data={"changes": changes, **(data or {})},
    )  # fmt: skip


def issue(
    kind: str, record: Any, compose: Compose, day: date, *, by: Person, replaces: Sealed | None = None
) -> Sealed:
    """The paper of a record: number and day are put on the record as well."""
    copy = sealing.seal(kind, record, compose, day, by=by, replaces=replaces)
    record.number, record.issued_on = copy.number, day
    record.save(update_fields=["number", "issued_on"])
    return copy


def refuse_by_hand(record: Any, changed: frozenset[str], viewer: Any) -> Any:
    """A check: such records come from verbs alone."""
    from daifuku.foundation.errors import FieldProblem

    if record.pk is None and not getattr(record, "by_verb", False):
        yield FieldProblem("account", BY_HAND, code="by_verb")
