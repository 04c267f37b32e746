"""What the records tell the staff below: which kinds there are to grant, and what somebody is in charge of."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.staff import objects, panels
from daifuku.staff.models import Person
from daifuku.staff.objects import Governed
from daifuku.staff.viewer import Viewer


def register() -> None:
    objects.set_source(governed)
    panels.add(panels.PersonPanel("in_charge", "records/parts/in_charge.html", in_charge))
    menu.add(
        menu.Entry(
            "settings.people", _("見える理由"), "records:why", "eye", 50, "staff",
            help=_("誰が、ある記録をなぜ見られるか・見られないか"),
        )
    )  # fmt: skip


def governed() -> list[Governed]:
    """Every kind of record with the fields that a role may hide or lock; its name stays, or nobody could find it."""
    return [
        Governed(
            kind.key,
            vocabulary.name_of(kind.key) or kind.name,
            tuple(
                (key, field.name)
                for key, field in vocabulary.fields_of(kind.key).items()
                if key not in (kind.lookup, "owner", "team", "privacy")
            ),
        )
        for kind in registry.every()
    ]


def in_charge(person: Person, viewer: Viewer) -> dict[str, Any] | None:
    """How many records of each kind the person is in charge of, as far as the viewer sees them."""
    counts = []
    for kind in registry.every():
        if viewer.may(kind.key, "view"):
            number = kind.model.objects.visible_to(viewer).filter(owner=person).count()
            if number:
                counts.append((vocabulary.name_of(kind.key) or kind.name, _list_of(kind, person), number))
    return {"counts": counts} if counts or not person.is_active else None


def _list_of(kind: ObjectType, person: Person) -> str:
    """The address of the list, narrowed down to these records."""
    mine = {"field": "owner", "op": "any_of", "value": [str(person.uid)]}
    asked = {"view": "all", "where": json.dumps({"all": [mine]})}
    return f"{reverse('records:list', args=[kind.slug])}?{urlencode(asked)}"
