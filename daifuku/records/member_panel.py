"""Who works on a record besides the person in charge, and where nobody is: whose queue it waits in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.records.actions.taking import may_take
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.catalogue.panel import Panel
from daifuku.records.catalogue.types import Members
from daifuku.records.models import HasMembers
from daifuku.records.scope import sees
from daifuku.staff.models import Person, Team
from daifuku.staff.viewer import Viewer


def register(object_type: ObjectType) -> None:
    if not issubclass(object_type.model, HasMembers):
        return
    object_type.panels += [
        Panel("members", _("メンバー"), "records/panels/members.html", members, "side", 5),
        Panel("queue", _("担当待ち"), "records/panels/queue.html", queue, "head", 2),
    ]


def members(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    """Each member with his role; whoever may change the record adds and takes away."""
    field = vocabulary.fields_for(viewer, record.object_key).get("members")
    if field is None or not isinstance(field.type, Members):
        return None
    keys = [each["id"] for each in record.members]
    people = {person.pk: person for person in Person.objects.filter(pk__in=keys)} if keys else {}
    rows = [
        (people[each["id"]], field.type.option(each["role"]))
        for each in record.members
        if each["id"] in people
    ]
    editable = record.trashed_at is None and sees(viewer, record, "edit")
    locked = viewer.field_rule(record.object_key, "members") == "readonly"
    return {"rows": rows, "may_edit": editable and not locked, "roles": field.type.offered()}


def offered_people(record: Any) -> list[Person]:
    """Who may be added: everybody at work but the person in charge."""
    return list(Person.objects.working().exclude(pk=record.owner_id))


def queue(record: Any, viewer: Viewer) -> dict[str, Any] | None:
    """Only while nobody is in charge, and the record is not done with."""
    if record.owner_id is not None or record.trashed_at is not None or registry.of(record).is_aside(record):
        return None
    team = Team.objects.filter(pk=record.team_id).first() if record.team_id else None
    return {"team": team, "may_take": may_take(viewer, record)}
