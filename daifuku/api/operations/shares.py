"""Records opened to one more person or team."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.finding import number_of, object_of, record_of, uid_of
from daifuku.api.routing import records
from daifuku.foundation.errors import NotFound
from daifuku.records.actions import sharing
from daifuku.records.models import Share
from daifuku.staff.models import Person, Team


class ShareWish(Schema):
    model_config = ConfigDict(extra="forbid")

    may_edit: bool = False
    with_talks: bool = False


class ShareItem(Schema):
    """`person` or `team`, the other one is null. `with_talks`: the customer's talks and plans are open as well."""

    person: dict[str, Any] | None
    team: dict[str, Any] | None
    may_edit: bool
    with_talks: bool


class Shares(Schema):
    items: list[ShareItem]


@records.get("/{slug}/{uid}/shares", operation_id="shares_{object}", summary=noop("共有先"), response=Shares)
def list_shares(request: Asked, slug: str, uid: str) -> Answer:
    """To whom it was opened beyond what their roles reach."""
    return _all(_record(request, slug, uid))


@records.put(
    "/{slug}/{uid}/shares/{guest}", operation_id="share_{object}", summary=noop("共有する"), response=Shares
)
def put_share(request: Asked, slug: str, uid: str, guest: str, body: ShareWish) -> Answer:
    """`guest` is the uid of a person or the id of a team; with `may_edit` they may change it too, with
    `with_talks` they also see the talks and plans of this account or lead."""
    record = _record(request, slug, uid)
    found = _guest(guest)
    if isinstance(found, Person) and not found.is_active:
        raise NotFound
    sharing.share(record, found, by=request.auth.person, may_edit=body.may_edit, with_talks=body.with_talks)
    return _all(record)


@records.delete(
    "/{slug}/{uid}/shares/{guest}",
    operation_id="unshare_{object}",
    summary=noop("共有をやめる"),
    response=Shares,
)
def remove_share(request: Asked, slug: str, uid: str, guest: str) -> Answer:
    """Roles reach as before; where there is none nothing happens."""
    record = _record(request, slug, uid)
    sharing.unshare(record, _guest(guest), by=request.auth.person)
    return _all(record)


def _record(request: Asked, slug: str, uid: str) -> Any:
    return record_of(request.auth.viewer, object_of(request.auth.viewer, slug), uid)


def _guest(word: str) -> Person | Team:
    found: Person | Team | None
    if word.isdecimal():
        found = Team.objects.filter(pk=number_of(word)).first()
    else:
        found = Person.objects.filter(uid=uid_of(word)).first()
    if found is None:
        raise NotFound
    return found


def _all(record: Any) -> Answer:
    return Answer({"items": [_shown(share) for share in sharing.shares_of(record)]})


def _shown(share: Share) -> dict[str, Any]:
    person, team = share.person, share.team
    return {
        "person": named(person) if person else None,
        "team": {"id": team.pk, "label": str(team)} if team else None,
        "may_edit": share.may_edit,
        "with_talks": share.with_talks,
    }
