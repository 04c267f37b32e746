"""Who is told of what and when: the firm's matrix, one's own choices, whole customers followed, browsers woken."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of, uid_of
from daifuku.api.routing import fixed
from daifuku.foundation.errors import NotFound
from daifuku.messages.push import devices
from daifuku.messages.sharing import changing, own, watching
from daifuku.messages.sharing.matrix import Cell, Matrix
from daifuku.records.catalogue import registry
from daifuku.records.presenting.links import address
from daifuku.staff.actions import rights
from daifuku.staff.models import Role

WORDS = noop("情報共有")


class SharingCell(Schema):
    """`shipped`: as it came with the program."""

    happening: str
    label: str
    object: str
    timing: str
    depth: str
    condition: dict[str, Any]
    shipped: bool


class SharingRole(Schema):
    role: str
    label: str
    happenings: list[SharingCell]


class Sharing(Schema):
    roles: list[SharingRole]


class NewCell(Schema):
    """`timing`: at_once, hourly, morning, weekly, app, never. `depth`: headline, full. `condition`: one of the
    condition language about the happening's object, {} for none."""

    model_config = ConfigDict(extra="forbid")

    timing: str | None = None
    depth: str | None = None
    condition: dict[str, Any] | None = None


class NewCells(Schema):
    model_config = ConfigDict(extra="forbid")

    happenings: dict[str, NewCell]


class Topic(Schema):
    """What one may be told of: `firm` is when the firm foresees it, `timing` when it is, `choices` what may be."""

    key: str
    label: str
    firm: str
    timing: str
    choices: list[str]


class Receiving(Schema):
    quiet_from: str
    quiet_until: str
    quiet_days: bool
    by_mail: bool
    push_words: bool
    topics: list[Topic]


class ReceivingChange(Schema):
    """Equal times mean no quiet hours. `timings`: {topic: timing}, quieter than the firm foresees."""

    model_config = ConfigDict(extra="forbid")

    quiet_from: time | None = None
    quiet_until: time | None = None
    quiet_days: bool | None = None
    by_mail: bool | None = None
    push_words: bool | None = None
    timings: dict[str, str] | None = None


class WatchedItem(Schema):
    object: str
    slug: str
    uid: str
    label: str
    url: str


class Watched(Schema):
    items: list[WatchedItem]


class Watching(Schema):
    watched: bool


class PushDeviceItem(Schema):
    uid: str
    name: str
    created_at: Any
    reached_at: Any


class PushDevices(Schema):
    items: list[PushDeviceItem]


@fixed.get(
    "/sharing", operation_id="list_sharing", summary=noop("情報共有の表"), tags=[WORDS], response=Sharing
)
def list_sharing(request: Asked) -> Answer:
    """What each role is told of each happening."""
    rights.need(request.auth.person, "settings")
    matrix = Matrix()
    return Answer({"roles": [_role(role, matrix) for role in matrix.roles]})


@fixed.put(
    "/sharing/{role}", operation_id="change_sharing", summary=noop("役割への共有を変える"), tags=[WORDS],
    response=SharingRole,
)  # fmt: skip
def change_sharing(request: Asked, role: str, body: NewCells) -> Answer:
    """Changes the happenings that are sent, and of each only what is sent."""
    by = request.auth.person
    rights.need(by, "settings")
    found = Role.objects.filter(key=role).first()
    if found is None:
        raise NotFound
    cells = {key: cell.model_dump(exclude_unset=True) for key, cell in body.happenings.items()}
    changing.tell_role(found, cells, by=by)
    return Answer(_role(found, Matrix()))


@fixed.get(
    "/me/receiving",
    operation_id="get_receiving",
    summary=noop("お知らせの受け取り"),
    tags=[WORDS],
    response=Receiving,
)
def get_receiving(request: Asked) -> Answer:
    """When one may be disturbed, and of what one is told when."""
    return _receiving(request)


@fixed.patch(
    "/me/receiving", operation_id="change_receiving", summary=noop("お知らせの受け取りを変える"), tags=[WORDS],
    response=Receiving,
)  # fmt: skip
def change_receiving(request: Asked, body: ReceivingChange) -> Answer:
    """Changes what is sent."""
    person = request.auth.person
    sent = body.model_dump(exclude_unset=True, exclude_none=True)
    own.choose(sent.pop("timings", {}), by=person)
    if sent:
        row = own.receiving_of([person.pk])[person.pk]
        own.be_reached(by=person, **{name: sent.get(name, getattr(row, name)) for name in own.REACHED_BY})
    return _receiving(request)


