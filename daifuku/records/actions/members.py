"""Several people on one record: added and taken away, and what they may see and change follows at once."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import Conflict, FieldProblem, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.records.actions.editing import edit, locked
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue.object_type import Saved
from daifuku.records.models import MemberRule, Share
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def put_member(record: Any, person: Person, role: str = "", *, by: Person) -> Any:
    """Makes this person a member with this role, or gives the member another one. Raises Invalid, Forbidden, NotFound.

    Who is added at the same moment by somebody else stays: the record is held while its members are read.
    """
    if not person.is_active:
        raise Invalid([FieldProblem("person", _("退職した人はメンバーにできません。"), code="left")])
    with ledger.writing():
        held = locked(record, viewer_of(by), "edit")
        if held.owner_id == person.pk:
            raise Conflict(_("この人はすでに営業担当です。"), code="in_charge", field="person")
        others = [each for each in held.members if each["id"] != person.pk]
        wanted = {"uid": str(person.uid), "role": role}
        return edit(held, {"members": [*others, wanted]}, by=by)


def remove_member(record: Any, person: Person, *, by: Person) -> Any:
    """Takes the person off the record; where he is no member nothing happens. Raises Forbidden, NotFound."""
    with ledger.writing():
        held = locked(record, viewer_of(by), "edit")
        left = [each for each in held.members if each["id"] != person.pk]
        return edit(held, {"members": left}, by=by) if len(left) < len(held.members) else held


def keep_members(saved: Saved, by: Person) -> None:
    """After a save: the rows by which rights and conditions know the members stand as the record says."""
    told = [
        record for record, changed in saved if "members" in changed and (record.members or record.version > 1)
    ]
    if not told:
        return
    may_edit = MemberRule.members_may_edit()
    by_object: dict[str, list[Any]] = {}
    for record in told:
        by_object.setdefault(record.object_key, []).append(record)
    for object_key, records in by_object.items():
        keys = [record.pk for record in records]
        Share.objects.filter(object=object_key, record_id__in=keys).exclude(role="").delete()
        Share.objects.bulk_create(
            Share(
                object=object_key, record_id=record.pk, person_id=each["id"], role=each["role"], may_edit=may_edit
            )
            for record in records
            for each in record.members
        )  # fmt: skip


def let_members_edit(may_edit: bool, *, by: Person) -> None:
    """Whether members change records or only read them, from now on and for all that are there. Raises Forbidden."""
    need_settings(by)
    with ledger.writing():
        before = MemberRule.members_may_edit()
        if before == may_edit:
            return
        MemberRule.objects.update_or_create(pk=1, defaults={"may_edit": may_edit})
        Share.objects.exclude(role="").update(may_edit=may_edit)
        ledger.record("members.rule", by=by, data={"changes": {"may_edit": [before, may_edit]}})


def undo_rule(event: Any, by: Person) -> Any:
    from daifuku.ledger.kinds import Undone

    let_members_edit(event.data["changes"]["may_edit"][0], by=by)
    return Undone(1)


def member_named(record: Any, uid: Any) -> Person:
    """Raises NotFound where this person is no member."""
    found = next((each for each in record.members if each["uid"] == str(uid)), None)
    person: Person | None = Person.objects.filter(pk=found["id"]).first() if found else None
    if person is None:
        raise NotFound
    return person
