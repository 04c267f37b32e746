"""Who of the accounts and contacts may be meant by a lead. The one place that asks; `same` answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from daifuku.conversion.mapping.drafting import Draft
from daifuku.customers import same
from daifuku.customers.models import Lead
from daifuku.records.catalogue import registry, vocabulary
from daifuku.staff.viewer import Viewer

# What alone makes two certainly the same.
SURE = {"account": {"number"}, "contact": {"email"}}
MOST = 5


@dataclass(frozen=True)
class Proposed:
    """A record that may be meant, why, and whether that is certain."""

    record: Any
    words: str
    subtitle: str
    sure: bool


def proposed(lead: Lead, draft: Draft, viewer: Viewer) -> dict[str, list[Proposed]]:
    """Accounts and contacts, the likeliest first; those of the time before a pause stand before all others."""
    return {key: _earlier(lead, key, viewer) or _found(key, draft, viewer) for key in ("account", "contact")}


def _found(object_key: str, draft: Draft, viewer: Viewer) -> list[Proposed]:
    """By what this person may see of the lead: who is like it would tell him the rest."""
    fields, mine = vocabulary.fields_of(object_key), vocabulary.fields_for(viewer, "lead")
    values = {
        key: fields[key].type.form_value(piece.value)
        for key, piece in draft.pieces[object_key].items()
        if key in same.ASKED and piece.source.key in mine
    }
    if not values:
        return []
    found = same.of_values(registry.get(object_key), values, viewer, most=MOST, among=(object_key,))
    return [
        Proposed(
            each.record,
            each.words,
            each.subtitle,
            each.verdict == "sure" or bool(SURE[object_key] & set(each.kinds)),
        )
        for each in found
    ]


def _earlier(lead: Lead, object_key: str, viewer: Viewer) -> list[Proposed]:
    from daifuku.conversion.history import before_the_pause

    record = before_the_pause(lead, object_key, viewer)
    if record is None:
        return []
    from django.utils.translation import gettext as _

    return [Proposed(record, _("前回の取引"), registry.get(object_key).subtitle(record, viewer), True)]