@fixed.get(
    "/me/watched", operation_id="list_watched", summary=noop("まるごとフォローしているお客様"), tags=[WORDS],
    response=Watched,
)  # fmt: skip
def list_watched(request: Asked) -> Answer:
    """The latest first; what one may not see any more is left out."""
    items = [
        {
            "object": record.object_key, "slug": registry.of(record).slug, "uid": str(record.uid),
            "label": str(record), "url": address(record),
        }
        for record in watching.watched(request.auth.viewer)
    ]  # fmt: skip
    return Answer({"items": items})


@fixed.put(
    "/accounts/{uid}/watch", operation_id="watch_account", summary=noop("まるごとフォロー"), response=Watching
)
def watch_account(request: Asked, uid: str) -> Answer:
    """From now on all that happens with it, its people, talks, plans, tasks and files is told."""
    return _watch(request, "accounts", uid, on=True)


@fixed.delete(
    "/accounts/{uid}/watch", operation_id="unwatch_account", summary=noop("まるごとフォローをやめる"),
    response=Watching,
)  # fmt: skip
def unwatch_account(request: Asked, uid: str) -> Answer:
    """One that is not followed stays so."""
    return _watch(request, "accounts", uid, on=False)


@fixed.put(
    "/leads/{uid}/watch", operation_id="watch_lead", summary=noop("まるごとフォロー"), response=Watching
)
def watch_lead(request: Asked, uid: str) -> Answer:
    """The same of a lead."""
    return _watch(request, "leads", uid, on=True)


@fixed.delete(
    "/leads/{uid}/watch",
    operation_id="unwatch_lead",
    summary=noop("まるごとフォローをやめる"),
    response=Watching,
)
def unwatch_lead(request: Asked, uid: str) -> Answer:
    """One that is not followed stays so."""
    return _watch(request, "leads", uid, on=False)


@fixed.get(
    "/me/push_devices", operation_id="list_push_devices", summary=noop("通知を受け取る端末"), tags=[WORDS],
    response=PushDevices,
)  # fmt: skip
def list_push_devices(request: Asked) -> Answer:
    """A browser is switched on in that browser itself, while one is signed in there."""
    items = [
        {
            "uid": str(device.uid), "name": device.name, "created_at": device.created_at,
            "reached_at": device.reached_at,
        }
        for device in devices.of(request.auth.person)
    ]  # fmt: skip
    return Answer({"items": items})


@fixed.delete(
    "/me/push_devices/{device}", operation_id="remove_push_device", summary=noop("端末への通知を止める"), tags=[WORDS],
    response={204: None},
)  # fmt: skip
def remove_push_device(request: Asked, device: str) -> Answer:
    """One of one's own."""
    devices.remove(by=request.auth.person, uid=uid_of(device))
    return Answer(None, 204)


def _role(role: Role, matrix: Matrix) -> dict[str, Any]:
    return {"role": role.key, "label": role.name, "happenings": [_cell(cell) for cell in matrix.column(role)]}


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "happening": cell.happening.key, "label": str(cell.happening.label), "object": cell.happening.object,
        "timing": str(cell.timing), "depth": str(cell.depth), "condition": cell.condition, "shipped": cell.shipped,
    }  # fmt: skip


def _receiving(request: Asked) -> Answer:
    person = request.auth.person
    row = own.receiving_of([person.pk])[person.pk]
    topics = [
        {
            "key": key, "label": str(words), "firm": str(firm), "timing": str(timing),
            "choices": [str(each) for each in own.choices_for(key, firm)],
        }
        for key, words, firm, timing in own.topics_of(person)
    ]  # fmt: skip
    return Answer(
        {
            "quiet_from": f"{row.quiet_from:%H:%M}", "quiet_until": f"{row.quiet_until:%H:%M}",
            "quiet_days": row.quiet_days, "by_mail": row.by_mail, "push_words": row.push_words, "topics": topics,
        }
    )  # fmt: skip


def _watch(request: Asked, slug: str, uid: str, *, on: bool) -> Answer:
    viewer, person = request.auth.viewer, request.auth.person
    record = record_of(viewer, object_of(viewer, slug), uid)
    (own.watch if on else own.unwatch)(record, by=person)
    return Answer({"watched": own.watches(record, person)})
