"""Several records become one, in one transaction: chosen values, everything that hangs on them, one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from daifuku.customers.models import Affiliation
from daifuku.dedupe.actions import note_merged
from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.foundation.sql.tree import one_at_a_time
from daifuku.foundation.uuid7 import uuid7
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.writing import About
from daifuku.merging.asking import need_mergeable, need_number, need_open_books, need_untraded
from daifuku.merging.models import Merge
from daifuku.merging.proposing import ALL, Proposal, propose
from daifuku.records import derived, hanging
from daifuku.records.actions.editing import apply, stale, stamp
from daifuku.records.actions.saving import settle
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.formulas.turns import take_turn
from daifuku.records.hanging.moving import write
from daifuku.records.hanging.places import Place
from daifuku.records.models import Absorbed
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

POST = frozenset({"account", "department", "title"})


def merge(
    records: Sequence[Any],
    survivor: Any,
    *,
    by: Person,
    choices: Mapping[str, str] | None = None,
    versions: Mapping[str, int] | None = None,
) -> Merge:
    """`survivor` is one of `records`; the others lie in the trash afterwards, and their addresses lead to it.

    `choices` say for a field from which record (uid) its value comes, or "all" where values can stand together; of
    fields that are not named the proposal counts. `versions` (by uid) are those that the person has seen. Raises
    Invalid, Conflict, Stale, Forbidden, NotFound; then nothing has happened.
    """
    viewer, kind = viewer_of(by), survivor.object_key
    need_number(len({record.pk for record in records}))
    with ledger.writing():
        held = _held(records, viewer)
        stays = held.get(survivor.pk)
        if stays is None:
            raise Invalid([FieldProblem("survivor", _("残す記録を、統合する記録の中から選んでください。"))])
        for record in held.values():
            if versions and versions.get(str(record.uid), record.version) != record.version:
                raise stale(record, viewer)
        sources = [record for record in held.values() if record.pk != stays.pk]
        need_open_books(sources)
        need_untraded(sources)
        values = chosen_values(propose(list(held.values()), stays, viewer), choices or {}, stays)
        values = {key: None if value in held.values() else value for key, value in values.items()}
        moved = {each.label: each.total for each in hanging.hung_on(kind, [each.pk for each in sources])}
        note_merged(stays, sources)
        images = hanging.rehang(kind, [record.pk for record in sources], stays.pk)
        stays.refresh_from_db()  # its own links may have moved
        done = _change(stays, values, viewer, images, by)
        _absorb(sources, stays)
        hanging.settle([stays, *sources], images, by=by)
        hanging.retell(kind, stays.pk)
        return _keep(stays, sources, done, images, moved, by)


def _held(records: Sequence[Any], viewer: Viewer) -> dict[int, Any]:
    """As they stand now, in the order in which everybody takes them. Whoever comes second finds them merged."""
    object_type = registry.of(records[0])
    take_turn(object_type)
    if object_type.key == "account":
        one_at_a_time("customers.tree")
    keys = sorted({record.pk for record in records})
    rows = object_type.model.plain.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    held = {record.pk: record for record in rows.order_by("pk")}
    if len(held) < len(keys) or {record.object_key for record in records} != {object_type.key}:
        raise NotFound
    need_mergeable(list(held.values()), viewer)
    return held


def chosen_values(
    proposals: Mapping[str, Proposal], choices: Mapping[str, str], survivor: Any
) -> dict[str, Any]:
    """The values of the record that stays, by key. Raises Invalid."""
    problems, values = [], {}
    for key, chosen in choices.items():
        known = proposals.get(key)
        if known is None or not (chosen in known.values or (chosen == ALL and known.may_be_all)):
            problems.append(FieldProblem(key, _("どの記録の値を残すかを選び直してください。"), code="choice"))
    if problems:
        raise Invalid(problems)
    for key, proposal in proposals.items():
        chosen = proposal.chosen if proposal.sure else choices.get(key, proposal.chosen)
        values[key] = proposal.value(chosen)
    owner = values.get("owner", survivor.owner)
    if owner is not None and values.get("members"):
        values["members"] = [each for each in values["members"] if each["id"] != owner.pk]
    return values


def _change(record: Any, values: dict[str, Any], viewer: Viewer, images: list[Any], by: Person) -> Any:
    object_type = registry.of(record)
    done = apply(record, values, vocabulary.fields_of(object_type.key))
    if done:
        settle(object_type, record, frozenset(done), viewer)
    stamp(record)
    record.save()
    if object_type.key == "contact" and POST & set(done):
        images += _take_up_post(record)
    object_type.follow([(record, frozenset(done))], by)
    return done


def _take_up_post(contact: Any) -> list[Any]:
    """The post that was chosen came along with the other record: it is the one that counts, and the old one stays."""
    posts = Affiliation.objects.filter(contact=contact)
    main = posts.filter(main=True).first()
    other = posts.filter(
        main=False, account=contact.account_id, department=contact.department, title=contact.title
    ).first()
    if main is None or other is None:
        return []
    place = Place(Affiliation, "contact")
    return [write(place, [main.pk], {"main": False}), write(place, [other.pk], {"main": True})]


def _absorb(sources: Sequence[Any], survivor: Any) -> None:
    for record in sources:
        record.trashed_at = moment()
        stamp(record)
        record.save(update_fields=["trashed_at", "version", "updated_at"])
    Absorbed.objects.bulk_create(
        Absorbed(
            object=record.object_key, record_id=record.pk, uid=record.uid, into_id=survivor.pk,
            name=str(record)[:200],
        )
        for record in sources
    )  # fmt: skip
    object_type = registry.of(survivor)
    derived.keep(object_type, list(sources))


def _keep(
    survivor: Any, sources: Sequence[Any], done: Any, images: list[Any], moved: dict[str, int], by: Person
) -> Merge:
    object_type = registry.of(survivor)
    uid = uuid7()
    names = str(_("、")).join(str(record) for record in sources)
    about = [About(object_type.key, survivor.pk)]
    about += [About(object_type.key, record.pk, "related") for record in sources]
    data = {"merge": str(uid), "names": names, "changes": done, "moved": moved}
    line = ledger.record(object_type.event("merged"), by=by, about=about, data=data)
    kept = [[record.pk, str(record.uid), str(record)] for record in sources]
    return Merge.objects.create(
        uid=uid, object=object_type.key, survivor_id=survivor.pk, sources=kept, changes=done, images=images,
        moved=moved, line=line, by=by, at=line.at,
    )  # fmt: skip
