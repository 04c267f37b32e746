"""A deletion request: everything about a person leaves the program, the facts stay. This cannot be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Conflict, NotFound
from daifuku.foundation.sql import gram_index
from daifuku.jobs import queue
from daifuku.ledger import erasing as ledger_erasing
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.models import Event, IdempotentRequest
from daifuku.records import derived
from daifuku.records.actions.editing import stamp
from daifuku.records.actions.powers import need_power
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.object_type import ObjectType
from daifuku.records.files.sweeping import sweep
from daifuku.records.formulas.spreading import spread
from daifuku.records.formulas.turns import take_turn
from daifuku.records.models import Attachment, AttachmentVersion, Comment, Mark, Share, Tagging
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

Also = Callable[[Any, Person], None]
Look = Callable[[Any, Person], Also]

# Areas above append what they keep about a person: `also(record, by)` runs in the transaction, before the values go.
also_erase: list[Also] = []
# Where that is much, it is looked through before, while others go on writing; what comes of it runs as the others do.
look_first: list[Look] = []
# What of theirs will go, as a sentence for whoever is about to erase; an empty one is left out.
say_before: list[Callable[[Any], str]] = []


def look_through(record: Any, *, by: Person) -> list[Also]:
    """What takes long, to be called outside a transaction; for `erase`, which raises the same."""
    _check(record, by)
    return [look(record, by) for look in look_first]


def erase(record: Any, *, by: Person, looked: Sequence[Also] | None = None) -> Event:
    """Empties the person's record, its comments, files and lines, and leaves it as （消去済み） in the trash.

    Raises NotFound, Forbidden (needs the power to erase), Conflict (not a record about a person).
    """
    if looked is None:
        looked = look_through(record, by=by)
    object_type, viewer = _check(record, by), viewer_of(by)
    with ledger.writing():
        take_turn(object_type)
        fresh = type(record).plain.select_for_update(of=("self",), no_key=True).filter(pk=record.pk).first()
        if fresh is None or not sees(viewer, fresh, "view"):
            raise NotFound
        for also in (*also_erase, *looked):
            also(fresh, by)
        fresh.trashed_at = fresh.trashed_at or moment()
        event = forget(fresh, by=by)
        queue.enqueue("records.forget", {}, by=by, title=str(_("検索の索引からの消去")))
    return event


def forget(record: Any, *, by: Person) -> Event:
    """Within an erasure: the record's personal values go, with its comments, files and lines; the fact stays.

    For the person's own record, and for those that areas above keep about him (a talk with him).
    """
    object_type = registry.of(record)
    _forget_answers(record)
    files = _remove_companions(record)
    _empty(object_type, record)
    transaction.on_commit(lambda: sweep(files))
    return ledger_erasing.erase(object_type.key, record.pk, by=by, kind=object_type.event("erased"))


def _check(record: Any, by: Person) -> ObjectType:
    need_power(by, "erase")
    object_type = registry.of(record)
    if not object_type.about_person:
        raise Conflict(_("人についての記録だけを消去できます。"), code="not_about_a_person")
    if not sees(viewer_of(by), record, "view"):
        raise NotFound
    return object_type


def run_forgetting(running: Any) -> None:
    """The job: takes the words out of the search index for good, in steps between which others can write."""
    first = True
    while True:
        with ledger.writing():
            more = gram_index.forget_step(first=first)
        running.advance(0)
        if not more:
            return
        first = False


def _empty(object_type: ObjectType, record: Any) -> None:
    personal = [f for f in vocabulary.fields_of(object_type.key).values() if f.personal and not f.custom]
    for field in personal:
        field.put(record, _("（消去済み）") if field.required else None)
    record.custom = {}
    object_type.prepare(record, frozenset(field.key for field in personal))
    stamp(record)
    record.save()
    derived.keep(object_type, [record])
    spread(object_type, [(record, None)])


def _remove_companions(record: Any) -> list[str]:
    """Returns the names of the files that may go from the disk once this is committed."""
    about = {"object": record.object_key, "record_id": record.pk}
    versions = AttachmentVersion.objects.filter(
        attachment__object=record.object_key, attachment__record_id=record.pk
    )
    files = [name for pair in versions.values_list("stored", "preview") for name in pair]
    Attachment.objects.filter(**about).update(current=None)
    for model in (Attachment, Comment, Tagging, Mark, Share):
        model.objects.filter(**about).delete()
    return files


def _forget_answers(record: Any) -> None:
    """Answers that the API keeps for retries repeat the values; a retry acts anew and finds nothing."""
    IdempotentRequest.objects.filter(body__icontains=str(record.uid)).delete()
