"""What was merged becomes several records again: their rows go back to them, values too, unless changed since."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Forbidden, Invalid, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.merging.asking import need_books_open_still
from daifuku.merging.models import Merge
from daifuku.merging.standing import Since, contested, made_since
from daifuku.records import derived, hanging
from daifuku.records.absorbing import is_absorbed
from daifuku.records.actions.editing import apply, stamp
from daifuku.records.actions.saving import settle
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.formulas.turns import take_turn
from daifuku.records.hanging.moving import write
from daifuku.records.models import Absorbed
from daifuku.records.scope import sees
from daifuku.records.undoing import put_back as without_rules
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of


def take_back(
    merge: Merge,
    *,
    by: Person,
    fields: Collection[str] = (),
    give: Mapping[str, str] | None = None,
) -> list[hanging.Kept]:
    """`fields` are those that somebody has changed since and that go back all the same; the others keep what they say
    now. `give` says for what was made since ("activities.Talk.account") which of the records (uid) gets it; the rest
    stays. Returns the rows that stay because they were moved on since. Raises Conflict, Invalid, Forbidden, NotFound.
    """
    viewer = viewer_of(by)
    with ledger.writing(), without_rules():
        held = Merge.objects.select_for_update().get(pk=merge.pk)
        survivor, sources = _held(held, viewer)
        need_books_open_still(held.images)
        since = made_since(held, viewer)
        to = _receivers(give or {}, since, sources)
        kept = hanging.put_back(held.images)
        images = list(held.images)
        images += [
            write(each.place, each.keys, {each.place.attname: to[each.key]})
            for each in since
            if each.key in to
        ]
        survivor.refresh_from_db()  # its own links may have gone back
        done = _change_back(held, survivor, fields, viewer, by)
        _set_free(sources, by)
        hanging.settle([survivor, *sources], images, by=by)
        hanging.retell(held.object, survivor.pk)
        _say(held, survivor, sources, done, by)
    return kept


def undo_merged(event: Event, by: Person) -> Undone:
    """From a note or the history: as long as nothing has to be decided."""
    merge = Merge.objects.filter(line=event).first()
    if merge is None:
        raise Conflict(_("この操作は元に戻せません。"), code="cannot_undo")
    if contested(merge):
        raise ChangedSince(
            _(
                "統合のあとに変更された項目があります。「統合の記録」を開き、どちらの値にするかを選んでください。"
            )
        )
    kept = take_back(merge, by=by)
    return Undone(1, [(each.key, "") for each in kept])


def _held(merge: Merge, viewer: Viewer) -> tuple[Any, list[Any]]:
    if merge.undone_at is not None:
        raise Conflict(_("この統合はすでに元に戻されています。"), code="already_undone")
    if merge.final:
        raise Conflict(_("個人情報を消去したため、この統合は元に戻せません。"), code="erased")
    object_type = registry.get(merge.object)
    take_turn(object_type)
    keys = sorted([merge.survivor_id, *merge.source_keys])
    rows = object_type.model.plain.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    found = {record.pk: record for record in rows.order_by("pk")}
    survivor = found.get(merge.survivor_id)
    if survivor is None or len(found) < len(keys) or not sees(viewer, survivor, "view"):
        raise NotFound
    if is_absorbed(survivor):
        sentence = _("統合先が、さらにほかの記録に統合されています。先に、あとの統合を元に戻してください。")
        raise Conflict(sentence, code="merged_since")
    if survivor.trashed_at is not None:
        raise Conflict(_("統合先がごみ箱にあります。先に、ごみ箱から戻してください。"), code="trashed")
    if not all(sees(viewer, record, "edit") for record in found.values()):
        raise Forbidden
    return survivor, [found[key] for key in merge.source_keys]


def _receivers(give: Mapping[str, str], since: Sequence[Since], sources: Sequence[Any]) -> dict[str, int]:
    uids = {str(record.uid): record.pk for record in sources}
    known = {each.key for each in since}
    wanted = {key: uid for key, uid in give.items() if uid}
    if wrong := [key for key, uid in wanted.items() if key not in known or uid not in uids]:
        sentence = _("どの記録に付けるかを選び直してください。")
        raise Invalid([FieldProblem(key, sentence, code="choice") for key in wrong])
    return {key: uids[uid] for key, uid in wanted.items()}


def _change_back(merge: Merge, survivor: Any, wanted: Collection[str], viewer: Viewer, by: Person) -> Any:
    """Values that still stand as the merge left them go back; of the others those that are wanted, and that this person
    may change."""
    object_type, fields = registry.of(survivor), vocabulary.fields_of(merge.object)
    may = vocabulary.editable_for(viewer, merge.object)
    back = {}
    for key, (old, new) in merge.changes.items():
        if key in fields and (fields[key].json(survivor) == new or (key in wanted and key in may)):
            back[key] = fields[key].type.from_json(old)
    done = apply(survivor, back, fields)
    if done:
        settle(object_type, survivor, frozenset(done), viewer)
    stamp(survivor)
    survivor.save()
    object_type.follow([(survivor, frozenset(done))], by)
    return done


def _set_free(sources: Sequence[Any], by: Person) -> None:
    for record in sources:
        record.trashed_at = None
        stamp(record)
        record.save(update_fields=["trashed_at", "version", "updated_at"])
        object_type = registry.of(record)
        object_type.follow([(record, frozenset())], by)
        Absorbed.objects.filter(object=record.object_key, record_id=record.pk).delete()
    derived.keep(registry.of(sources[0]), list(sources))


def _say(merge: Merge, survivor: Any, sources: Sequence[Any], done: Any, by: Person) -> None:
    object_type = registry.of(survivor)
    about = [About(object_type.key, survivor.pk)]
    about += [About(object_type.key, record.pk, "related") for record in sources]
    names = str(_("、")).join(merge.names)
    ledger.record(
        object_type.event("unmerged"), by=by, about=about, undoes=merge.line,
        data={"merge": str(merge.uid), "names": names, "changes": done},
    )  # fmt: skip
    merge.undone_at, merge.undone_by, merge.images = moment(), by, []
    merge.save(update_fields=["undone_at", "undone_by", "images"])
