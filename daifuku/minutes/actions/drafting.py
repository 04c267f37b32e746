"""Drafts are no records yet: nobody else sees them, and no line is written. The last word counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.activities.models import Talk
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.sql import write_transaction
from daifuku.minutes.models import Draft, Presence
from daifuku.staff.models import Person

LONGEST = 200_000
HERE = timedelta(seconds=40)


def keep_draft(values: Mapping[str, Any], *, by: Person, talk: Talk | None, version: int = 0) -> Draft:
    """What stands in the form now. Raises Invalid."""
    # PostgreSQL keeps no NUL, and no form means one.
    kept = {name: str(value).replace("\x00", "") for name, value in values.items()}
    if sum(map(len, kept.values())) > LONGEST:
        raise Invalid([FieldProblem("text", _("20万文字までにしてください。"), code="too_long")])
    with write_transaction():
        draft, _made = Draft.objects.update_or_create(
            person=by, talk=talk, defaults={"values": kept, "version": version, "saved_at": timezone.now()}
        )
    return draft


def draft_of(person: Person, talk: Talk | None) -> Draft | None:
    found: Draft | None = Draft.objects.filter(person=person, talk=talk).first()
    return found


def drop_draft(*, by: Person, talk: Talk | None) -> None:
    with write_transaction():
        Draft.objects.filter(person=by, talk=talk).delete()


def present(talk: Talk, *, by: Person) -> None:
    with write_transaction():
        Presence.objects.update_or_create(talk=talk, person=by, defaults={"seen_at": timezone.now()})
        Presence.objects.filter(seen_at__lt=timezone.now() - 100 * HERE).delete()


def others_at(talk: Talk, person: Person) -> list[Person]:
    """Who else has the page open for writing."""
    rows = Presence.objects.filter(talk=talk, seen_at__gt=timezone.now() - HERE).exclude(person=person)
    return [each.person for each in rows.select_related("person").order_by("pk")]
