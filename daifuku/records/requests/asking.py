"""Anybody who writes records may ask for a field; colleagues support it, whoever asked may take it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, Forbidden, NotFound, Stale
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records.actions.custom_fields import known_object
from daifuku.records.catalogue import registry
from daifuku.records.models import FieldRequest, FieldRequestSupport
from daifuku.records.requests.details import DETAILS, clean_request, written
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

State = FieldRequest.State


def may_ask(viewer: Viewer, object_key: str) -> bool:
    """Whoever fills in such records knows what is missing there."""
    return viewer.may_write(object_key)


def visible_to(viewer: Viewer) -> QuerySet[FieldRequest]:
    """Requests about records that this person knows of."""
    known = [each.key for each in registry.known_to(viewer)]
    return FieldRequest.objects.filter(object__in=known).select_related("asked_by", "decided_by", "field")


def ask_for_field(object_key: str, *, by: Person, **details: Any) -> FieldRequest:
    """Asks whoever keeps the fields for one more. Raises Invalid, Forbidden, NotFound.

    `details`: label, type, choices, purpose, decider, enterer, review_on.
    """
    known_object(object_key)
    viewer = viewer_of(by)
    if not viewer.may(object_key, "view"):
        raise NotFound
    if not may_ask(viewer, object_key):
        raise Forbidden
    row = FieldRequest(object=object_key, asked_by=by, asked_at=moment())
    needed = {**dict.fromkeys(DETAILS, ""), "choices": []}
    for name, value in clean_request(row, {**needed, **details}).items():
        setattr(row, name, value)
    with ledger.writing():
        row.save(force_insert=True)
        tell("asked", row, by)
    return row


def change_request(
    request: FieldRequest, changes: Mapping[str, Any], *, by: Person, version: int | None = None
) -> FieldRequest:
    """Whoever asked may word it better while nobody has decided.

    Raises Invalid, Forbidden, Conflict, Stale, NotFound.
    """
    with ledger.writing():
        row = held(request, by, version)
        need_own(row, by)
        need_state(row, State.OPEN)
        done = {}
        for name, value in clean_request(row, changes).items():
            if getattr(row, name) != value:
                done[name] = [written(getattr(row, name)), written(value)]
                setattr(row, name, value)
        if done:
            save(row)
            tell("edited", row, by, {"changes": done})
    return row


def withdraw_request(request: FieldRequest, *, by: Person, undoes: Event | None = None) -> FieldRequest:
    """Whoever asked needs it no more. Raises Forbidden, Conflict, NotFound."""
    return _turn(request, by, State.OPEN, State.WITHDRAWN, "withdrawn", undoes)


def ask_again(request: FieldRequest, *, by: Person, undoes: Event | None = None) -> FieldRequest:
    """Whoever took the request back asks again. Raises Forbidden, Conflict, NotFound."""
    return _turn(request, by, State.WITHDRAWN, State.OPEN, "asked_again", undoes)


def _turn(
    request: FieldRequest, by: Person, before: str, after: str, what: str, undoes: Event | None
) -> FieldRequest:
    """One that stands so already stays as it is."""
    with ledger.writing():
        row = held(request, by)
        need_own(row, by)
        if row.state != after:
            need_state(row, before)
            row.state = after
            save(row)
            tell(what, row, by, undoes=undoes)
    return row


def support(request: FieldRequest, *, by: Person, undoes: Event | None = None) -> None:
    """Would like it as well; a second time changes nothing. Raises Forbidden, Conflict, NotFound."""
    with ledger.writing():
        row = held(request, by)
        _need_colleague(row, by)
        _made, fresh = FieldRequestSupport.objects.get_or_create(
            request=row, person=by, defaults={"at": moment()}
        )
        if fresh:
            tell("supported", row, by, undoes=undoes)


def take_support_back(request: FieldRequest, *, by: Person, undoes: Event | None = None) -> None:
    """Raises Forbidden, Conflict, NotFound."""
    with ledger.writing():
        row = held(request, by)
        _need_colleague(row, by)
        gone, _each = FieldRequestSupport.objects.filter(request=row, person=by).delete()
        if gone:
            tell("support_taken", row, by, undoes=undoes)


def _need_colleague(row: FieldRequest, by: Person) -> None:
    if not may_ask(viewer_of(by), row.object):
        raise Forbidden
    need_state(row, State.OPEN, State.APPROVED)
    if row.asked_by_id == by.pk:
        raise Conflict(_("ご自身の申請です。賛成はほかの人がつけられます。"), code="own_request")


def held(request: FieldRequest, by: Person, version: int | None = None) -> FieldRequest:
    """The request as it is now, held until the transaction ends. Raises NotFound, Stale."""
    known = visible_to(viewer_of(by)).filter(pk=request.pk).exists()
    row = FieldRequest.objects.select_for_update().filter(pk=request.pk).first() if known else None
    if row is None:
        raise NotFound
    if version is not None and version != row.version:
        raise Stale(
            _("この申請は別の画面で変更されました。開き直してください。"), context={"version": row.version}
        )
    return row


def need_own(row: FieldRequest, by: Person) -> None:
    if row.asked_by_id != by.pk:
        raise Forbidden(_("申請した本人だけができる操作です。"))


def need_state(row: FieldRequest, *wanted: str) -> None:
    if row.state not in wanted:
        raise Conflict(
            _("この申請はすでに「%(state)s」です。画面を開き直してください。")
            % {"state": FieldRequest.State(row.state).label},
            code="already_decided",
        )


def save(row: FieldRequest) -> None:
    row.version += 1
    row.save()


def tell(
    what: str,
    row: FieldRequest,
    by: Person,
    more: Mapping[str, Any] | None = None,
    undoes: Event | None = None,
) -> Event:
    return ledger.record(
        f"field_request.{what}", by=by, about=[About("field_request", row.pk)], undoes=undoes,
        data={"request": row.pk, "object": row.object, "name": row.label, **(more or {})},
    )  # fmt: skip
